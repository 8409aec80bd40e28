"""The answer of the planner and its JSON form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from offenraum.planner.audience import Audience
from offenraum.planner.canonical import Json
from offenraum.planner.objective import Objective
from offenraum.planner.problem import Cell
from offenraum.planner.proof import Proof
from offenraum.planner.replan import Changes
from offenraum.planner.score import Score


@dataclass(frozen=True, slots=True)
class Unplaced:
    """Why a topic is not in: `reason` is a code of docs/reference/plan.md, `parameters` what it speaks of."""

    reason: str
    parameters: Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: the best value so far, and the share (0 to 1) of its time or iterations that is used.

    `at_least_percent` is the share of the possible that the best plan reaches for certain.
    """

    value: float
    share: float
    engine: str
    iterations: int
    at_least_percent: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Where every topic goes, why the others do not, what it is worth, and what is needed to compute it again."""

    placements: Mapping[str, Cell]
    unplaced: Mapping[str, Unplaced]
    score: Score
    objective: Objective
    value: float
    seed: int
    engine: str
    iterations: int
    input_hash: str
    audiences: Mapping[str, Audience]
    forecast_people: int
    changes: Changes | None = None
    proof: Proof | None = None
    notes: tuple[str, ...] = ()
    explanations: Mapping[str, Json] | None = None

    def document(self) -> dict[str, Json]:
        """The plan as JSON."""
        document: dict[str, Json] = {
            "placements": {topic: cell_document(cell) for topic, cell in self.placements.items()},
            "unplaced": {topic: {"reason": why.reason, **why.parameters} for topic, why in self.unplaced.items()},
            "score": asdict(self.score),
            "audiences": {topic: asdict(audience) for topic, audience in self.audiences.items()},
            "forecast_people": self.forecast_people,
            "objective": self.objective,
            "value": round(self.value, 6),
            "seed": self.seed,
            "engine": self.engine,
            "iterations": self.iterations,
            "input_hash": self.input_hash,
            "notes": list(self.notes),
        }
        if self.changes is not None:
            document["changes"] = changes_document(self.changes)
        if self.proof is not None:
            document["bound"] = bound_document(self.proof)
        if self.explanations is not None:
            document["explanations"] = dict(self.explanations)
        return document


def changes_document(changes: Changes) -> dict[str, Json]:
    """What became different, as JSON."""
    return {
        "moves": [
            {"topic": move.topic, "from": cell_document(move.before), "to": cell_document(move.after)}
            for move in changes.moves
        ],
        "people_who_gain": changes.people_who_gain,
        "people_who_lose": changes.people_who_lose,
        "estimated_who_gain": changes.estimated_who_gain,
        "estimated_who_lose": changes.estimated_who_lose,
        "wishes_gained": changes.wishes_gained,
        "wishes_lost": changes.wishes_lost,
    }


def bound_document(proof: Proof) -> dict[str, Json]:
    """What the plan is measured by, as JSON."""
    return {
        "objective": proof.objective,
        "value": round(proof.bound.value, 6),
        "kind": proof.bound.kind,
        "at_least_percent": proof.at_least_percent,
    }


def cell_document(cell: Cell | None) -> Json:
    """A place as JSON; null is no place."""
    return {"slot": cell.slot, "room": cell.room} if cell else None
