"""What moderators type and tap."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from offenraum.barcamp.rules import Hands, read_hands
from offenraum.desk.pasted import Fault, read_people
from offenraum.kit.fields import LineField
from offenraum.seats.actions.making import Person

MOST_ID = 2**63 - 1
MOST_VERSION = 2**31 - 1
MOST_SEATS = 1000
PICK: Final = re.compile(r"[0-9]{1,18}:[0-9]{0,9}")


class NumberField(forms.IntegerField):
    """A whole number that fits into a column; a hidden one, since taps send it."""

    def __init__(self, *, most: int = MOST_ID, required: bool = True) -> None:
        super().__init__(min_value=0, max_value=most, required=required, widget=forms.HiddenInput)


@dataclass(frozen=True, slots=True)
class Pick:
    """A card that was chosen: its topic, and the version of its placement that the moderator saw."""

    topic: int
    seen: int | None


class PickField(forms.CharField):
    """A chosen card as `<topic>:<version>`, without a version for a topic that has no place."""

    def __init__(self, **more: Any) -> None:
        super().__init__(max_length=40, widget=forms.HiddenInput, **more)

    def clean(self, value: Any) -> Pick:
        text = super().clean(value)
        if not PICK.fullmatch(text):
            raise ValidationError(_("Please choose a topic first."))
        topic, _colon, version = text.partition(":")
        return Pick(topic=int(topic), seen=int(version) if version else None)


class PieceForm(forms.Form):
    """A change of one card: pin, let go, take out."""

    piece = PickField()


class PlaceForm(PieceForm):
    """A card and the cell it shall go to."""

    slot = NumberField()
    room = NumberField()


class SwapForm(PieceForm):
    """Two cards that shall change places."""

    other = PickField()


class MarkForm(forms.Form):
    """The mark of the draft that the moderator saw."""

    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)


class PublishForm(MarkForm):
    """The edition that the moderator saw as the latest, and the mark of the draft in the preview."""

    after = NumberField(most=MOST_VERSION)


class BadgesForm(forms.Form):
    """How many anonymous badges; `last` is the highest seat number that the page showed."""

    last = NumberField(most=MOST_VERSION)
    count = forms.IntegerField(
        label=_("How many badges?"), min_value=1, max_value=MOST_SEATS,
        error_messages={"required": _("Please type how many badges you need.")},
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )


class NamesForm(forms.Form):
    """Names from a table: one person a line."""

    last = NumberField(most=MOST_VERSION)
    lines = forms.CharField(
        label=_("One person a line"), max_length=400 * MOST_SEATS, widget=forms.Textarea,
        help_text=_("Name; organisation; e-mail. Only the name is needed. You can paste from a table."),
        error_messages={"required": _("Please paste at least one name.")},
    )

    def clean_lines(self) -> list[Person]:
        people, faults = read_people(self.cleaned_data["lines"])
        if faults:
            raise ValidationError([fault_in_words(fault) for fault in faults[:5]])
        if not 0 < len(people) <= MOST_SEATS:
            raise ValidationError(_("Please paste between one and %(most)d names.") % {"most": MOST_SEATS})
        return people


def fault_in_words(fault: Fault) -> str:
    """Which line of a pasted table is wrong, and why."""
    reasons = {
        "name": _("the name is missing"), "long": _("it is too long"), "email": _("the e-mail address is not valid"),
        "unfit": _("it contains characters that are no text"), "double": _("this e-mail address is registered already"),
    }
    return _("Line %(line)d: %(reason)s.") % {"line": fault.line, "reason": reasons[fault.reason]}


class StepForm(forms.Form):
    """A tap while a round is led: the version that the moderator saw, and what was tapped."""

    version = NumberField(most=MOST_VERSION)
    pitch = NumberField(required=False)
    before = NumberField(required=False)


class HandsForm(forms.Form):
    """Hands counted for the topic on stage."""

    topic = NumberField()
    topic.error_messages["required"] = _("No topic is on stage; there are no hands to count.")
    hands = LineField(
        label=_("Hands without a phone"), max_length=20, help_text=_("A number, or for example “about 15”."),
        error_messages={"required": _("Please type how many hands you counted.")},
        widget=forms.TextInput(attrs={"inputmode": "text", "autocomplete": "off"}),
    )

    def clean_hands(self) -> Hands:
        hands = read_hands(self.cleaned_data["hands"])
        if hands is None:
            raise ValidationError(_("Please type a number up to 5000, or for example “about 15”."))
        return hands


class PairForm(forms.Form):
    """Two topics by their numbers: the first goes into the second."""

    topic = forms.IntegerField(label=_("Number of one topic"), min_value=1, max_value=MOST_VERSION)
    into = forms.IntegerField(label=_("Number of the other"), min_value=1, max_value=MOST_VERSION)

    @property
    def numbers(self) -> tuple[int, int]:
        return self.cleaned_data["topic"], self.cleaned_data["into"]


class BallotForm(forms.Form):
    """One line as a helper types it from paper."""

    line = LineField(
        label=_("Ballot"), max_length=2000,
        help_text=_("Number of the ballot, a colon, the topics. A dash takes the last one back."),
        error_messages={"required": _("Please type the number of the ballot, a colon and the topics.")},
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autofocus": True, "spellcheck": "false", "data-line": ""}
        ),
    )
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    @classmethod
    def fresh(cls) -> BallotForm:
        """An empty form with a key of its own, so that Enter pressed twice keeps one ballot."""
        initial: dict[str, Any] = {"key": uuid.uuid4()}
        return cls(initial=initial)


class SpontaneousForm(forms.Form):
    """A topic that somebody brings on the spot."""

    title = LineField(
        label=_("What is it about?"), max_length=80,
        error_messages={"required": _("Please type what it is about.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    host_name = LineField(
        label=_("Who brings it?"), max_length=80,
        error_messages={"required": _("Please type the name for the card.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    @classmethod
    def fresh(cls) -> SpontaneousForm:
        """An empty form with a key of its own, so that a double tap brings one topic."""
        initial: dict[str, Any] = {"key": uuid.uuid4()}
        return cls(initial=initial)
