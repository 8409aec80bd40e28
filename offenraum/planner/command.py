"""`offenraum plan`: a problem file in, a plan file out; progress as JSON lines on standard error."""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from types import FrameType

from offenraum.planner.ceiling import ASKED
from offenraum.planner.objective import OBJECTIVES
from offenraum.planner.plan import Plan, Progress
from offenraum.planner.planning import DEFAULT_BOUND_SECONDS, DEFAULT_SECONDS, measured, plan
from offenraum.planner.problem import BrokenInput, Problem
from offenraum.planner.reading import read_json

BROKEN_INPUT = 2
MOST_MOVES_COST = 1_000_000


def main(argv: Sequence[str]) -> int:
    """Run `offenraum plan` with the arguments behind the subcommand; returns the exit code (2: broken input)."""
    arguments = parser().parse_args(argv)
    stopped = _stop_on_signals()
    try:
        problem = read_json(_read(arguments.problem))
        result = plan(
            problem,
            objective=arguments.objective,
            seed=arguments.seed,
            seconds=arguments.seconds if arguments.iterations is None else None,
            iterations=arguments.iterations,
            moves_cost=arguments.moves_cost,
            engine=arguments.engine,
            on_progress=lambda progress: report(progress) or stopped(),
        )
        write_plan(result, arguments.out)
        if arguments.bound:
            write_plan(_measured(problem, result, arguments, stopped), arguments.out)
    except BrokenInput as broken:
        say({"error": broken.reason, "field": broken.field})
        return BROKEN_INPUT
    return 0


def parser() -> argparse.ArgumentParser:
    """The arguments of `offenraum plan`."""
    arguments = argparse.ArgumentParser(prog="offenraum plan", description="Make a programme from topics and wishes.")
    arguments.add_argument(
        "problem", type=Path, metavar="PROBLEM.json", help="the problem, as docs/reference/plan.md says"
    )
    arguments.add_argument("--out", type=Path, required=True, metavar="PLAN.json", help="where the plan is written")
    budget = arguments.add_mutually_exclusive_group()
    budget.add_argument("--seconds", type=_positive, default=DEFAULT_SECONDS, help="time to search (default: 5)")
    budget.add_argument("--iterations", type=_count, help="steps to search; the same steps give the same plan")
    arguments.add_argument("--seed", type=_count, default=1, help="start of the random numbers (default: 1)")
    arguments.add_argument("--objective", choices=OBJECTIVES, default="sqrt", help="what is raised (default: sqrt)")
    arguments.add_argument(
        "--moves-cost", type=_amount, help="price of moving a session of the running plan (default: 1)"
    )
    arguments.add_argument(
        "--engine", choices=("full", "greedy"), default="full", help="greedy: pure Python, no search"
    )
    arguments.add_argument("--bound", choices=ASKED, help="prove how much of the possible the plan reaches at least")
    arguments.add_argument(
        "--bound-seconds", type=_positive, default=DEFAULT_BOUND_SECONDS, help="time for the proof (default: 60)"
    )
    return arguments


def _measured(problem: Problem, made: Plan, arguments: argparse.Namespace, stopped: Callable[[], bool]) -> Plan:
    """The plan with its bound; each better one is written at once, so that the search for it may be ended any time."""

    def tell(better: Plan) -> bool:
        write_plan(better, arguments.out)
        percent = better.proof.at_least_percent if better.proof else 0.0
        return report(Progress(made.value, 1.0, made.engine, made.iterations, percent)) or stopped()

    return measured(problem, made, bound=arguments.bound, seconds=arguments.bound_seconds, on_better=tell)


def report(progress: Progress) -> bool:
    """Tell whoever waits how far the run is; never a reason to stop."""
    say(
        {
            "value": round(progress.value, 6),
            "share": round(progress.share, 4),
            "engine": progress.engine,
            "iterations": progress.iterations,
            "at_least_percent": progress.at_least_percent,
        }
    )
    return False


def say(line: dict[str, str | int | float]) -> None:
    """One JSON line on standard error; a reader that has gone away is no reason to fail."""
    try:
        sys.stderr.write(json.dumps(line, ensure_ascii=False) + "\n")
        sys.stderr.flush()
    except BrokenPipeError:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115


def write_plan(result: Plan, path: Path) -> None:
    """Write the plan in one piece: a reader sees the old file or the new one."""
    text = json.dumps(result.document(), ensure_ascii=False, indent=1) + "\n"
    draft = path if path.exists() and not path.is_file() else path.with_name(f".{path.name}.{os.getpid()}")
    try:
        draft.write_text(text, encoding="utf-8")
        draft.replace(path) if draft != path else None
    except OSError as error:
        raise BrokenInput("--out", f"cannot be written: {error.strerror}") from error


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise BrokenInput("problem", f"{path} cannot be read: {error.strerror}") from error


def _stop_on_signals() -> Callable[[], bool]:
    """From now on SIGTERM and SIGINT only ask the run to end with the best plan so far."""
    received: list[int] = []

    def remember(number: int, _: FrameType | None) -> None:
        received.append(number)

    signal.signal(signal.SIGTERM, remember)
    signal.signal(signal.SIGINT, remember)
    return lambda: bool(received)


def _amount(text: str) -> float:
    value = float(text)
    if not 0 <= value <= MOST_MOVES_COST:
        raise argparse.ArgumentTypeError(f"must be from 0 to {MOST_MOVES_COST}")
    return value


def _positive(text: str) -> float:
    value = float(text)
    if not 0 < value < float("inf"):
        raise argparse.ArgumentTypeError("must be more than 0")
    return value


def _count(text: str) -> int:
    value = int(text)
    if not 0 <= value < 2**63:
        raise argparse.ArgumentTypeError("must be a whole number from 0")
    return value
