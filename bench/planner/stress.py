"""The planner on what it was not made for, and what a process of it needs: time from a cold start, memory."""

from __future__ import annotations

import gc
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.planner.checker import check
from bench.planner.problems import cases
from bench.planner.timetabling import files, read_timetabling
from offenraum.planner.planning import plan
from offenraum.planner.reading import read_problem

MEGABYTE = 1024
STRESS_STEPS = 100_000
PLAN = Path(sys.executable).with_name("offenraum")


def measure_timetabling() -> None:
    """Instances of the 2007 timetabling competition: every rule kept, the same plan twice, how many wishes held."""
    if not files():
        print("bench-planner: the timetabling instances are not there; they are left out")
    for path in files():
        document, begin = read_timetabling(path.read_text()), time.process_time()
        one, other = (plan(read_problem(document), objective="sum", iterations=STRESS_STEPS) for _ in range(2))
        checked = check(document, {topic: (cell.slot, cell.room) for topic, cell in one.placements.items()})
        wishes = sum(len(person["wishes"]) for person in document["people"])
        print(
            f"{path.stem}: {len(one.placements)} of {len(document['topics'])} events placed,"
            f" {one.score.sum / wishes:.1%} of the wishes; {len(checked.broken)} rules broken,"
            f" {'the same plan' if one.placements == other.placements else 'ANOTHER PLAN'} twice,"
            f" {time.process_time() - begin:.1f} CPU s"
        )


def measure_processes() -> None:
    """A fresh process on the small problem, and the peak memory of a run on the medium one."""
    gc.collect()
    with tempfile.TemporaryDirectory() as folder:
        for case, seconds in zip(cases(["small", "medium"]), ("0.1", "3"), strict=True):
            asked = Path(folder, "problem.json")
            asked.write_text(json.dumps(case.document))
            begin = time.monotonic()
            command = [str(PLAN), "plan", str(asked), "--out", str(asked.with_name("plan.json")), "--seconds", seconds]
            subprocess.run(command, check=True, capture_output=True)
            wall, peak = time.monotonic() - begin, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / MEGABYTE
            engine = json.loads(asked.with_name("plan.json").read_text())["engine"]
            print(f"fresh process, {case.name}, {seconds} s of search: {wall:.1f} s in all by {engine}, {peak:.0f} MB")
