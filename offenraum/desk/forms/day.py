"""What moderators send during the day."""

from __future__ import annotations

import uuid
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext_lazy as _

from offenraum.conference.models import Notice, Wall
from offenraum.desk.forms import MOST_VERSION, NumberField
from offenraum.kit.fields import LineField
from offenraum.programme.rules.day import DayChange, DayKind


class ChangeForm(forms.Form):
    """One thing that happened; `run` is the planner's look at it."""

    kind = forms.ChoiceField(choices=[(kind.value, kind.value) for kind in DayKind])
    topic = NumberField(required=False)
    other = NumberField(required=False)
    slot = NumberField(required=False)
    room = NumberField(required=False)
    run = NumberField(required=False)

    @property
    def change(self) -> DayChange:
        typed = self.cleaned_data
        ids = {name: typed[name] or 0 for name in ("topic", "other", "slot", "room")}
        return DayChange(kind=DayKind(typed["kind"]), **ids)

    @property
    def question(self) -> str:
        """The change as the address of its page says it."""
        asked = {name: self.cleaned_data[name] for name in ("kind", "topic", "other", "slot", "room")}
        return urlencode({name: value for name, value in asked.items() if value})


class AcceptForm(ChangeForm):
    """A change with what the moderator saw; `publish` is 0 for the draft alone."""

    seen = forms.CharField(max_length=64)
    then = forms.CharField(max_length=64)
    after = NumberField(most=MOST_VERSION)
    publish = NumberField(most=1, required=False)
    reason = LineField(
        label=_("Why?"), max_length=160, required=False, help_text=_("For the log of decisions; no names, please."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    @property
    def after_edition(self) -> int | None:
        """The edition after which the change is published; None for the draft alone, or when nothing is published."""
        is_draft_only = self.cleaned_data["publish"] == 0
        return None if is_draft_only else self.cleaned_data["after"] or None


class FlagForm(forms.Form):
    """Where in the foyer."""

    place = LineField(
        label=_("Where?"), max_length=40, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )


class WallForm(forms.Form):
    """What a wall shows, and how wide its picture is."""

    content = forms.ChoiceField(label=_("What does it show?"), choices=Wall.Content.choices)
    metres = forms.DecimalField(
        label=_("Width of the picture in metres"), min_value=1, max_value=20, max_digits=3, decimal_places=1,
        localize=True, widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )


class NoticeForm(forms.Form):
    """An announcement to every screen; the key makes a double tap one announcement."""

    text = LineField(
        label=_("What shall everybody know?"), max_length=160, help_text=_("One sentence, at most 160 characters."),
        error_messages={"required": _("Please type what everybody shall know.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    minutes = forms.TypedChoiceField(
        label=_("How long?"), coerce=int, initial=15,
        choices=[(5, _("5 minutes")), (15, _("15 minutes")), (30, _("30 minutes")), (60, _("1 hour"))],
    )
    kind = forms.ChoiceField(label=_("How important?"), choices=Notice.Kind.choices, widget=forms.RadioSelect)
    key = forms.UUIDField(widget=forms.HiddenInput)

    @classmethod
    def fresh(cls) -> NoticeForm:
        """An empty form with a key of its own."""
        return cls(initial={"key": uuid.uuid4(), "minutes": 15, "kind": Notice.Kind.NEWS})
