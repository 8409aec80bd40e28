"""Who gets a letter to all."""

from __future__ import annotations

from offenraum.conference.models import Conference
from offenraum.post.queries import refusal_digest, refused_digests
from offenraum.post.rules import LetterKind
from offenraum.seats.models import Seat


def recipients_of(conference: Conference, kind: str) -> list[Seat]:
    """The seats whose address wants such letters; thanks go to those who came, or to all if nobody checked in."""
    seats = Seat.objects.filter(conference=conference).exclude(email="")
    if kind == LetterKind.THANKS and seats.filter(checked_in_at__isnull=False).exists():
        seats = seats.filter(checked_in_at__isnull=False)
    refused, scope = refused_digests(conference.slug), conference.slug
    return [
        seat for seat in seats.select_related("conference", "registration")
        if refusal_digest(scope=scope, recipient=seat.email) not in refused
    ]
