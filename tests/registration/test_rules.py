"""Places and the waiting list on plain values, and every order of events on a model of the whole book."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from offenraum.registration.rules import (
    PROOF_BITS,
    Phase,
    answer_by,
    calls_again,
    capacity_of,
    confirm_by,
    decide,
    email_key,
    free_places,
    is_proven,
    moves_up,
    next_up,
    no_show_percent,
    phase_of,
    sum_of,
)

NOW = datetime(2018, 8, 1, 12, 0, tzinfo=UTC)
START = datetime(2018, 9, 4, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(("places", "percent", "capacity"), [(220, 0, 220), (220, 10, 242), (3, 10, 3), (1, 100, 2)])
def test_capacity_counts_overbooking_in_whole_people(places: int, percent: int, capacity: int) -> None:
    assert capacity_of(places=places, overbooking_percent=percent) == capacity


@pytest.mark.parametrize(
    ("capacity", "taken", "free"),
    [(3, set(), [1, 2, 3]), (3, {2}, [1, 3]), (3, {1, 2, 3}, []), (0, set(), []), (2, {7, 8}, []), (3, {7, 8}, [1])],
)
def test_free_places_are_the_lowest_and_never_more_than_the_capacity(
    capacity: int, taken: set[int], free: list[int]
) -> None:
    assert list(free_places(capacity=capacity, taken=taken)) == free


def test_nobody_jumps_the_list() -> None:
    assert decide(capacity=5, taken={1}, waiting=0) == 2
    assert decide(capacity=5, taken={1}, waiting=1) is None
    assert decide(capacity=1, taken={1}, waiting=0) is None


def test_next_up_is_the_head_of_the_list() -> None:
    assert next_up(capacity=4, taken={1, 3}, waiting=["Ayse", "Bernd", "Clara"]) == [("Ayse", 2), ("Bernd", 4)]
    assert next_up(capacity=2, taken={1, 2}, waiting=["Ayse"]) == []


@pytest.mark.parametrize(
    ("now", "hours", "by"),
    [
        (NOW, 48, NOW + timedelta(hours=48)),
        (START - timedelta(hours=48), 48, START - timedelta(hours=24)),
        (START - timedelta(hours=1), 48, None),
        (NOW, 0, None),
    ],
)
def test_time_to_confirm_shrinks_towards_the_conference(now: datetime, hours: int, by: datetime | None) -> None:
    assert confirm_by(now=now, hours=hours, starts_at=START) == by


def test_list_ends_when_the_conference_begins() -> None:
    assert [moves_up(now=START + timedelta(hours=h), starts_at=START) for h in (-1, 0, 1)] == [True, False, False]
    assert moves_up(now=NOW, starts_at=None)
    assert confirm_by(now=NOW, hours=2, starts_at=None) == NOW + timedelta(hours=2)


@pytest.mark.parametrize(("days_before", "days", "called"), [(8, 7, False), (7, 7, True), (1, 7, True), (-1, 7, False)])
def test_call_comes_on_its_day_and_not_after_the_beginning(days_before: int, days: int, called: bool) -> None:
    assert calls_again(now=START - timedelta(days=days_before), days=days, starts_at=START) is called
    assert not calls_again(now=START - timedelta(days=days_before), days=0, starts_at=START)


def test_answer_to_the_call_leaves_time_for_others() -> None:
    assert answer_by(now=START - timedelta(days=7), hours=72, starts_at=START) == START - timedelta(days=4)
    assert answer_by(now=START - timedelta(hours=10), hours=72, starts_at=START) == START - timedelta(hours=5)


@pytest.mark.parametrize(
    ("opens", "closes", "has_place", "phase"),
    [
        (1, 2, True, Phase.SOON), (-1, 1, True, Phase.OPEN), (-1, 1, False, Phase.WAITING),
        (-2, -1, True, Phase.CLOSED), (None, None, True, Phase.OPEN), (None, 0, True, Phase.CLOSED),
        (0, None, False, Phase.WAITING),
    ],
)
def test_phase(opens: int | None, closes: int | None, has_place: bool, phase: Phase) -> None:
    moments = [None if days is None else NOW + timedelta(days=days) for days in (opens, closes)]
    assert phase_of(now=NOW, opens_at=moments[0], closes_at=moments[1], has_place=has_place) == phase


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("Ayse@KÖLN.example", "ayse@xn--kln-sna.example"), ("ayse@xn--kln-sna.example", "ayse@xn--kln-sna.example"),
        (" anna+1@Example.org ", "anna+1@example.org"), ("a@" + "x" * 400, "a@" + "x" * 252),
        ("a@\ud800.org", "a@\ud800.org"),
    ],
)
def test_addresses_are_compared_by_what_mail_servers_make_of_them(typed: str, key: str) -> None:
    assert email_key(typed) == key


def test_proof_is_work_for_the_one_challenge() -> None:
    found = next(str(n) for n in count() if is_proven(challenge="a", proof=str(n)))
    digest = hashlib.sha256(f"a:{found}".encode()).digest()
    assert int.from_bytes(digest, "big").bit_length() <= 256 - PROOF_BITS
    assert not is_proven(challenge="b", proof=found)
    assert not is_proven(challenge="a", proof="\ud800")


@given(st.text())
def test_sums_are_small(challenge: str) -> None:
    assert all(2 <= number <= 9 for number in sum_of(challenge))


def test_no_shows_in_per_cent() -> None:
    assert [no_show_percent(expected=e, came=c) for e, c in ((0, 0), (220, 143), (4, 4))] == [0, 35, 0]


@dataclass
class Person:
    """Somebody in the model: a state, and the place while one is held."""

    number: int
    state: str = "waiting"
    place: int | None = None
    late: bool = False


@dataclass
class Book:
    """What the actions do, on plain values."""

    places: int
    percent: int = 0
    people: list[Person] = field(default_factory=list)

    @property
    def capacity(self) -> int:
        return capacity_of(places=self.places, overbooking_percent=self.percent)

    @property
    def taken(self) -> set[int]:
        return {one.place for one in self.people if one.place is not None}

    @property
    def waiting(self) -> list[Person]:
        return [one for one in self.people if one.state == "waiting"]

    def register(self) -> None:
        place = decide(capacity=self.capacity, taken=self.taken, waiting=len(self.waiting))
        self.people.append(Person(len(self.people), "confirmed" if place else "waiting", place))

    def leave(self, one: Person, state: str) -> None:
        one.state, one.place, one.late = state, None, False
        self.move_up()

    def move_up(self) -> None:
        for one, place in next_up(capacity=self.capacity, taken=self.taken, waiting=self.waiting):
            one.state, one.place = "offered", place


class WaitingList(RuleBasedStateMachine):
    """Register, cancel, confirm, expire, call again, change places and overbooking, in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.book = Book(places=1)
        self.highest = 1

    @initialize(places=st.integers(1, 4), percent=st.sampled_from([0, 50, 100]))
    def open(self, places: int, percent: int) -> None:
        self.book = Book(places=places, percent=percent)
        self.highest = self.book.capacity

    def active(self, *states: str) -> list[Person]:
        return [one for one in self.book.people if one.state in states]

    @rule()
    def register(self) -> None:
        self.book.register()

    @precondition(lambda self: self.active("waiting", "offered", "confirmed"))
    @rule(data=st.data())
    def cancel(self, data: st.DataObject) -> None:
        self.book.leave(data.draw(st.sampled_from(self.active("waiting", "offered", "confirmed"))), "cancelled")

    @precondition(lambda self: self.active("offered"))
    @rule(data=st.data())
    def confirm(self, data: st.DataObject) -> None:
        data.draw(st.sampled_from(self.active("offered"))).state = "confirmed"

    @precondition(lambda self: self.active("offered", "confirmed"))
    @rule(data=st.data())
    def expire(self, data: st.DataObject) -> None:
        self.book.leave(data.draw(st.sampled_from(self.active("offered", "confirmed"))), "expired")

    @rule(places=st.integers(1, 5), percent=st.sampled_from([0, 50, 100]))
    def change(self, places: int, percent: int) -> None:
        self.book.places, self.book.percent = places, percent
        self.highest = max(self.highest, self.book.capacity)
        self.book.move_up()

    @invariant()
    def nothing_is_oversold(self) -> None:
        held = [one.place for one in self.book.people if one.place is not None]
        assert len(held) == len(set(held))
        assert len(held) <= self.highest
        assert all(1 <= place <= self.highest for place in held)

    @invariant()
    def first_in_line_never_starves(self) -> None:
        """While somebody waits no place is free."""
        assert not self.book.waiting or len(self.book.taken) >= self.book.capacity

    @invariant()
    def order_is_kept(self) -> None:
        """Nobody who waits came before somebody who moved up or got a place."""
        first = min((one.number for one in self.book.waiting), default=len(self.book.people))
        assert all(one.number < first for one in self.book.people if one.state in {"offered", "confirmed"})


SAMPLES = 10_000 if os.environ.get("TESTS_LONG") else 60
WaitingList.TestCase.settings = settings(max_examples=SAMPLES, stateful_step_count=25, deadline=None)
TestWaitingList = pytest.mark.timeout(1800)(WaitingList.TestCase)


def test_a_list_that_is_jumped_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same machine finds a `decide` that gives free places to newcomers while others wait."""
    def jumping(*, capacity: int, taken: set[int], waiting: int) -> int | None:
        return next(free_places(capacity=capacity, taken=taken), None)

    monkeypatch.setattr(f"{__name__}.decide", jumping)
    monkeypatch.setattr(f"{__name__}.next_up", lambda *, capacity, taken, waiting: [])
    machine = WaitingList()
    machine.open(places=1, percent=0)
    for _ in range(2):
        machine.register()
    machine.book.leave(machine.book.people[0], "cancelled")
    machine.register()
    with pytest.raises(AssertionError):
        machine.order_is_kept()
