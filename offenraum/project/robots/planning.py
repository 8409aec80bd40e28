"""Lets the planner make the draft, the way a worker does: in a process of its own, JSON in and out."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from offenraum.conference.models import Conference
from offenraum.programme.actions.draft import take_over_plan
from offenraum.programme.queries.draft import problem_of
from offenraum.programme.rules import Place

PROGRAM = Path(sys.executable).with_name("offenraum")


def plan_draft(*, conference: Conference, seconds: float) -> int:
    """Plan all topics and make the draft equal to the plan; returns how many topics have a place."""
    problem = problem_of(conference, now_slot=None, keep_current=False)
    with tempfile.TemporaryDirectory(prefix="offenraum-plan-") as folder:
        plan = run_planner(problem, folder=Path(folder), seconds=seconds)
    places = {
        int(topic): Place(slot=int(cell["slot"]), room=int(cell["room"])) for topic, cell in plan["placements"].items()
    }
    take_over_plan(conference=conference, places=places)
    return len(places)


def run_planner(problem: dict[str, object], *, folder: Path, seconds: float) -> dict[str, dict[str, dict[str, str]]]:
    asked, answered = folder / "problem.json", folder / "plan.json"
    asked.write_text(json.dumps(problem))
    command = [str(PROGRAM), "plan", str(asked), "--out", str(answered)]
    subprocess.run([*command, "--seconds", str(seconds)], check=True, stderr=subprocess.PIPE)  # noqa: S603 - our own program
    answer: dict[str, dict[str, dict[str, str]]] = json.loads(answered.read_text())
    return answer
