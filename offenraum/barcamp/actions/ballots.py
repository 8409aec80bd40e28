"""Typing ballots: the papers of people without a phone."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction

from offenraum.barcamp.actions.rounds import RUNNING, VoteOver
from offenraum.barcamp.models import Ballot, BallotMark, Round, Topic
from offenraum.barcamp.queries.ballots import standing_ballot
from offenraum.barcamp.rules.ballots import Sheet
from offenraum.live.changes import announce
from offenraum.seats.models import Seat


class UnknownSeat(Exception):
    """No seat has this number."""


class UnknownTopics(Exception):
    """Numbers of topics that do not exist or are not up for the vote any more; `numbers` says which."""

    def __init__(self, numbers: Sequence[int]) -> None:
        super().__init__(numbers)
        self.numbers = tuple(numbers)


class AlreadyTyped(Exception):
    """The ballot of this seat is in; `ballot` is what stands."""

    def __init__(self, ballot: Ballot) -> None:
        super().__init__(ballot)
        self.ballot = ballot


class NotTyped(Exception):
    """A correction of a ballot that nobody has typed, or nothing to take back."""


@transaction.atomic
def type_ballot(*, round_: Round, sheet: Sheet, typed_by: str, key: uuid.UUID, now: datetime) -> Ballot:
    """Keep a ballot, or correct the one that stands; sent twice with one key it is one ballot."""
    known = Ballot.objects.filter(key=key, round=round_).first()
    if known:
        return known
    refuse_closed(round_)
    seat = Seat.objects.filter(conference=round_.conference, number=sheet.number).first()
    if seat is None:
        raise UnknownSeat
    topics = topics_on(sheet, round_)
    ballot = claim_seat(round_=round_, seat=seat, sheet=sheet, typed_by=typed_by, key=key, now=now)
    BallotMark.objects.bulk_create([BallotMark(ballot=ballot, topic=topic) for topic in topics])
    announce(scope=round_.conference.slug, topics=["tally", "ballots"])
    return ballot


def refuse_closed(round_: Round) -> None:
    """Ballots wait for each other and for the close, so that none slips in behind it."""
    state = Round.objects.select_for_update(no_key=True).values_list("state", flat=True).get(pk=round_.pk)
    if state not in RUNNING:
        raise VoteOver


def topics_on(sheet: Sheet, round_: Round) -> list[Topic]:
    """The marked topics, in order; those whose vote is over or that are gone are named."""
    takes = [Topic.State.RELEASED, Topic.State.MERGED]
    topics = Topic.objects.filter(conference=round_.conference, number__in=sheet.topics, state__in=takes)
    known = {topic.number: topic for topic in topics.exclude(round__state=Round.State.CLOSED)}
    unknown = [number for number in sheet.topics if number not in known]
    if unknown:
        raise UnknownTopics(unknown)
    return [known[number] for number in sheet.topics]


def claim_seat(
    *, round_: Round, seat: Seat, sheet: Sheet, typed_by: str, key: uuid.UUID, now: datetime
) -> Ballot:
    """The seat's one valid ballot of the round; a second one must say that it replaces the first."""
    standing = standing_ballot(round_=round_, seat=seat)
    if standing and not sheet.replaces:
        raise AlreadyTyped(standing)
    if sheet.replaces and standing is None:
        raise NotTyped
    Ballot.objects.filter(round=round_, seat=seat, is_valid=True).update(is_valid=False)
    try:
        with transaction.atomic():
            return Ballot.objects.create(
                round=round_, seat=seat, replaces=standing, key=key, typed_by=typed_by, typed_at=now
            )
    except IntegrityError as error:
        winner = standing_ballot(round_=round_, seat=seat)
        if winner is None:
            raise
        raise AlreadyTyped(winner) from error


@transaction.atomic
def take_back_ballot(*, round_: Round, typed_by: str) -> Ballot:
    """Take back what somebody typed last; what it had replaced counts again."""
    refuse_closed(round_)
    last = Ballot.objects.filter(round=round_, typed_by=typed_by, is_valid=True).select_related("seat").last()
    if last is None:
        raise NotTyped
    Ballot.objects.filter(pk=last.pk).update(is_valid=False)
    Ballot.objects.filter(pk=last.replaces_id or 0).update(is_valid=True)
    announce(scope=round_.conference.slug, topics=["tally", "ballots"])
    return last
