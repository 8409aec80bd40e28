"""The package conference-scheduler in a virtual environment of its own, built when it is first asked for.

It knows rooms, demands and what must not be at the same time, but no people. To help it, the pairs of topics that most
people want both of are forbidden to be at the same time, as many as it still finds a plan for.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np

from bench.planner.annealers import _wants
from bench.planner.rivals import votes
from offenraum.planner.board import Board
from offenraum.planner.instance import Instance

VENV = Path(__file__).resolve().parents[2] / ".venv" / "conference-scheduler"
PACKAGE = "conference-scheduler==3.0.1"
JOB = Path(__file__).with_name("scheduler_job.py")
PAIRS_TRIED = (120, 60, 0)
LIMIT_SECONDS = 120


def conference_scheduler(instance: Instance) -> tuple[Board, float]:
    """Its plan and the CPU seconds it took; only for single sessions without absences."""
    if not (VENV / "bin" / "python").is_file():
        subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=True)
        pip = [str(VENV / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, PACKAGE], check=True)
    for pairs in PAIRS_TRIED:
        found = _run(instance, pairs)
        if found["cells"]:
            return _board(instance, found["cells"]), found["seconds"]
    raise RuntimeError("conference-scheduler finds no plan")


def _run(instance: Instance, pairs: int) -> dict:
    wants = _wants(instance)
    both = np.triu((wants > 0).T.astype(int) @ (wants > 0).astype(int), 1)
    order = np.argsort(-both, axis=None)[:pairs]
    asked = {
        "slots": len(instance.slot_ids),
        "places": instance.places,
        "demands": [votes(instance, t) for t in range(len(instance.topic_ids))],
        "apart": [[int(n) // both.shape[1], int(n) % both.shape[1]] for n in order],
        "seconds": LIMIT_SECONDS,
    }
    command = [str(VENV / "bin" / "python"), str(JOB)]
    done = subprocess.run(command, input=json.dumps(asked), capture_output=True, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def _board(instance: Instance, cells: list[list[int]]) -> Board:
    board = Board(instance)
    for t, s, r in cells:
        board.put(t, (s, r))
    return board
