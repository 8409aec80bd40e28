"""A plan that somebody else has made, measured and explained like an own one."""

from __future__ import annotations

import json
from collections.abc import Mapping

from offenraum.planner.audience import audiences
from offenraum.planner.board import Board
from offenraum.planner.canonical import digest
from offenraum.planner.document import problem_document
from offenraum.planner.fields import Fields, whole
from offenraum.planner.instance import Instance, index
from offenraum.planner.objective import UNIT, Objective
from offenraum.planner.plan import Plan
from offenraum.planner.problem import BrokenInput, Cell, Problem
from offenraum.planner.replan import changes
from offenraum.planner.rules import broken
from offenraum.planner.score import score, value
from offenraum.planner.unplaced import unplaced_topics

ENGINE = "given"
IMPOSSIBLE = {"unknown_topic", "unknown_slot", "unknown_room", "room_taken", "no_following_slot"}


def read_placements(source: str | bytes) -> dict[str, Cell]:
    """The `placements` of a plan file; BrokenInput names field and reason."""
    try:
        document = json.loads(source)
    except (ValueError, RecursionError) as error:
        raise BrokenInput("--explain", "is not a plan in JSON") from error
    if not isinstance(document, dict) or "placements" not in document:
        raise BrokenInput("--explain", "has no placements")
    fields = Fields({"placements": document["placements"]}, "")
    return fields.mapping("placements", lambda value, path: whole(value, path, _cell))


def given_plan(problem: Problem, placements: Mapping[str, Cell], *, objective: Objective = "sqrt") -> Plan:
    """The plan with its figures. It may break rules of people, but not those of space and time (BrokenInput)."""
    instance = index(problem)
    _refuse_impossible(instance, placements)
    board = Board(instance, placements)
    return Plan(
        placements=board.placements(),
        unplaced=unplaced_topics(board, objective),
        score=score(board),
        objective=objective,
        value=value(board, objective) / UNIT,
        seed=0,
        engine=ENGINE,
        iterations=0,
        input_hash=problem.source_hash or digest(problem_document(problem)),
        audiences={instance.topic_ids[t]: audience for t, audience in audiences(board).items()},
        forecast_people=sum(person.is_forecast for person in instance.problem.people),
        changes=None if problem.current is None else changes(instance, problem.current, board.placements()),
    )


def _refuse_impossible(instance: Instance, placements: Mapping[str, Cell]) -> None:
    for rule in broken(instance, placements):
        if rule.code in IMPOSSIBLE:
            raise BrokenInput(f"placements.{rule.topics[0]}", rule.sentence())


def _cell(fields: Fields) -> Cell:
    return Cell(slot=fields.text("slot"), room=fields.text("room"))
