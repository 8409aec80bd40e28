"""Forms of attendees: bringing a topic, showing interest."""

from __future__ import annotations

import re
import uuid
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from offenraum.barcamp.actions.topics import TopicText
from offenraum.barcamp.models import Topic
from offenraum.conference.models import Conference, Slot
from offenraum.conference.queries import grid_of
from offenraum.kit.fields import LineField, ProseField

HASHTAGS = 3
MOST_NUMBER, MOST_ID = 2**31 - 1, 2**63 - 1
HASHTAG = re.compile(r"[\w-]{2,30}")


class InterestForm(forms.Form):
    """The vote: a weight of 0, 1 or 2 and the browser's key, which makes a retry harmless; a plain form toggles."""

    weight = forms.TypedChoiceField(choices=[("0", "0"), ("1", "1"), ("2", "2")], coerce=int, required=False)
    key = forms.UUIDField(required=False)

    @property
    def step(self) -> int:
        """Which of the two buttons of a plain form was pressed."""
        return 2 if "important" in self.data else 1


class OfferForm(forms.Form):
    """The number of the topic to merge with."""

    other = forms.IntegerField(min_value=1, max_value=MOST_NUMBER)


class AnswerForm(forms.Form):
    """A merge, and for an offer whether the host agrees."""

    merge = forms.IntegerField(min_value=1, max_value=MOST_ID)
    agrees = forms.ChoiceField(choices=[("1", "1"), ("0", "0")], required=False)


class TopicForm(forms.Form):
    """What a host writes on the card: two questions, the rest behind "More"."""

    title = LineField(label=_("What is it about?"), max_length=80, min_length=3)
    host_name = LineField(label=_("Your name on the card"), max_length=80)
    about = ProseField(label=_("Description"), max_length=1000, required=False)
    kind = forms.ChoiceField(label=_("What do you bring?"), choices=Topic.Kind.choices, widget=forms.RadioSelect)
    format = forms.ChoiceField(label=_("How should it run?"), choices=Topic.Format.choices, widget=forms.RadioSelect)
    level = forms.ChoiceField(label=_("For whom is it?"), choices=Topic.Level.choices, widget=forms.RadioSelect)
    length = forms.TypedChoiceField(
        label=_("How much time do you need?"), coerce=int, widget=forms.RadioSelect,
        choices=[(1, _("One slot")), (2, _("Two slots in a row"))],
    )
    needs = forms.MultipleChoiceField(
        label=_("What do you need in the room?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    hashtags = LineField(
        label=_("Hashtags"), help_text=_("Up to three words, with spaces between them"), max_length=100, required=False
    )
    away = forms.MultipleChoiceField(
        label=_("When can you not give your session?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)

    more = ("about", "kind", "format", "level", "length", "needs", "hashtags", "away")

    def __init__(self, *args: Any, conference: Conference, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {})
        kwargs["initial"] = defaults() | kwargs["initial"]
        super().__init__(*args, **kwargs)
        grid = grid_of(conference)
        self.fields["needs"].choices = [(need, NEEDS.get(need, need)) for need in offered_needs(grid.rooms)]  # type: ignore[attr-defined]
        self.fields["away"].choices = [(str(slot.pk), slot_label(slot, conference)) for slot in grid.slots]  # type: ignore[attr-defined]
        for name in ("kind", "format", "level", "length"):
            self.fields[name].required = False

    def clean_hashtags(self) -> tuple[str, ...]:
        words = [word.lstrip("#") for word in re.split(r"[\s,;]+", self.cleaned_data["hashtags"]) if word.strip("#")]
        if len(words) > HASHTAGS:
            raise forms.ValidationError(_("Please give at most three hashtags."))
        if not all(HASHTAG.fullmatch(word) for word in words):
            raise forms.ValidationError(_("A hashtag has 2 to 30 letters or digits."))
        return tuple(words)

    def text(self) -> TopicText:
        """The card as the action takes it; what was not asked for has its default."""
        data = defaults() | {name: value for name, value in self.cleaned_data.items() if value}
        return TopicText(
            title=data["title"], about=data.get("about", ""), kind=data["kind"], level=data["level"],
            format=data["format"], length=int(data["length"]), needs=tuple(data.get("needs", ())),
            hashtags=tuple(data.get("hashtags", ())),
        )

    def browser_key(self) -> uuid.UUID:
        return self.cleaned_data.get("key") or uuid.uuid4()

    def see(self, *, version: int) -> None:
        """What was typed stays; sent again, it is meant for this version of the topic."""
        data = QueryDict(mutable=True)
        data.update(self.data)
        data["version"] = str(version)
        self.data = data

    @property
    def more_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.more]

    @property
    def has_error_in_more(self) -> bool:
        return any(name in self.errors for name in self.more)


NEEDS = {
    "projector": _("Projector"),
    "microphone": _("Microphone"),
    "whiteboard": _("Whiteboard"),
    "flipchart": _("Flip chart"),
    "power": _("Power sockets at the seats"),
    "step_free": _("Step-free access"),
    "hearing_loop": _("Hearing loop"),
}


def defaults() -> dict[str, Any]:
    return {
        "kind": Topic.Kind.TOPIC, "format": Topic.Format.DISCUSSION, "level": Topic.Level.ALL, "length": 1,
        "key": uuid.uuid4(),
    }


def offered_needs(rooms: Any) -> list[str]:
    """What at least one room has; asking for anything else could never be met."""
    return sorted({feature for room in rooms for feature in room.equipment} | {"step_free"})


def slot_label(slot: Slot, conference: Conference) -> str:
    start, end = slot.starts_at.astimezone(conference.zone), slot.ends_at.astimezone(conference.zone)
    return f"{start:%H:%M} – {end:%H:%M}"
