"""What moderators type and tap."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from offenraum.barcamp.rules import Hands, read_hands
from offenraum.kit.fields import LineField

MOST_ID = 2**63 - 1
MOST_VERSION = 2**31 - 1


class NumberField(forms.IntegerField):
    """A whole number that fits into a column; a hidden one, since taps send it."""

    def __init__(self, *, most: int = MOST_ID, required: bool = True) -> None:
        super().__init__(min_value=0, max_value=most, required=required, widget=forms.HiddenInput)


class StepForm(forms.Form):
    """A tap while a round is led: the version that the moderator saw, and what was tapped."""

    version = NumberField(most=MOST_VERSION)
    pitch = NumberField(required=False)
    before = NumberField(required=False)


class HandsForm(forms.Form):
    """Hands counted for the topic on stage."""

    topic = NumberField()
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
