from __future__ import annotations

import time

from bench.generate import SIZES, generate
from offenraum.planner.board import Board
from offenraum.planner.instance import index
from offenraum.planner.planning import plan
from offenraum.planner.prices import CellAdvice, Price, cell_advice, insertion_prices
from offenraum.planner.problem import Cell
from offenraum.planner.reading import read_problem
from offenraum.planner.score import score
from tests.planner.problems import problem, topics

PLACED = {"bees": Cell("ten", "hall"), "maps": Cell("eleven", "hall"), "tea": Cell("ten", "nook")}


def test_insertion_prices_say_who_gains_who_loses_and_who_has_to_leave() -> None:
    prices = insertion_prices(problem(), PLACED, "wifi", objective="sum")
    assert prices == [
        # Bernd gains 3 and Clara 1 more than the maps give her.
        Price("eleven", "nook", gain=2, lose=0, change=4.0),
        Price("ten", "nook", gain=1, lose=0, change=2.0, instead_of=("tea",)),
        Price("eleven", "hall", gain=2, lose=1, change=2.0, instead_of=("maps",)),
        Price("ten", "hall", gain=1, lose=1, change=-1.0, instead_of=("bees",)),
    ]


def test_insertion_prices_leave_pinned_topics_where_they_are() -> None:
    pinned = problem(topics=topics(maps={"pin": {"slot": "eleven", "room": "hall"}}))
    assert all("maps" not in price.instead_of for price in insertion_prices(pinned, PLACED, "wifi"))


def test_cell_advice_lists_free_cells_with_people_places_and_conflicts() -> None:
    advice = cell_advice(problem(apart=[["wifi", "maps"]]), PLACED, "wifi", objective="sum")
    assert [(one.slot, one.room, one.expected, one.places) for one in advice] == [("eleven", "nook", 2, 2)]
    assert [rule.code for rule in advice[0].conflicts] == ["apart"]


def test_cell_advice_puts_cells_without_conflict_first_and_then_the_best() -> None:
    placed = {"bees": Cell("ten", "hall")}
    advice = cell_advice(problem(), placed, "wifi", objective="sum")
    assert advice[0] == CellAdvice("eleven", "nook", 2, 2, 2, gain=2, lose=0, change=5.0)
    assert [(one.slot, one.room) for one in advice] == [("eleven", "nook"), ("eleven", "hall"), ("ten", "nook")]


def test_cell_advice_for_a_placed_topic_counts_from_the_plan_without_it() -> None:
    assert cell_advice(problem(), PLACED | {"wifi": Cell("eleven", "nook")}, "wifi") == cell_advice(
        problem(), PLACED, "wifi"
    )


def test_a_price_is_exactly_what_the_score_changes_by() -> None:
    barcamp = read_problem(generate(SIZES["small"], 3))
    made = plan(barcamp, objective="sqrt", iterations=0)
    out = sorted(made.unplaced)[0]
    for price in insertion_prices(barcamp, made.placements, out, objective="sum")[:5]:
        changed = {name: cell for name, cell in made.placements.items() if name not in price.instead_of}
        changed[out] = Cell(price.slot, price.room)
        assert score(Board(index(barcamp), changed)).sum - made.score.sum == price.change


def test_prices_and_advice_are_quick_enough_to_ask_before_each_drop() -> None:
    barcamp = read_problem(generate(SIZES["small"], 4))
    made = plan(barcamp, iterations=0)
    freed = dict(list(made.placements.items())[3:])
    started = time.process_time()
    for _ in range(5):
        cell_advice(barcamp, freed, sorted(made.unplaced)[0])
        insertion_prices(barcamp, freed, sorted(made.unplaced)[0])
    assert (time.process_time() - started) / 5 < 0.2
