"""How many people will come to a session, from what is wished for at the same time."""

from __future__ import annotations

import pytest

from offenraum.programme.rules import SHOW_UP, Crowd, expected_audiences

BUDGET, SENSORS, LIBRARY = 1, 2, 3


def crowd(*wishes: dict[int, int], present: int = 0, tallied: dict[int, tuple[int, int]] | None = None) -> Crowd:
    return Crowd(wishes=wishes, present=present or len(wishes), tallied=tallied or {})


def test_audience_counts_who_wants_to_come_and_does() -> None:
    assert expected_audiences([{BUDGET}], crowd(*[{BUDGET: 1}] * 100)) == {BUDGET: round(100 * SHOW_UP)}


def test_audience_of_two_at_once_is_split() -> None:
    both = crowd(*[{BUDGET: 1, SENSORS: 1}] * 100)

    assert expected_audiences([{BUDGET, SENSORS}], both) == {BUDGET: 34, SENSORS: 34}


def test_audience_goes_to_what_is_important() -> None:
    torn = crowd(*[{BUDGET: 1, SENSORS: 2}] * 100)

    assert expected_audiences([{BUDGET, SENSORS}], torn) == {BUDGET: 0, SENSORS: 69}


def test_audience_of_a_double_session_is_its_fuller_slot() -> None:
    people = crowd(*[{BUDGET: 1, SENSORS: 1}] * 100)

    assert expected_audiences([{BUDGET, SENSORS}, {BUDGET}], people)[BUDGET] == 69


def test_audience_grows_with_people_who_did_not_vote() -> None:
    assert expected_audiences([{BUDGET}], crowd(*[{BUDGET: 1}] * 40, present=100)) == {BUDGET: 69}


def test_audience_grows_with_hands() -> None:
    by_hand = crowd(*[{LIBRARY: 1}] * 20, tallied={LIBRARY: (20, 30)})

    assert expected_audiences([{LIBRARY}], by_hand) == {LIBRARY: round(30 * SHOW_UP)}


@pytest.mark.parametrize("people", [crowd(), crowd({}, {}), crowd({SENSORS: 1})], ids=["none", "no wishes", "others"])
def test_audience_of_a_topic_that_nobody_wants_is_nobody(people: Crowd) -> None:
    assert expected_audiences([{BUDGET}], people) == {BUDGET: 0}
