"""Reads about ballots."""

from __future__ import annotations

from django.db.models import QuerySet

from offenraum.barcamp.models import Ballot, Round
from offenraum.seats.models import Seat


def ballots_of(round_: Round) -> QuerySet[Ballot]:
    """The ballots that count in a round, the newest first, with what is marked on them."""
    return (
        Ballot.objects.filter(round=round_, is_valid=True)
        .select_related("seat").prefetch_related("marks__topic").order_by("-pk")
    )


def standing_ballot(*, round_: Round, seat: Seat) -> Ballot | None:
    """The one ballot of a seat that counts in a round."""
    return ballots_of(round_).filter(seat=seat).first()


def numbers_on(ballot: Ballot) -> list[int]:
    """The numbers of the topics that are marked on a ballot."""
    return sorted(mark.topic.number for mark in ballot.marks.all())
