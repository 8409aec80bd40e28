"""What `offenraum plan` is asked: its arguments, and the problem that they name."""

from __future__ import annotations

import argparse
from pathlib import Path

from offenraum.planner.ceiling import ASKED
from offenraum.planner.objective import OBJECTIVES
from offenraum.planner.planning import DEFAULT_BOUND_SECONDS, DEFAULT_SECONDS
from offenraum.planner.problem import BrokenInput, Problem
from offenraum.planner.reading import read_json, read_problem
from offenraum.planner.survey import read_survey
from offenraum.planner.venue import read_rooms, read_slots, read_weights

MOST_MOVES_COST = 1_000_000
SURVEYS = {".csv", ".tsv"}


def parser() -> argparse.ArgumentParser:
    """The arguments of `offenraum plan`."""
    arguments = argparse.ArgumentParser(prog="offenraum plan", description="Make a programme from topics and wishes.")
    arguments.add_argument(
        "problem", type=Path, metavar="PROBLEM", help="a .json problem or a .csv of wishes: docs/reference/plan.md"
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
    arguments.add_argument(
        "--explain", type=Path, metavar="GIVEN.json", help="do not search: measure and explain this plan"
    )
    arguments.add_argument("--no-reasons", dest="reasons", action="store_false", help="leave the explanations out")
    _add_survey(arguments)
    return arguments


def _add_survey(arguments: argparse.ArgumentParser) -> None:
    survey = arguments.add_argument_group("with a .csv of wishes")
    survey.add_argument("--rooms", help="places of the rooms: Saal=110,Nische=20 or 110,20 or 5x110")
    survey.add_argument("--slots", help="how many slots, or their names: 12 or 10:00,10:45")
    survey.add_argument("--weights", help="which score or choice weighs what: 8=1,9=2,10=3")


def asked_problem(arguments: argparse.Namespace) -> Problem:
    """The problem that the arguments name; BrokenInput says what is wrong with it."""
    source = read_file(arguments.problem)
    given = {name: value for name in ("rooms", "slots", "weights") if (value := getattr(arguments, name)) is not None}
    if arguments.problem.suffix.lower() in SURVEYS:
        return _survey_problem(source, given)
    if given:
        raise BrokenInput(f"--{next(iter(given))}", "only goes with a .csv of wishes; a .json problem has its own")
    return read_json(source)


def _survey_problem(source: bytes, given: dict[str, str]) -> Problem:
    for name in ("rooms", "slots"):
        if name not in given:
            raise BrokenInput(f"--{name}", "is needed: a .csv of wishes has none")
    survey = read_survey(source, read_weights(given["weights"]) if "weights" in given else None)
    return read_problem(survey.document(rooms=read_rooms(given["rooms"]), slots=read_slots(given["slots"])))


def read_file(path: Path) -> bytes:
    """The bytes of a file that was named; BrokenInput when it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise BrokenInput("problem", f"{path} cannot be read: {error.strerror}") from error


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
