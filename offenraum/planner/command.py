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

from offenraum.planner.asking import asked_problem, parser, read_file
from offenraum.planner.canonical import Json
from offenraum.planner.explain import explained
from offenraum.planner.given import given_plan, read_placements
from offenraum.planner.plan import Plan, Progress
from offenraum.planner.planning import measured, plan
from offenraum.planner.problem import BrokenInput, Problem
from offenraum.planner.recount import differences, states_figures

DIFFERENT = 1
BROKEN_INPUT = 2


def main(argv: Sequence[str]) -> int:
    """Run `offenraum plan` with the arguments behind the subcommand; the exit code is 0, DIFFERENT or BROKEN_INPUT."""
    arguments = parser().parse_args(argv)
    stopped = _stop_on_signals()
    try:
        problem = asked_problem(arguments)
        result = _made(problem, arguments, stopped)
        write_plan(result, arguments.out)
        if arguments.bound:
            result = _measured(problem, result, arguments, stopped)
            write_plan(result, arguments.out)
        if arguments.reasons and not stopped():
            write_plan(explained(problem, result), arguments.out)
        return DIFFERENT if arguments.explain and _differs(read_file(arguments.explain), result) else 0
    except BrokenInput as broken:
        say({"error": broken.reason, "field": broken.field, **conflict_document(broken)})
        return BROKEN_INPUT


def _made(problem: Problem, arguments: argparse.Namespace, stopped: Callable[[], bool]) -> Plan:
    """The plan that is searched for, or the one that was given to be explained."""
    if arguments.explain:
        placements = read_placements(read_file(arguments.explain))
        return given_plan(problem, placements, objective=arguments.objective)
    return plan(
        problem,
        objective=arguments.objective,
        seed=arguments.seed,
        seconds=arguments.seconds if arguments.iterations is None else None,
        iterations=arguments.iterations,
        moves_cost=arguments.moves_cost,
        engine=arguments.engine,
        on_progress=lambda progress: report(progress) or stopped(),
    )


def _differs(source: bytes, again: Plan) -> bool:
    """Whether a plan file states other figures than its recount; says which. One without figures is not recounted."""
    if not states_figures(source):
        return False
    found = differences(source, again)
    say({"recounted": True, "differences": [*found]})
    return bool(found)


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


def conflict_document(broken: BrokenInput) -> dict[str, Json]:
    """The topics and rules of a conflict, for programs."""
    if broken.conflict is None:
        return {}
    rules: list[Json] = [{"code": code, "parameters": dict(parameters)} for code, parameters in broken.conflict.rules]
    return {"conflict": {"topics": [*broken.conflict.topics], "rules": rules}}


def say(line: dict[str, Json]) -> None:
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


def _stop_on_signals() -> Callable[[], bool]:
    """From now on SIGTERM and SIGINT only ask the run to end with the best plan so far."""
    received: list[int] = []

    def remember(number: int, _: FrameType | None) -> None:
        received.append(number)

    signal.signal(signal.SIGTERM, remember)
    signal.signal(signal.SIGINT, remember)
    return lambda: bool(received)
