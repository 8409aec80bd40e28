"""Draws how plans get better over time: `python -m bench.planner.curves` writes docs/pictures/planner-*.svg.

Ours at every improvement (median, worst and best of the seeds), rivals as they are after their time.
"""

from __future__ import annotations

import argparse
import statistics
import time
from pathlib import Path

from bench.planner.annealers import pairwise, sessionizer
from bench.planner.picture import Picture, Points, svg
from bench.planner.problems import Case, cases
from bench.planner.rivals import at_random, by_votes
from offenraum.planner.board import Board
from offenraum.planner.instance import index
from offenraum.planner.objective import UNIT
from offenraum.planner.reading import read_problem
from offenraum.planner.score import value
from offenraum.planner.search import Search
from offenraum.planner.start import resume

PICTURES = Path(__file__).resolve().parents[2] / "docs" / "pictures"
SEEDS = range(1, 6)
POINTS = 60
def main() -> None:
    arguments = argparse.ArgumentParser(prog="bench.planner.curves", description=__doc__)
    arguments.add_argument("names", nargs="*", default=["lambdaconf", "small", "medium"])
    for case in cases(arguments.parse_args().names):
        path = PICTURES / f"planner-{case.name}.svg"
        path.write_text(svg(measure(case)), encoding="utf-8")
        print(path.name)


def measure(case: Case) -> Picture:
    """Run ours with every seed and each rival once."""
    seconds = case.seconds[-1]
    runs = [ours(case, seed, seconds) for seed in SEEDS]
    top = max(run[-1][1] for run in runs)
    times = [seconds * (n + 1) / POINTS for n in range(POINTS)]
    columns = [[at(run, t) / top for run in runs] for t in times]
    return Picture(
        title=f"{case.name}: objective {case.objective}, share of the best plan seen",
        seconds=seconds,
        median=list(zip(times, map(statistics.median, columns), strict=True)),
        worst=list(zip(times, map(min, columns), strict=True)),
        best=list(zip(times, map(max, columns), strict=True)),
        rivals={name: worth / top for name, worth in rivals(case, seconds).items()},
    )


def ours(case: Case, seed: int, seconds: float) -> Points:
    """(CPU seconds, value) at each improvement."""
    instance = index(read_problem(case.document))
    begin = time.process_time()
    search = Search(instance, resume(instance), case.objective, seed=seed)
    search.fill()
    points = [(time.process_time() - begin, search.value)]

    def note(_: float) -> bool:
        if search.value > points[-1][1]:
            points.append((time.process_time() - begin, search.value))
        return False

    search.run_until(begin + seconds, note, clock=time.process_time)
    return points


def at(run: Points, seconds: float) -> float:
    """The value that a run has reached by then; at the very start its first."""
    return max((worth for when, worth in run if when <= seconds), default=run[0][1])


def rivals(case: Case, seconds: float) -> dict[str, float]:
    instance = index(read_problem(case.document))
    boards: dict[str, Board] = {
        "pairwise conflicts": pairwise(instance, 1, seconds),
        "sessionizer's sum": sessionizer(instance, 1, seconds),
        "greedy by votes": by_votes(instance),
        "random": at_random(instance, 1),
    }
    return {name: value(board, case.objective) / UNIT for name, board in boards.items()}


if __name__ == "__main__":
    main()
