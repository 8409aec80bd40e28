from __future__ import annotations

import pytest

from offenraum.planner.board import Board
from offenraum.planner.instance import index
from offenraum.planner.problem import Cell
from offenraum.planner.score import Score, received, score
from offenraum.planner.seating import seat
from tests.planner.problems import problem, topics

HALL, NOOK = 0, 1
BEES, MAPS, WIFI, TEA = range(4)
AYSE, BERND, CLARA, DIRK = range(4)


def test_people_take_their_strongest_wish_of_the_slot() -> None:
    seats = seat(index(problem()), [(MAPS, HALL), (WIFI, NOOK), (BEES, HALL)])
    assert seats == {AYSE: (6, BEES), BERND: (6, BEES), CLARA: (4, WIFI)}


def test_a_full_room_takes_the_strongest_wishes_first() -> None:
    rooms = [{"id": "hall", "places": 1}, {"id": "nook", "places": 0}]
    assert seat(index(problem(rooms=rooms)), [(WIFI, HALL), (MAPS, NOOK)]) == {BERND: (6, WIFI)}


def test_who_has_a_choice_leaves_the_tight_room_to_who_has_none() -> None:
    rooms = [{"id": "hall", "places": 9}, {"id": "nook", "places": 1}]
    people = [
        {"id": name, "wishes": wishes} for name, wishes in (("ayse", {"bees": 2, "tea": 2}), ("bernd", {"tea": 2}))
    ]
    seats = seat(index(problem(rooms=rooms, people=people)), [(TEA, NOOK), (BEES, HALL)])
    assert seats == {0: (4, BEES), 1: (4, TEA)}


@pytest.mark.parametrize("first", ["ayse", "bernd"])
def test_who_wishes_for_little_comes_first_in_a_full_room(first: str) -> None:
    few, many = {"tea": 2}, {"bees": 2, "maps": 1, "tea": 2}
    people = [{"id": name, "wishes": few if name == first else many} for name in ("ayse", "bernd")]
    instance = index(problem(rooms=[{"id": "hall", "places": 1}], people=people))
    assert seat(instance, [(TEA, HALL)]) == {0 if first == "ayse" else 1: (4, TEA)}


def test_a_crowd_does_not_come_before_people_with_names() -> None:
    """Ten hands show one wish each, but say nothing of what else these people would like."""
    people = [{"id": f"p{n}", "wishes": {"tea": 2, "bees": 1}} for n in range(10)]
    named = index(problem(rooms=[{"id": "hall", "places": 10}], people=people, topics=topics(tea={"hands": 10})))
    seated = seat(named, [(TEA, HALL)])
    assert len(seated) == 10
    assert any(p < 10 for p in seated)
    assert any(p >= 10 for p in seated)


def test_a_host_sits_in_the_own_session_and_takes_a_place() -> None:
    hosts = [{"id": name, "person": "bernd" if name == "maps" else None} for name in ("bees", "maps", "wifi", "tea")]
    rooms = [{"id": "hall", "places": 9}, {"id": "nook", "places": 2}]
    seats = seat(index(problem(hosts=hosts, rooms=rooms)), [(BEES, HALL), (MAPS, NOOK)])
    assert seats == {BERND: (0, MAPS), AYSE: (6, BEES), CLARA: (2, MAPS)}


def test_a_room_without_what_a_person_needs_gives_nothing() -> None:
    people = [{"id": "ayse", "wishes": {"bees": 3, "tea": 1}, "needs": ["lift"]}]
    rooms = [{"id": "hall", "places": 9}, {"id": "nook", "places": 2, "features": ["lift"]}]
    instance = index(problem(people=people, rooms=rooms))
    assert seat(instance, [(BEES, HALL), (TEA, NOOK)]) == {AYSE: (2, TEA)}


def test_a_double_session_gives_half_in_each_slot() -> None:
    instance = index(problem(topics=topics(bees={"length": 2})))
    board = Board(instance, {"bees": Cell("ten", "hall"), "maps": Cell("eleven", "nook")})
    # Ayse leaves the bees (half of 3) for the maps (2) in the second slot.
    assert received(board) == [3 + 4, 3 + 3, 2, 0]
    assert instance.ideals == (4 + 3, 6 + 3, 4 + 2, 0)


def test_score_counts_people_without_wishes_nowhere() -> None:
    board = Board(index(problem()), {"bees": Cell("ten", "hall")})
    figures = score(board)
    assert figures == Score(sum=6.0, sqrt=1.481703, nash=0.365809, people_with_nothing=1, people_below_half=1)
