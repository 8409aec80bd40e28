"""Whether a plan file tells the truth about its plan: what it states beside what was calculated again."""

from __future__ import annotations

import json
from typing import Any

from offenraum.planner.plan import Plan

STATED = ("input_hash", "score", "value", "forecast_people", "audiences", "unplaced")


def states_figures(source: bytes) -> bool:
    """Whether a file that was read as a plan also says what the plan is worth."""
    return "input_hash" in json.loads(source)


def differences(source: bytes, again: Plan) -> list[str]:
    """The figures in which a plan file differs from its recount; one that it does not state cannot differ."""
    stated: dict[str, Any] = json.loads(source)
    counted = json.loads(json.dumps(again.document()))
    if stated.get("objective", again.objective) != again.objective:
        return ["objective"]
    return [name for name in STATED if name in stated and stated[name] != counted[name]]
