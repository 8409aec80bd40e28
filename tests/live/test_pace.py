"""When what has gathered is published: soon, not too often, and never put off."""

from __future__ import annotations

from offenraum.live.pace import Pace

A, B = ("conf", "a"), ("conf", "b")


def test_first_change_is_published_at_once() -> None:
    pace = Pace(first=0.0, gap=0.05)
    assert (pace.add([A], now=10.0), pace.take(10.0)) == (10.0, {A})


def test_next_change_waits_for_the_gap() -> None:
    pace = Pace(first=0.0, gap=0.05)
    pace.add([A], now=10.0)
    pace.take(10.0)
    assert [pace.add([A], now=10.01), pace.add([B], now=10.02)] == [10.05, None]
    assert pace.take(10.05) == {A, B}


def test_change_after_the_gap_is_published_at_once() -> None:
    pace = Pace(first=0.0, gap=0.05)
    pace.add([A], now=10.0)
    pace.take(10.0)
    assert pace.add([A], now=11.0) == 11.0


def test_steady_changes_are_published_a_fixed_time_after_the_first() -> None:
    pace = Pace(first=0.2, gap=0.2)
    due = [pace.add([A], now=10 + step / 10) for step in range(3)]
    assert (due, pace.take(10.2), pace.add([B], now=10.21)) == ([10.2, None, None], {A}, 10.41)


def test_nothing_is_not_published() -> None:
    assert Pace(first=0.0, gap=0.05).add([], now=10.0) is None
