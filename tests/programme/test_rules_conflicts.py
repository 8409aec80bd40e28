"""Why a session cannot stay where it is, each reason alone and all of a draft together."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offenraum.programme.rules import (
    Conflict,
    ConflictKind,
    Placed,
    RoomFacts,
    Span,
    Surroundings,
    clashes,
    conflicts,
    overlap,
)
from tests.day import NOON

HALL, ATTIC = 1, 2
MORNING, NOON_SLOT, EVENING = 10, 11, 12
AROUND = Surroundings(
    rooms={HALL: RoomFacts(100, frozenset({"step_free", "screen"})), ATTIC: RoomFacts(20, frozenset())},
    closed=frozenset({(EVENING, ATTIC)}),
    away={"Ayse": frozenset({EVENING})},
)
BUDGET = Placed(
    topic=1, slots=(MORNING,), length=1, room=HALL, hosts=frozenset({"Ayse"}), needs=frozenset({"screen"}), expected=80
)


def placed(**changes: Any) -> Placed:
    return dataclasses.replace(BUDGET, **changes)


def test_session_that_fits_has_no_conflict() -> None:
    assert conflicts([BUDGET], AROUND) == []


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"needs": frozenset({"step_free", "piano"})}, [(ConflictKind.ROOM_LACKS, "piano")]),
        ({"needs": frozenset({"screen", "piano", "blackboard"})},
         [(ConflictKind.ROOM_LACKS, "blackboard"), (ConflictKind.ROOM_LACKS, "piano")]),
        ({"room": ATTIC, "needs": frozenset(), "expected": 22}, []),
        ({"room": ATTIC, "needs": frozenset(), "expected": 23}, [(ConflictKind.ROOM_SMALL, "23/20")]),
        ({"slots": (EVENING,)}, [(ConflictKind.HOST_AWAY, "")]),
        ({"slots": (EVENING,), "room": ATTIC, "hosts": frozenset({"Ben"}), "needs": frozenset(), "expected": 0},
         [(ConflictKind.ROOM_CLOSED, "")]),
        ({"length": 2}, [(ConflictKind.NO_FOLLOWING_SLOT, "")]),
        ({"length": 2, "slots": (NOON_SLOT, EVENING)}, [(ConflictKind.HOST_AWAY, "")]),
    ],
)
def test_session_in_the_way_says_why(changes: dict[str, Any], found: list[tuple[ConflictKind, str]]) -> None:
    told = conflicts([placed(**changes)], AROUND)

    assert told == [Conflict(kind, BUDGET.topic, detail=detail) for kind, detail in found]


@pytest.mark.parametrize(
    ("other", "clash"),
    [
        ({"slots": (MORNING,)}, True),
        ({"slots": (MORNING,), "hosts": frozenset({"Ayse", "Ben"})}, True),
        ({"slots": (MORNING,), "hosts": frozenset({"Ben"})}, False),
        ({"slots": (NOON_SLOT,)}, False),
        ({"slots": (MORNING, NOON_SLOT), "length": 2}, True),
    ],
)
def test_host_cannot_be_in_two_rooms_at_once(other: dict[str, Any], clash: bool) -> None:
    second = placed(topic=2, room=ATTIC, needs=frozenset(), expected=0) if not other else placed(topic=2, **other)

    told = conflicts([BUDGET, second], AROUND)

    both = [Conflict(ConflictKind.HOST_TWICE, 1, other=2), Conflict(ConflictKind.HOST_TWICE, 2, other=1)]
    assert told == (both if clash else [])


SESSIONS = st.builds(
    Placed,
    topic=st.integers(1, 9),
    slots=st.sampled_from([(MORNING,), (NOON_SLOT,), (EVENING,), (MORNING, NOON_SLOT)]),
    length=st.integers(1, 2),
    room=st.sampled_from([HALL, ATTIC]),
    hosts=st.frozensets(st.sampled_from(["Ayse", "Ben", "Cem"]), max_size=2),
    needs=st.frozensets(st.sampled_from(["screen", "piano"])),
    expected=st.integers(0, 130),
)


@given(st.lists(SESSIONS, max_size=6, unique_by=lambda session: session.topic), st.randoms(use_true_random=False))
def test_conflicts_do_not_depend_on_the_order_of_sessions(sessions: list[Placed], chance: Any) -> None:
    shuffled = list(sessions)
    chance.shuffle(shuffled)

    assert set(conflicts(sessions, AROUND)) == set(conflicts(shuffled, AROUND))


@given(st.lists(SESSIONS, max_size=6, unique_by=lambda session: session.topic))
def test_conflict_of_hosts_is_told_of_both_sessions(sessions: list[Placed]) -> None:
    pairs = {(c.topic, c.other) for c in conflicts(sessions, AROUND) if c.kind is ConflictKind.HOST_TWICE}

    assert pairs == {(other, topic) for topic, other in pairs}


def span(key: int, begins: int, ends: int) -> Span:
    return Span(key, NOON.replace(minute=begins), NOON.replace(minute=ends))


def test_clashes_name_what_is_at_the_same_time() -> None:
    first, during, touching, alone = span(1, 0, 30), span(2, 15, 45), span(3, 30, 40), span(4, 50, 55)

    assert clashes([first, during, touching, alone]) == {1: [2], 2: [1, 3], 3: [2]}


@given(st.lists(st.integers(0, 59), min_size=4, max_size=4))
def test_overlap_is_mutual(minutes: list[int]) -> None:
    one, other = span(1, *sorted(minutes[:2])), span(2, *sorted(minutes[2:]))

    assert overlap(one, other) == overlap(other, one)
