from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from offenraum.barcamp.actions import ballots
from offenraum.barcamp.actions.ballots import AlreadyTyped, NotTyped, UnknownSeat, UnknownTopics, take_back_ballot
from offenraum.barcamp.actions.rounds import VoteOver
from offenraum.barcamp.actions.topics import hide_topic, withdraw_topic
from offenraum.barcamp.models import Ballot, BallotMark, Round
from offenraum.barcamp.queries import tallies
from offenraum.barcamp.queries.ballots import ballots_of, numbers_on
from offenraum.conference.models import Conference
from offenraum.live.models import StreamVersion
from tests.barcamp.paper import type_in
from tests.builders import close, new_key, open_a_round
from tests.day import fresh, make_conference, make_seats, make_topics

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]


@pytest.fixture
def conference() -> Conference:
    conference = make_conference()
    make_seats(conference, 3)
    make_topics(conference, 4)
    return conference


@pytest.fixture
def going(conference: Conference) -> Round:
    return open_a_round(conference)


def standing(round_: Round) -> dict[int, list[int]]:
    return {ballot.seat.number: numbers_on(ballot) for ballot in ballots_of(round_)}


def named(round_: Round) -> dict[int, int]:
    numbers = dict(round_.conference.topics.values_list("pk", "number"))
    return {numbers[topic]: tally.named for topic, tally in tallies(round_.conference).items()}


def test_ballot_counts_and_tells_the_desk(conference: Conference, going: Round) -> None:
    StreamVersion.objects.all().delete()
    type_in(going, "2: 4 1")
    assert standing(going) == {2: [1, 4]}
    assert set(StreamVersion.objects.values_list("topic", flat=True)) == {"tally", "ballots"}


def test_ballot_sent_twice_with_one_key_is_one(going: Round) -> None:
    key = new_key()
    first, again = (type_in(going, "2: 4 1", key=key) for _ in range(2))
    assert (first, Ballot.objects.count(), BallotMark.objects.count()) == (again, 1, 2)


def test_ballot_with_an_unknown_seat_is_refused(going: Round) -> None:
    with pytest.raises(UnknownSeat):
        type_in(going, "99: 1")
    assert not Ballot.objects.exists()


def test_ballot_with_topics_that_are_not_up_for_the_vote_names_them(conference: Conference, going: Round) -> None:
    one, two, *_rest = conference.topics.all()
    hide_topic(topic=one)
    withdraw_topic(topic=two)
    with pytest.raises(UnknownTopics) as refused:
        type_in(going, "2: 1 2 3 99")
    assert refused.value.numbers == (1, 2, 99)
    assert not Ballot.objects.exists()


def test_second_ballot_of_a_seat_must_say_that_it_corrects(going: Round) -> None:
    first = type_in(going, "2: 1 3")
    with pytest.raises(AlreadyTyped) as refused:
        type_in(going, "2: 4", by="Hugo")
    assert refused.value.ballot == first
    type_in(going, "2!: 4", by="Hugo")
    assert (standing(going), named(going)) == ({2: [4]}, {4: 1})
    type_in(going, "2!")
    assert standing(going) == {2: []}


def test_correction_of_a_ballot_that_nobody_typed_is_refused(going: Round) -> None:
    with pytest.raises(NotTyped):
        type_in(going, "2!: 1")


def test_take_back_takes_the_own_last_one_and_brings_back_what_it_replaced(going: Round) -> None:
    type_in(going, "1: 1")
    type_in(going, "2: 2", by="Hugo")
    type_in(going, "1!: 3")
    take_back_ballot(round_=going, typed_by="Hedi")
    assert standing(going) == {1: [1], 2: [2]}
    take_back_ballot(round_=going, typed_by="Hedi")
    assert standing(going) == {2: [2]}
    with pytest.raises(NotTyped):
        take_back_ballot(round_=going, typed_by="Hedi")
    type_in(going, "1: 4")
    assert standing(going) == {1: [4], 2: [2]}


def test_ballot_after_the_close_is_refused(going: Round) -> None:
    type_in(going, "1: 1")
    closed = close(fresh(going))
    for act in (lambda: type_in(closed, "2: 1"), lambda: take_back_ballot(round_=closed, typed_by="Hedi")):
        with pytest.raises(VoteOver):
            act()
    assert standing(closed) == {1: [1]}


def test_ballot_belongs_to_its_round(conference: Conference, going: Round) -> None:
    type_in(going, "1: 1 2")
    close(fresh(going))
    afternoon = open_a_round(conference)
    type_in(afternoon, "1: 3")
    assert (standing(going), standing(afternoon)) == ({1: [1, 2]}, {1: [3]})


def at_once(count: int, act: Callable[[], object]) -> list[str]:
    """What came of it in each of several threads that begin together."""
    gate, outcomes = threading.Barrier(count), []

    def run() -> None:
        try:
            gate.wait()
            act()
            outcomes.append("done")
        except Exception as error:
            outcomes.append(type(error).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return sorted(outcomes)


@pytest.fixture
def hall() -> Round:
    conference = make_conference()
    make_seats(conference, 3)
    make_topics(conference, 2)
    return open_a_round(conference)


@pytest.mark.django_db(transaction=True)
def test_same_ballot_typed_by_several_helpers_at_once_is_kept_once(hall: Round) -> None:
    assert at_once(6, lambda: type_in(hall, "1: 1 2")) == ["AlreadyTyped"] * 5 + ["done"]
    assert standing(hall) == {1: [1, 2]}


def without_constraint() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX ballot_once")


@pytest.mark.django_db(transaction=True)
def test_without_lock_and_constraint_a_ballot_would_be_kept_twice(
    hall: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: what the test above proves is not an accident."""
    gate = threading.Barrier(2)
    seen = ballots.standing_ballot

    def slow(**about: object) -> Ballot | None:
        found = seen(**about)
        gate.wait(5)
        return found

    if connection.vendor == "sqlite":
        pytest.skip("SQLite lets one transaction write at a time: there is no lock to take away")
    monkeypatch.setattr(ballots, "refuse_closed", lambda _round: None)
    monkeypatch.setattr(ballots, "standing_ballot", slow)
    index = definition_of("ballot_once")
    without_constraint()
    try:
        assert at_once(2, lambda: type_in(hall, "1: 1 2")) == ["done", "done"]
        assert Ballot.objects.filter(is_valid=True).count() == 2
    finally:
        Ballot.objects.all().delete()
        with connection.cursor() as cursor:
            cursor.execute(index)


def definition_of(name: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = %s", [name])
        return str(cursor.fetchone()[0])
