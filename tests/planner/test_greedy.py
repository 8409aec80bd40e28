from __future__ import annotations

import re
import time

from hypothesis import given, settings

from bench.generate import SIZES, generate
from offenraum.planner.board import Board
from offenraum.planner.greedy import greedy
from offenraum.planner.instance import index
from offenraum.planner.plan import Plan
from offenraum.planner.planning import plan
from offenraum.planner.problem import BrokenInput, Cell, Problem
from offenraum.planner.reading import read_problem
from offenraum.planner.rules import broken_rules
from offenraum.planner.score import score, value
from tests.planner.problems import Document, problem, random_documents, topics


@given(random_documents())
@settings(max_examples=40, deadline=None)
def test_greedy_never_breaks_a_hard_rule(document: Document) -> None:
    problem = read_problem(document)
    result = plan_unless_pins_conflict(problem)
    if result is not None:
        assert broken_rules(problem, result.placements) == []
        assert set(result.placements) | set(result.unplaced) == {topic.id for topic in problem.topics}


def plan_unless_pins_conflict(problem: Problem) -> Plan | None:
    try:
        return plan(problem, iterations=0, engine="greedy")
    except BrokenInput as broken:
        assert re.fullmatch(r"topics\[\d+\]\.pin", broken.field)  # noqa: PT017
        return None


@given(random_documents(pins=False))
@settings(max_examples=25, deadline=None)
def test_greedy_gives_the_same_plan_for_the_same_problem(document: Document) -> None:
    once, again = (plan(read_problem(document), iterations=0, engine="greedy") for _ in range(2))
    assert once == again


def test_greedy_puts_the_sessions_that_share_people_into_different_slots() -> None:
    places = plan(problem(), iterations=0).placements
    assert places["bees"].slot != places["maps"].slot
    assert places["bees"].slot != places["wifi"].slot


def test_greedy_keeps_a_pin_and_the_running_plan() -> None:
    pinned = problem(
        topics=topics(tea={"pin": {"slot": "ten", "room": "hall"}}),
        current={"wifi": {"slot": "eleven", "room": "nook"}},
    )
    places = plan(pinned, iterations=0).placements
    assert (places["tea"], places["wifi"]) == (Cell("ten", "hall"), Cell("eleven", "nook"))


def test_greedy_is_much_better_than_filling_slots_from_the_most_wanted() -> None:
    problem = read_problem(generate(SIZES["small"], 1))
    instance = index(problem)
    filled = Board(instance)
    wanted = sorted(
        range(len(instance.topic_ids)), key=lambda t: -sum(len(people) for _, people in instance.wishers[t])
    )
    for t in wanted:
        cell = next((cell for cell in sorted(instance.fits[t]) if filled.allows(t, cell)), None)
        if cell:
            filled.put(t, cell)
    smart = greedy(instance, Board(instance), "sqrt")
    assert value(smart, "sqrt") > 1.05 * value(filled, "sqrt")
    assert score(smart).people_with_nothing == 0


def test_greedy_plans_a_barcamp_in_about_a_second_of_pure_python() -> None:
    problem = read_problem(generate(SIZES["small"], 2))
    started = time.process_time()
    plan(problem, iterations=0)
    assert time.process_time() - started < 2.0
