from __future__ import annotations

from hypothesis import HealthCheck, given, settings

from bench.generate import SIZES, generate
from bench.planner.checker import check
from bench.planner.rivals import at_random, by_votes, slot_by_slot
from offenraum.planner.board import Board
from offenraum.planner.instance import index
from offenraum.planner.planning import plan
from offenraum.planner.problem import Cell
from offenraum.planner.reading import read_problem
from offenraum.planner.rules import broken_rules
from offenraum.planner.score import score
from tests.planner.problems import Document, document, random_documents, topics

PLAIN = {"current": None, "now": None, "resources": [], "apart": [], "audience": None}


def cells(placements: dict[str, Cell]) -> dict[str, tuple[str, str]]:
    return {topic: (cell.slot, cell.room) for topic, cell in placements.items()}


@given(random_documents(pins=False))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_engine_holds_the_rules_of_a_checker_that_knows_none_of_its_code(found: Document) -> None:
    plain = found | PLAIN | {"topics": [topic | {"hands": 0, "resources": []} for topic in found["topics"]]}
    made = plan(read_problem(plain), objective="sum", iterations=200)
    checked = check(plain, cells(dict(made.placements)))
    assert checked.broken == []
    assert checked.most >= made.score.sum - 1e-6


def test_seats_by_strength_give_nearly_as_much_as_an_exact_assignment() -> None:
    barcamp = generate(SIZES["small"], 1)
    made = plan(read_problem(barcamp), objective="sum", iterations=20_000)
    assert made.score.sum >= 0.98 * check(barcamp, cells(dict(made.placements))).most


def test_checker_and_rules_find_the_same_broken_plan() -> None:
    broken = document(topics=topics(bees={"features": ["beamer"]}, tea={"hosts": ["bees"]}, wifi={"length": 2}))
    placed = {name: Cell("ten", "nook") for name in ("bees", "tea")} | {"wifi": Cell("eleven", "hall")}
    codes = {rule.code for rule in broken_rules(read_problem(broken), placed)}
    assert codes == {"room_taken", "host_clash", "room_lacks", "no_following_slot"}
    assert check(broken, cells(placed)).broken == [
        "bees lacks features",
        "wifi has no second slot",
        "bees and tea share nook in ten",
        "bees and tea share a host in ten",
    ]


def test_rivals_of_the_benchmark_keep_the_rules() -> None:
    barcamp = generate(SIZES["small"], 2)
    instance = index(read_problem(barcamp))
    boards: list[Board] = [at_random(instance, 1), by_votes(instance), slot_by_slot(instance)]
    assert [check(barcamp, cells(board.placements())).broken for board in boards] == [[], [], []]
    assert score(boards[1]).sqrt > score(boards[0]).sqrt
