from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from offenraum.sensors.charts import Point, chart_of, scale_of
from offenraum.sensors.rules import (
    BadFormula,
    bucket_of,
    calculated,
    check_formula,
    is_plausible,
    measured_at,
    plain_id,
    state_of,
)

NOON = datetime(2018, 9, 4, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("formula", "x", "value"),
    [
        ("", 7, 7), ("350 - x", 262, 88), ("-x + 2 * (x / 4)", 8, -4), ("max(0, min(x, 100))", 140, 100),
        ("round(x / 3, 1)", 10, 3.3), ("1 / x", 0, None), ("x * 1e308 * 10", 9, None), ("abs(x)", -2, 2),
        ("round(x, x)", 2.5, None), ("max(x)", 2, None),
    ],
)
def test_formula_is_calculated(formula: str, x: float, value: float | None) -> None:
    if formula:
        check_formula(formula)
    assert calculated(formula, x) == value


@pytest.mark.parametrize(
    "formula",
    [
        "x +", "y", "__import__('os')", "x.real", "x ** 9", "9 ** 9 ** 9", "x if x else 1", "(lambda: 1)()", "'a'",
        "[x]", "x; x", "x = 1", "max(x, key=abs)", "True", "(" * 60 + "x" + ")" * 60 + "(", "x[0]", "f(x)", "1 << 99",
        "x and 1", "\x00", "abs(*[x])",
    ],
)
def test_formula_that_is_more_than_arithmetic_is_refused(formula: str) -> None:
    with pytest.raises(BadFormula):
        check_formula(formula)


def test_plausible_is_what_lies_within_the_bounds_that_are_set() -> None:
    assert [is_plausible(v, low=0, high=10) for v in (-1, 0, 10, 11)] == [False, True, True, False]
    assert is_plausible(1e9, low=None, high=None)


def test_state_rises_or_falls_with_the_thresholds() -> None:
    assert [state_of(v, warn=160, alarm=200) for v in (159, 160, 200)] == ["calm", "warn", "alarm"]
    assert [state_of(v, warn=25, alarm=20) for v in (26, 25, 20)] == ["calm", "warn", "alarm"]
    assert state_of(5, warn=None, alarm=None) == "calm"


def test_time_of_a_clock_that_cannot_be_right_is_ours() -> None:
    for sent in (None, datetime(1970, 1, 1, tzinfo=UTC), NOON + timedelta(hours=1)):
        assert measured_at(sent, received_at=NOON) == NOON
    late = NOON - timedelta(hours=5)
    assert measured_at(late, received_at=NOON) == late


def test_buckets_begin_at_round_moments() -> None:
    moment = NOON + timedelta(minutes=19, seconds=59)
    assert [bucket_of(moment, seconds) for seconds in (600, 3600, 86400)] == [
        NOON + timedelta(minutes=10), NOON, NOON.replace(hour=0),
    ]


def test_identities_are_compared_without_their_dress() -> None:
    assert {plain_id(text) for text in ("70-B3-d5", "70:b3:d5", "70b3d5")} == {"70b3d5"}
    assert (plain_id("\x00😀"), len(plain_id("a" * 99))) == ("", 64)


def test_chart_breaks_its_line_at_gaps_and_holds_thresholds() -> None:
    points = [Point(NOON + timedelta(minutes=10 * n), 50 + n) for n in (0, 1, 9, 10)]
    chart = chart_of(
        points, begins=NOON, ends=NOON + timedelta(hours=2), seconds=600, limits=[(80, "warn")]
    )
    assert chart is not None
    assert [len(line.split()) for line in chart.lines] == [2, 2]
    assert chart.rules[0].value <= 50
    assert chart.rules[-1].value >= 80
    assert 0 <= chart.limits[0].y < chart.base
    assert chart_of([], begins=NOON, ends=NOON, seconds=600) is None


@pytest.mark.parametrize(("low", "high"), [(0, 0), (5, 5), (-3, 3), (0.001, 0.002), (1e6, 1e9), (-1e-12, 1e-12)])
def test_scale_is_round_and_holds_the_values(low: float, high: float) -> None:
    bottom, top, step = scale_of(low, high)
    assert bottom <= low <= high <= top
    assert 2 <= round((top - bottom) / step) <= 7
