"""Forms of the page of prints."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from offenraum.programme.prints.plenary import MOST_BALLOTS

HIGHEST = 1_000_000


class SinceForm(forms.Form):
    """After which edition a room must have changed to be printed."""

    seit = forms.IntegerField(min_value=0, max_value=HIGHEST)


class BallotsForm(forms.Form):
    """For which seats, and how large; without numbers one ballot to be copied."""

    first = forms.IntegerField(label=_("From seat"), min_value=1, max_value=HIGHEST, required=False)
    last = forms.IntegerField(label=_("To seat"), min_value=1, max_value=HIGHEST, required=False)
    large = forms.BooleanField(label=_("Large print, A4"), required=False)

    def clean(self) -> dict[str, Any]:
        """Both numbers or none, in order, and no more than a printer takes at once."""
        data = super().clean() or {}
        first, last = data.get("first"), data.get("last")
        if (first is None) != (last is None):
            self.add_error("last" if last is None else "first", _("Please give both numbers, or none."))
        elif first is not None and last is not None and not first <= last < first + MOST_BALLOTS:
            self.add_error("last", _("Please give a range of at most %(count)d seats.") % {"count": MOST_BALLOTS})
        return data

    def seats(self) -> range:
        first, last = self.cleaned_data["first"], self.cleaned_data["last"]
        return range(first, last + 1) if first else range(0)
