"""Which badges shall be printed, and on what."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from offenraum.conference.models import Conference
from offenraum.seats.models import BadgePrint, Seat

HIGHEST: Final = 999_999
MOST_BADGES: Final = 2000


class LayoutForm(forms.Form):
    """On what a badge is printed."""

    layout = forms.ChoiceField(label=_("Print on"), choices=BadgePrint.Layout.choices)


class BadgePrintForm(LayoutForm):
    """A batch of badges; without numbers those of all seats."""

    first = forms.IntegerField(label=_("From seat"), min_value=1, max_value=HIGHEST, required=False)
    last = forms.IntegerField(label=_("To seat"), min_value=1, max_value=HIGHEST, required=False)
    has_keys = forms.BooleanField(
        label=_("With QR and code"), required=False, initial=True,
        help_text=_("They sign their owner in. On labels everybody can see them, also in photos."),
    )

    def __init__(self, *args: Any, conference: Conference, **more: Any) -> None:
        super().__init__(*args, **more)
        self.conference = conference

    def numbers(self) -> list[int]:
        """The numbers of the seats to print, in order."""
        seats = Seat.objects.filter(conference=self.conference).exclude(kind=Seat.Kind.DEVICE)
        first, last = self.cleaned_data.get("first") or 1, self.cleaned_data.get("last") or HIGHEST
        found = seats.filter(number__gte=first, number__lte=last).order_by("number")
        return list(found.values_list("number", flat=True)[: MOST_BADGES + 1])

    def clean(self) -> dict[str, Any]:
        """At least one seat, and no more than a printer takes at once."""
        data = super().clean() or {}
        if self.errors:
            return data
        count = len(self.numbers())
        if not count:
            self.add_error("first", _("No seat has such a number."))
        elif count > MOST_BADGES:
            self.add_error("last", _("Please print at most %(count)d badges at once.") % {"count": MOST_BADGES})
        return data
