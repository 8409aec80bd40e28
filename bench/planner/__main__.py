"""`make bench-planner`: the planner beside what others do, on the same problems in the same run, losses too.

Ours and the annealing rivals get CPU seconds, five seeds each; every plan goes through the independent checker.
All of it takes half an hour on an idle machine; `python -m bench.planner small` is one part of it.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

from bench.planner.annealers import pairwise, sessionizer
from bench.planner.checker import check
from bench.planner.problems import Case, Document, cases
from bench.planner.rivals import at_random, by_votes, one_by_one, slot_by_slot
from bench.planner.scheduler import conference_scheduler
from bench.planner.stress import measure_processes, measure_timetabling
from offenraum.planner.board import Board
from offenraum.planner.bound import lp_bound
from offenraum.planner.ceiling import Bound
from offenraum.planner.instance import Instance, index
from offenraum.planner.lagrange import lagrange_bound
from offenraum.planner.objective import UNIT, Objective
from offenraum.planner.problem import Cell
from offenraum.planner.reading import read_problem
from offenraum.planner.score import score, value
from offenraum.planner.search import Search
from offenraum.planner.start import resume

PARTS = ["lambdaconf", "small", "medium", "large", "timetabling", "processes"]
REPLAN_SECONDS = {"small": 0.5, "medium": 1.0, "large": 3.0}
BOUND_SECONDS = {"lambdaconf": 60.0, "small": 120.0, "medium": 120.0}


@dataclass(frozen=True)
class Result:
    """Values of the objective over the seeds, by the planner's own score, and how many plans broke a rule."""

    name: str
    values: list[float]
    seconds: float
    most_wishes: float
    with_nothing: int
    broken: list[str]

    @property
    def median(self) -> float:
        return statistics.median(self.values)


def main() -> None:
    arguments = argparse.ArgumentParser(prog="bench.planner", description=__doc__)
    arguments.add_argument("names", nargs="*", default=PARTS)
    names = arguments.parse_args().names
    for case in cases([name for name in names if name in PARTS[:4]]):
        measure(case)
        if case.name != "lambdaconf":
            measure_replan(case)
    if "timetabling" in names:
        measure_timetabling()
    if "processes" in names:
        measure_processes()


def measure(case: Case) -> None:
    """One table: ours, then the rivals as a share of ours."""
    instance = index(read_problem(case.document))
    print(f"\n{case.name}: {len(instance.ideals)} people, {len(instance.topic_ids)} topics, "
          f"{len(instance.slot_ids)} slots, {len(instance.room_ids)} rooms; objective {case.objective}")  # fmt: skip
    longest = case.seconds[-1]
    begun = run(case, "our start", lambda seed: search(case, seed, 0.0), 1)
    ours = [run(case, f"ours, {t:g} s", lambda seed, t=t: search(case, seed, t)) for t in case.seconds]
    more = case.long_factor * longest
    best = run(case, f"ours, {more:g} s, one seed", lambda seed: search(case, seed, more), 1)
    reference = max(max(result.values) for result in (*ours, best))
    plain = run(case, "plain start, one by one", lambda _: one_by_one(instance, case.objective), 1)
    rivals = [
        plain,
        run(case, f"pairwise conflicts, {longest:g} s", lambda seed: pairwise(instance, seed, longest)),
        run(case, f"sessionizer's sum, {longest:g} s", lambda seed: sessionizer(instance, seed, longest)),
        run(case, "random", lambda seed: at_random(instance, seed)),
        run(case, "greedy by votes", lambda _: by_votes(instance), 1),
        run(case, "slot by slot from the most wanted", lambda _: slot_by_slot(instance), 1),
    ]
    if case.has_scheduler:
        rivals.append(run(case, "conference-scheduler", lambda _: conference_scheduler(instance)[0], 1))
    show([begun, *ours, best, *rivals], ours[-1].median, reference)
    for result in (*ours, best):
        print(f"{result.name}: {result.median / begun.median - 1:+.2%} over our start,"
              f" {result.median / plain.median - 1:+.2%} over the plain start")  # fmt: skip
    measure_bounds(instance, case, ours[-1].median)


def search(case: Case, seed: int, seconds: float) -> Board:
    """Our plan after so many CPU seconds, reading the problem and the greedy start included; with none, the start."""
    begin = time.process_time()
    instance = index(read_problem(case.document))
    found = Search(instance, resume(instance), case.objective, seed=seed)
    found.fill()
    if seconds:
        found.run_until(begin + seconds, lambda _: False, clock=time.process_time)
    return found.best()


def run(case: Case, name: str, make: Callable[[int], Board], seeds: int | None = None) -> Result:
    """Make a plan for every seed and check it."""
    values, most, nothing, broken, begin = [], [], [], [], time.process_time()
    boards = [make(seed) for seed in range(1, (seeds or case.seeds) + 1)]
    seconds = (time.process_time() - begin) / len(boards)
    for board in boards:
        values.append(value(board, case.objective) / UNIT)
        nothing.append(score(board).people_with_nothing)
        cells = {topic: (cell.slot, cell.room) for topic, cell in board.placements().items()}
        checked = check(case.document, cells)
        broken += checked.broken
        most.append(score(board).sum / checked.most if checked.most else 1.0)
    return Result(name, values, seconds, min(most), max(nothing), broken)


def show(results: list[Result], ours: float, reference: float) -> None:
    """`seats`: the wishes that the planner's seating gives, as a share of what an exact assignment gives."""
    print(f"{'':38}    median     worst      best  of best  to ours   seats nothing  CPU s")
    for result in results:
        print(
            f"{result.name:38} {result.median:9.2f} {min(result.values):9.2f} {max(result.values):9.2f}"
            f" {result.median / reference:8.2%} {result.median / ours - 1:+8.2%} {result.most_wishes:7.2%}"
            f" {result.with_nothing:7d} {result.seconds:6.1f}"
        )
        for rule in result.broken[:3]:
            print(f"    BROKEN: {rule}")


def measure_bounds(instance: Instance, case: Case, reached: float) -> None:
    """The linear program for the objective of the case, then both bounds for the plain sum."""
    begin = time.process_time()
    tell_bound(lp_bound(instance, case.objective, seconds=600), case.objective, reached, begin)
    if case.name == "large":
        return
    begin, most = time.process_time(), BOUND_SECONDS[case.name]
    made = Search(instance, resume(instance), "sum", seed=1)
    made.fill()
    made.run_until(begin + case.seconds[-1], lambda _: False, clock=time.process_time)
    begin = time.process_time()
    bound = lp_bound(instance, "sum", seconds=600)
    tell_bound(bound, "sum", made.value, begin)
    tell_bound(lagrange_bound(made.best(), bound, seconds=most), "sum", made.value, begin)


def tell_bound(bound: Bound, objective: Objective, reached: float, begin: float) -> None:
    print(f"bound of the {objective} ({bound.kind}): {bound.value:.2f} in {time.process_time() - begin:.2f} CPU s;"
          f" ours is at least {bound.at_least_percent(reached)} % of the possible")  # fmt: skip


def measure_replan(case: Case) -> None:
    """Three hosts have to leave: a free new plan, and one near to the running plan in the time that a hall waits."""
    document = dict(case.document)
    old = Search(index(read_problem(document)), resume(index(read_problem(document))), case.objective, seed=1)
    old.fill()
    old.run_until(time.process_time() + case.seconds[0], lambda _: False, clock=time.process_time)
    placed = old.best().placements()
    document["current"] = {topic: {"slot": cell.slot, "room": cell.room} for topic, cell in placed.items()}
    document["now"] = document["slots"][1]["id"]
    leaving = {f"h{topic[1:]}" for topic in list(placed)[-3:]}
    document["hosts"] = [
        host | {"away": [slot["id"] for slot in document["slots"][1:]]} if host["id"] in leaving else host
        for host in document["hosts"]
    ]
    print("re-plan after three hosts leave in the second slot, from the problem file to the plan:")
    free = again(document, case, case.seconds[-1], 0.0, placed, leaving)
    near = again(document, case, REPLAN_SECONDS[case.name], 1.0, placed, leaving)
    for told in (free, near):
        print(f"  price of a move {told.cost:g}: value {told.value:.2f}, {told.moves} moves, {told.seconds:.2f} CPU s")
    print(f"  near to the running plan: {near.value / free.value:.2%} of the free value (98.6 % or more),"
          f" {near.moves} instead of {free.moves} moves,"
          f" {near.seconds:.2f} CPU s of {REPLAN_SECONDS[case.name]:g}")  # fmt: skip


@dataclass(frozen=True)
class Again:
    """A new plan for the rest of the day."""

    cost: float
    value: float
    moves: int
    seconds: float


def again(
    document: Document, case: Case, seconds: float, cost: float, placed: dict[str, Cell], leaving: set[str]
) -> Again:
    """Plan again within so many CPU seconds, reading the problem included."""
    begin = time.process_time()
    instance = index(read_problem(document))
    found = Search(instance, resume(instance), case.objective, seed=2, moves_cost=cost)
    found.fill()
    found.run_until(begin + seconds, lambda _: False, clock=time.process_time)
    board = found.best()
    seconds = time.process_time() - begin
    moved = moves(placed, board.placements(), leaving)
    return Again(cost, value(board, case.objective) / UNIT, moved, seconds)


def moves(before: dict[str, Cell], after: dict[str, Cell], leaving: set[str]) -> int:
    """How many sessions are elsewhere or out, those of the hosts who left aside."""
    return sum(cell != after.get(topic) for topic, cell in before.items() if f"h{topic[1:]}" not in leaving)


if __name__ == "__main__":
    main()
