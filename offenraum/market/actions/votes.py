"""Votes with dots: made, opened, given, closed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from offenraum.conference.models import Conference
from offenraum.live.changes import announce
from offenraum.market.models import Dot, DotChoice, DotVote, Stand
from offenraum.market.rules import kept_dots
from offenraum.seats.models import Seat


class NotOpen(Exception):
    """Dots for a vote that is not open."""

    message = _("This vote is not open. Nothing was changed.")


class TooManyDots(Exception):
    """More dots than each has."""

    message = _("You have given more dots than you have. Please take some back.")


class NotCheckedIn(Exception):
    """Dots count only from people who are here."""

    message = _("Only people who are checked in can vote. Please go to the registration desk for a moment.")


@transaction.atomic
def make_vote(*, conference: Conference, question: str, dots: int, names: Sequence[str]) -> DotVote:
    """A vote among named choices; a choice that is called like a stand leads to it."""
    vote = DotVote.objects.create(conference=conference, question=question, dots=dots)
    stands = {stand.title: stand for stand in Stand.objects.filter(conference=conference)}
    rows = [DotChoice(vote=vote, name=name, stand=stands.get(name)) for name in dict.fromkeys(names)]
    DotChoice.objects.bulk_create(rows)
    announce(scope=conference.slug, topics=["market"])
    return vote


@transaction.atomic
def set_vote_state(*, vote: DotVote, state: str) -> None:
    """Open a vote, or close it: then everybody sees the result."""
    DotVote.objects.filter(pk=vote.pk).update(state=state)
    announce(scope=vote.conference.slug, topics=["market"])


@transaction.atomic
def give_dots(*, vote: DotVote, seat: Seat, wanted: Mapping[int, int]) -> None:
    """Replace all dots of a seat in one vote; both rows are locked, so two browsers cannot give twice."""
    held = DotVote.objects.select_for_update().get(pk=vote.pk)
    if held.state != DotVote.State.OPEN:
        raise NotOpen
    if not Seat.objects.select_for_update().get(pk=seat.pk).is_checked_in:
        raise NotCheckedIn
    choices = set(held.choices.values_list("pk", flat=True))
    try:
        kept = kept_dots({choice: count for choice, count in wanted.items() if choice in choices}, dots=held.dots)
    except ValueError as error:
        raise TooManyDots from error
    Dot.objects.filter(choice__vote=held, seat=seat).delete()
    Dot.objects.bulk_create([Dot(choice_id=choice, seat=seat, count=count) for choice, count in kept.items()])
