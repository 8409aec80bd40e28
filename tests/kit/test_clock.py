"""A clock may run shifted and faster; forwards and backwards it is the same clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from offenraum.kit.clock import Clock

NOON = datetime(2018, 9, 4, 12, 0, tzinfo=UTC)
NOW = datetime(2026, 5, 4, 10, 0, tzinfo=UTC)
SPANS = st.timedeltas(timedelta(days=-30), timedelta(days=30))
SPEEDS = st.floats(0.01, 100)


@pytest.mark.parametrize(
    ("clock", "real", "shown"),
    [
        (Clock(), NOW, NOW),
        (Clock(NOW, None), NOW, NOW),
        (Clock(None, NOON, 12), NOW, NOW),
        (Clock(NOW, NOON), NOW, NOON),
        (Clock(NOW, NOON), NOW + timedelta(minutes=7), NOON + timedelta(minutes=7)),
        (Clock(NOW, NOON, 12), NOW + timedelta(minutes=5), NOON + timedelta(hours=1)),
        (Clock(NOW, NOON, 0.5), NOW - timedelta(hours=2), NOON - timedelta(hours=1)),
    ],
)
def test_clock_shows_a_time_and_says_when_it_shows_it(clock: Clock, real: datetime, shown: datetime) -> None:
    assert (clock.at(real), clock.real_at(shown)) == (shown, real)


@settings(max_examples=40)
@given(SPANS, SPEEDS)
def test_clock_read_backwards_leads_to_where_it_was_read(span: timedelta, speed: float) -> None:
    clock = Clock(NOW, NOON, speed)
    error = clock.real_at(clock.at(NOW + span)) - (NOW + span)
    assert abs(error) <= timedelta(microseconds=2 + 1 / speed)


@settings(max_examples=40)
@given(SPANS, SPANS, SPEEDS)
def test_clock_never_runs_backwards_and_spans_take_as_long_as_it_says(
    one: timedelta, other: timedelta, speed: float
) -> None:
    clock, (first, second) = Clock(NOW, NOON, speed), sorted([one, other])
    shown = clock.at(NOW + second) - clock.at(NOW + first)
    assert shown >= timedelta()
    assert abs(clock.real_duration(shown) - (second - first)) <= timedelta(microseconds=2 + 2 / speed)
