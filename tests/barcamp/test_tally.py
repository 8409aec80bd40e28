"""One tally from three channels, and a second way of counting that must agree with it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from offenraum.barcamp.actions import rounds
from offenraum.barcamp.models import Interest, Round, Topic
from offenraum.barcamp.queries import Tally, tallies, wishes_by_seat, wishes_of
from offenraum.barcamp.queries.recount import recount
from offenraum.conference.models import Conference
from offenraum.seats.models import Seat
from tests.barcamp.paper import type_in
from tests.builders import close, make_seat, open_a_round
from tests.day import NOON, fresh, make_conference, make_seats, make_topics, vote

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]
MINUTE = timedelta(minutes=1)


@pytest.fixture
def conference() -> Conference:
    return make_conference()


@pytest.fixture
def topics(conference: Conference) -> list[Topic]:
    return make_topics(conference, 3)


@pytest.fixture
def seats(conference: Conference) -> list[Seat]:
    return make_seats(conference, 6)


@pytest.fixture
def going(conference: Conference, topics: list[Topic], seats: list[Seat]) -> Round:
    return open_a_round(conference, pitches=1)


def count(round_: Round, topic: Topic, hands: int, *, now: object = NOON, about: bool = False) -> None:
    rounds.count_hands(
        round_=round_, topic=topic, count=hands, is_estimate=about, counted_by="Ayse", now=now
    )


def one(conference: Conference, topic: Topic) -> Tally:
    """The tally of a topic, counted in both ways."""
    assert tallies(conference) == recount(conference)
    return tallies(conference)[topic.pk]


def test_seat_that_votes_by_phone_and_on_paper_is_one_voice(
    conference: Conference, topics: list[Topic], seats: list[Seat], going: Round
) -> None:
    vote(topics[0], seats[:2], weight=2)
    for seat in seats[1:4]:
        type_in(going, f"{seat.number}: 1 2")
    assert one(conference, topics[0]) == Tally(
        topic=topics[0].pk, named=4, strong=2, hands=None, is_estimate=False, total=4, by_ballot=2
    )
    assert one(conference, topics[1]).by_phone == 0


def test_hands_are_lessened_by_ballots_and_by_votes_after_the_count_but_not_by_votes_before(
    conference: Conference, topics: list[Topic], seats: list[Seat], going: Round
) -> None:
    vote(topics[0], seats[:2], now=NOON)
    count(going, topics[0], 5, now=NOON + MINUTE)
    assert one(conference, topics[0]).total == 2 + 5
    vote(topics[0], seats[2:3], now=NOON + 2 * MINUTE)
    type_in(going, f"{seats[3].number}: 1")
    tally = one(conference, topics[0])
    assert (tally.named, tally.hands_on_top, tally.total, tally.is_rough) == (4, 5 - 2, 7, True)


def test_hands_never_lessen_the_named_votes(
    conference: Conference, topics: list[Topic], seats: list[Seat], going: Round
) -> None:
    count(going, topics[0], 1, about=True)
    vote(topics[0], seats[:3], now=NOON + MINUTE)
    tally = one(conference, topics[0])
    assert (tally.total, tally.hands, tally.is_estimate) == (3, 1, True)


def test_wish_that_becomes_important_after_the_count_is_not_a_new_vote(
    conference: Conference, topics: list[Topic], seats: list[Seat], going: Round
) -> None:
    vote(topics[0], seats[:1], now=NOON)
    count(going, topics[0], 4, now=NOON + MINUTE)
    vote(topics[0], seats[:1], weight=2, now=NOON + 2 * MINUTE)
    assert one(conference, topics[0]).total == 5
    assert Interest.objects.get().shown_at == NOON


def test_phone_vote_of_who_has_a_ballot_counts_as_made_by_phone(
    conference: Conference, topics: list[Topic], seats: list[Seat], going: Round
) -> None:
    """The seat voted by phone before the count, so it raised no hand; its ballot changes nothing."""
    vote(topics[0], seats[:1], now=NOON)
    count(going, topics[0], 4, now=NOON + MINUTE)
    type_in(going, f"{seats[0].number}: 1")
    assert one(conference, topics[0]).total == 5


def test_ballot_of_who_has_not_checked_in_counts_once_the_seat_is_there(
    conference: Conference, topics: list[Topic], going: Round
) -> None:
    late = make_seat(conference, "Clara", checked_in=False).seat
    type_in(going, f"{late.number}: 1")
    assert topics[0].pk not in tallies(conference)
    Seat.objects.filter(pk=late.pk).update(checked_in_at=NOON)
    assert one(conference, topics[0]).total == 1


def test_hands_of_an_earlier_round_give_way_to_those_of_the_next(
    conference: Conference, topics: list[Topic], seats: list[Seat], going: Round
) -> None:
    count(going, topics[0], 9)
    vote(topics[0], seats[:1])
    close(fresh(going))
    afternoon = open_a_round(conference, pitches=1)
    assert afternoon.number == 2
    assert one(conference, topics[0]).total == 1 + 9
    count(afternoon, topics[0], 2, now=NOON + 90 * MINUTE)
    assert one(conference, topics[0]).total == 1 + 2


def test_wishes_for_the_plan_hold_those_on_paper(
    conference: Conference, topics: list[Topic], seats: list[Seat], going: Round
) -> None:
    vote(topics[0], seats[:1], weight=2)
    type_in(going, f"{seats[0].number}: 1 3")
    assert wishes_by_seat(conference) == {seats[0].pk: {topics[0].pk: 2, topics[2].pk: 1}}
    assert wishes_of(seat=seats[0]) == {topics[0].pk: 2, topics[2].pk: 1}
