"""Instances of the 2007 timetabling competition: other shapes and sizes than a barcamp's, so good for stress."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from bench.planner.checker import Document, check
from bench.planner.timetabling import files, read_timetabling
from offenraum.planner.plan import Plan
from offenraum.planner.planning import plan
from offenraum.planner.reading import read_problem

TINY = """2 1 1 2  5  1 0  1 1  1  0 1 """ + " ".join(["1"] * 44 + ["0"] + ["0"] * 44 + ["1"]) + " 0 1 -1 0"
STEPS = 3_000


def steps(document: Document) -> Plan:
    return plan(read_problem(document), objective="sum", iterations=STEPS, seed=3)


def is_valid(document: Document, made: Plan) -> bool:
    cells = {topic: (cell.slot, cell.room) for topic, cell in made.placements.items()}
    checked = check(document, cells)
    return not checked.broken and made.score.sum <= checked.most + 1e-6


def instances() -> list[object]:
    """One instance in the short run, all in the long one; visibly skipped where the data is not there."""
    found = files()
    if not found:
        return [pytest.param(None, marks=pytest.mark.skip(reason="../shared/data/itc2007 is not there"))]
    smallest = min(found, key=lambda path: path.stat().st_size)
    return [pytest.param(path, id=path.stem, marks=[] if path == smallest else [pytest.mark.long]) for path in found]


def test_a_file_becomes_a_problem() -> None:
    document = read_timetabling(TINY)
    assert [person["wishes"] for person in document["people"]] == [{"e0": 1}, {"e0": 1, "e1": 1}]
    assert [topic["features"] for topic in document["topics"]] == [[], ["f0"]]
    assert [host["away"] for host in document["hosts"]] == [["s44"], [f"s{number}" for number in range(44)]]
    assert document["rooms"] == [{"id": "r0", "places": 5, "features": ["f0"]}]
    assert steps(document).score.sum == 3


@pytest.mark.parametrize("path", instances())
def test_the_engine_keeps_every_rule_and_is_the_same_twice(path: Path) -> None:
    document = read_timetabling(path.read_text())
    made = steps(document)
    assert is_valid(document, made)
    assert made.placements == steps(document).placements
    assert made.score.people_with_nothing == 0


@pytest.mark.long
@pytest.mark.parametrize("path", instances())
def test_the_engine_ends_in_its_budget(path: Path) -> None:
    problem = read_problem(read_timetabling(path.read_text()))
    begin = time.process_time()
    plan(problem, objective="sum", seconds=1.0)
    assert time.process_time() - begin < 6
