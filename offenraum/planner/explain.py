"""Every reason for a plan: per topic, per person and for the whole, as docs/reference/plan.md lists them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from offenraum.planner.audience import audiences
from offenraum.planner.board import Board
from offenraum.planner.canonical import Json
from offenraum.planner.explain_out import unplaced_document
from offenraum.planner.explain_pairs import pairs_document
from offenraum.planner.explain_people import people_document
from offenraum.planner.explain_place import place_document
from offenraum.planner.explain_prices import prices_document
from offenraum.planner.explain_quality import quality_document
from offenraum.planner.explain_shares import shares_document
from offenraum.planner.instance import NOWHERE, index
from offenraum.planner.objective import Objective
from offenraum.planner.plan import Plan, bound_document, changes_document
from offenraum.planner.prices import Ledger
from offenraum.planner.problem import Cell, Problem
from offenraum.planner.replan import changes
from offenraum.planner.unplaced import unplaced_topics


def explanations(
    problem: Problem,
    placements: Mapping[str, Cell],
    *,
    objective: Objective = "sqrt",
    bound: Mapping[str, Json] | None = None,
    last: Mapping[str, Cell] | None = None,
) -> dict[str, Json]:
    """The reasons for a plan, whoever made it; `bound` as in plan.json, `last` the plan before (else the running one).

    A person's row under `people` is for that person only; everything else holds no more than totals.
    """
    instance = index(problem)
    ledger = Ledger(instance, placements, objective)
    last = problem.current if last is None else last
    return {
        "topics": topics_document(ledger, objective),
        "people": people_document(ledger),
        "torn_pairs": pairs_document(ledger.board),
        "quality": quality_document(ledger.board, objective, bound=bound, last=last),
        "changes": None if last is None else changes_document(changes(instance, last, placements)),
        "prices": prices_document(ledger),
        "equal_shares": shares_document(ledger),
    }


def explained(problem: Problem, made: Plan) -> Plan:
    """The plan with its reasons."""
    bound = bound_document(made.proof) if made.proof else None
    found = explanations(problem, made.placements, objective=made.objective, bound=bound)
    return replace(made, explanations=found)


def topics_document(ledger: Ledger, objective: Objective) -> dict[str, Json]:
    """Topic to `slots` (why this time), `room` (why this room) when it is in, and `out` (why not) when it is not."""
    board = Board(ledger.instance, ledger.board.placements())
    expected, out = audiences(board), unplaced_topics(board, objective)
    found: dict[str, Json] = {}
    for t, topic in enumerate(ledger.instance.topic_ids):
        document = place_document(ledger, t, expected.get(t))
        if board.where[t] == NOWHERE:
            document["out"] = unplaced_document(ledger, t, out[topic])
        found[topic] = document
    return found

