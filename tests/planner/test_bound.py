from __future__ import annotations

from random import Random

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bench.generate import SIZES, generate
from offenraum.planner.bound import lp_bound, whole_day
from offenraum.planner.ceiling import Bound, ideal_bound
from offenraum.planner.instance import index
from offenraum.planner.lagrange import lagrange_bound
from offenraum.planner.objective import OBJECTIVES, UNIT, Objective
from offenraum.planner.planning import measured, plan
from offenraum.planner.problem import BrokenInput
from offenraum.planner.program import limit_at
from offenraum.planner.reading import read_problem
from offenraum.planner.start import resume
from tests.planner.brute_force import best_of_all
from tests.planner.problems import Document, problem, random_documents

ROUNDED = 1e-5


@given(random_documents(most_topics=4))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_bound_is_below_the_best_plan_of_all(document: Document) -> None:
    instance = index(read_problem(document))
    try:
        start = resume(instance)
    except BrokenInput:
        return
    for objective in OBJECTIVES:
        best = best_of_all(instance, objective) / UNIT
        assert lp_bound(instance, objective).value >= best - ROUNDED
        assert ideal_bound(instance, objective).value >= best - ROUNDED
    best = best_of_all(instance, "sum") / UNIT
    start_bound = lp_bound(instance, "sum")
    assert start_bound.value >= lagrange_bound(start, start_bound, seconds=0.3).value >= best - ROUNDED


@given(random_documents(most_topics=4), st.randoms())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_prices_prove_a_bound(document: Document, chance: Random) -> None:
    instance = index(read_problem(document))
    try:
        resume(instance)
    except BrokenInput:
        return
    program = whole_day(instance, "sqrt")
    prices = np.array([chance.choice([-1.0, 0.0, chance.random()]) for _ in program.limits])
    assert limit_at(program, prices) >= best_of_all(instance, "sqrt") / UNIT - ROUNDED


def test_a_thousand_people_are_bounded_almost_as_well_as_they_can_be() -> None:
    """More than MANY factors: 892.066 is what the simplex method finds after some seconds."""
    instance = index(read_problem(generate(SIZES["medium"], 1)))
    assert 892.066 <= lp_bound(instance, "sqrt").value <= 892.066 * 1.001


@pytest.mark.parametrize("objective", OBJECTIVES)
def test_the_linear_bound_is_sharper_than_the_ideal(objective: Objective) -> None:
    instance = index(read_problem(generate(SIZES["small"], 1)))
    assert lp_bound(instance, objective).value < 0.99 * ideal_bound(instance, objective).value


def test_prices_of_single_slots_are_sharper_than_the_linear_bound() -> None:
    instance = index(read_problem(generate(SIZES["small"], 1)))
    linear = lp_bound(instance, "sum")
    told: list[Bound] = []
    bound = lagrange_bound(resume(instance), linear, seconds=20, on_better=lambda better: bool(told.append(better)))
    assert bound.kind == "lagrange"
    assert bound.value < 0.93 * linear.value
    assert [better.value for better in told] == sorted((better.value for better in told), reverse=True)


def test_a_percentage_is_cut_and_never_rounded_up() -> None:
    assert Bound(1000.0, "lp").at_least_percent(999.9) == 99.9
    assert Bound(1000.0, "lp").at_least_percent(999.99) == 99.9
    assert Bound(0.0, "ideal").at_least_percent(0.0) == 100.0


def test_a_measured_plan_says_what_it_reaches_at_least() -> None:
    barcamp = read_problem(generate(SIZES["small"], 1))
    made = plan(barcamp, objective="sum", iterations=30_000)
    document = measured(barcamp, made).document()["bound"]
    assert isinstance(document, dict)
    assert (document["kind"], document["objective"]) == ("lp", "sum")
    assert document["at_least_percent"] == Bound(float(str(document["value"])), "lp").at_least_percent(made.score.sum)
    assert 85 < float(str(document["at_least_percent"])) < 100


def test_each_better_bound_is_handed_on_and_may_be_the_last() -> None:
    barcamp = problem()
    made = plan(barcamp, objective="sum", iterations=500)
    seen = []
    measured(barcamp, made, bound="lagrange", seconds=5, on_better=lambda better: bool(seen.append(better)) or True)
    assert [better.proof.bound.kind for better in seen] == ["lp"]


def test_nash_is_measured_by_the_plain_sum() -> None:
    made = plan(problem(), objective="nash", iterations=500)
    proof = measured(problem(), made).proof
    assert proof is not None
    assert proof.objective == "sum"
    assert proof.at_least_percent == proof.bound.at_least_percent(made.score.sum)
