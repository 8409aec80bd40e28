from __future__ import annotations

from datetime import timedelta

import pytest

from offenraum.opendata.rules import cell_of_table, held_plan
from offenraum.programme.rules import Place
from tests.day import NOON

STARTS = {1: NOON + timedelta(hours=1), 2: NOON + timedelta(hours=2)}
BUDGET, SENSORS = 7, 8


def test_plan_that_held_is_the_one_in_force_when_each_slot_began() -> None:
    first = {BUDGET: Place(1, 10), SENSORS: Place(2, 10)}
    second = {SENSORS: Place(2, 11)}
    plans = [(NOON, first), (NOON + timedelta(minutes=90), second)]
    assert held_plan(plans, STARTS) == {BUDGET: Place(1, 10), SENSORS: Place(2, 11)}


def test_first_edition_that_came_late_holds_from_the_start() -> None:
    assert held_plan([(NOON + timedelta(hours=3), {BUDGET: Place(1, 10)})], STARTS) == {BUDGET: Place(1, 10)}
    assert held_plan([], STARTS) == {}


@pytest.mark.parametrize(("text", "shown"), [("=1+1", "'=1+1"), ("@a", "'@a"), ("-1", "'-1"), ("a=1", "a=1"), ("", "")])
def test_formula_becomes_text(text: str, shown: str) -> None:
    assert cell_of_table(text) == shown
