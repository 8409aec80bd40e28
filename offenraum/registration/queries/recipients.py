"""Who gets a letter to all."""

from __future__ import annotations

from django.db.models import QuerySet

from offenraum.conference.models import Conference
from offenraum.post.rules import LetterKind
from offenraum.seats.models import Seat


def recipients_of(conference: Conference, kind: str) -> QuerySet[Seat]:
    """The seats with an address; thanks go to those who came, or to all where nobody was checked in."""
    seats = Seat.objects.filter(conference=conference).exclude(email="")
    if kind == LetterKind.THANKS and seats.filter(checked_in_at__isnull=False).exists():
        seats = seats.filter(checked_in_at__isnull=False)
    return seats.select_related("conference", "registration")
