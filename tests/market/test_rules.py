from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest

from offenraum.market.rules import is_over, is_staffed, kept_dots, read_times

NINE = datetime(2018, 9, 4, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("", []),
        ("9-12", [(time(9), time(12))]),
        ("9:30 – 12.15 Uhr, 13-15", [(time(9, 30), time(12, 15)), (time(13), time(15))]),
        ("9-10 und 11-12;", [(time(9), time(10)), (time(11), time(12))]),
    ],
)
def test_times_are_read(text: str, spans: list[tuple[time, time]]) -> None:
    assert read_times(text) == spans


@pytest.mark.parametrize("text", ["12-9", "9-9", "25-26", "9:70-10", "morgens", "9", "9-12-15", "-", "١-٢"])
def test_times_that_are_none_are_refused_with_their_part(text: str) -> None:
    if text == "١-٢":
        assert read_times(text) == [(time(1), time(2))]
        return
    with pytest.raises(ValueError, match=text):
        read_times(f"8-9, {text}")


def test_stand_is_staffed_within_its_times() -> None:
    times = read_times("9-10, 11-12")
    assert [is_staffed(times, NINE + timedelta(minutes=n)) for n in (-1, 0, 59, 60, 120)] == [
        False, True, True, False, True,
    ]


def test_dots_keep_what_was_given_and_refuse_too_many() -> None:
    assert kept_dots({1: 2, 2: 0, 3: 1}, dots=3) == {1: 2, 3: 1}
    for wanted in ({1: 4}, {1: 2, 2: 2}, {1: -1}, {1: 4, 2: -1}):
        with pytest.raises(ValueError, match="3"):
            kept_dots(wanted, dots=3)


def test_market_is_an_archive_after_the_event() -> None:
    assert [is_over(ends_at=end, now=NINE) for end in (None, NINE + timedelta(1), NINE)] == [False, False, True]
