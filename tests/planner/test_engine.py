from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from offenraum.planner.board import Board
from offenraum.planner.instance import index
from offenraum.planner.objective import OBJECTIVES, UNIT, Objective
from offenraum.planner.planning import plan
from offenraum.planner.problem import BrokenInput, Problem
from offenraum.planner.reading import read_problem
from offenraum.planner.rules import broken_rules
from offenraum.planner.score import value
from offenraum.planner.search import GRAIN, heat
from tests.planner.brute_force import best_of_all
from tests.planner.problems import Document, problem, random_documents

ENOUGH = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def readable(document: Document) -> Problem | None:
    """The problem, unless its pins conflict."""
    problem = read_problem(document)
    try:
        plan(problem, iterations=0, engine="greedy")
    except BrokenInput:
        return None
    return problem


@given(random_documents())
@ENOUGH
def test_search_never_breaks_a_hard_rule_and_counts_its_value_right(document: Document) -> None:
    problem = readable(document)
    if problem is None:
        return
    for objective in OBJECTIVES:
        found = plan(problem, objective=objective, iterations=500)
        assert broken_rules(problem, found.placements) == []
        assert set(found.placements) | set(found.unplaced) == {topic.id for topic in problem.topics}
        assert found.value == value(Board(index(problem), found.placements), objective) / UNIT


@given(random_documents())
@ENOUGH
def test_search_gives_the_same_plan_for_the_same_seed_and_steps(document: Document) -> None:
    problem = readable(document)
    if problem is not None:
        assert plan(problem, iterations=300, seed=4) == plan(problem, iterations=300, seed=4)


@given(random_documents(most_topics=4, pins=False))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_search_finds_the_best_plan_of_a_tiny_problem(document: Document) -> None:
    problem = read_problem(document | {"current": None, "now": None})
    for objective in OBJECTIVES:
        best = best_of_all(index(problem), objective) / UNIT
        assert plan(problem, objective=objective, iterations=4_000).value == best


@pytest.mark.parametrize("objective", OBJECTIVES)
def test_who_is_in_the_way_of_a_double_session_goes_elsewhere(objective: Objective) -> None:
    """Alone, neither the host's other session nor the one with the only interpreter would leave its larger room."""
    hours = [{"id": f"s{n}", "start": f"2018-09-04T{10 + n}:00:00+02:00", "minutes": 60,
              "follows": "s2" if n == 3 else None} for n in range(4)]
    tiny = problem(
        slots=hours, resources=[{"id": "interpreter", "per_slot": 1}],
        rooms=[{"id": "nook", "places": 2, "closed": []}, {"id": "hall", "places": 4, "closed": ["s0", "s2"]}],
        hosts=[{"id": "bees"}],
        topics=[{"id": "bees", "hosts": ["bees"]}, {"id": "maps", "resources": ["interpreter"]},
                {"id": "wifi", "hosts": ["bees"], "length": 2, "resources": ["interpreter"]}],
        people=[{"id": f"p{n}", "wishes": {"bees": 2, "maps": 3}} for n in range(3)]
        + [{"id": f"q{n}", "wishes": {"bees": 1, "maps": 2, "wifi": 2}} for n in range(3)],
    )
    best = best_of_all(index(tiny), objective) / UNIT
    assert {plan(tiny, objective=objective, iterations=4_000, seed=seed).value for seed in range(5)} == {best}


@pytest.mark.parametrize("seconds", [1e-9, 0.01, 0.3])
def test_however_short_the_time_a_plan_comes(seconds: float) -> None:
    shares: list[float] = []
    made = plan(problem(), seconds=seconds, on_progress=lambda progress: bool(shares.append(progress.share)))
    assert len(made.placements) == 4
    assert shares[-1] == 1.0


def test_whoever_hears_of_progress_can_stop_the_search() -> None:
    made = plan(problem(), iterations=10_000_000, on_progress=lambda progress: progress.share > 0)
    assert 0 < made.iterations < 5_000_000


@given(st.integers(1, 10**9), st.floats(1, 1000))
def test_heat_falls_from_the_hottest_to_the_coolest(coolest: int, ratio: float) -> None:
    hottest = int(coolest * ratio)
    heats = [heat(hottest, coolest, GRAIN * part // 50) for part in range(50)] + [heat(hottest, coolest, GRAIN - 1)]
    assert heats == sorted(heats, reverse=True)
    assert heats[0] == hottest
    assert coolest - 1 <= heats[-1] <= coolest + hottest // 10_000 + 1
