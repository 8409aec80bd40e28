"""What the planner is measured on: generated barcamps, and real wishes where they lie beside the project."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.generate import SIZES, generate
from offenraum.planner.objective import Objective
from offenraum.planner.survey import read_survey

REAL = Path(__file__).resolve().parents[3] / "shared" / "data" / "wishes" / "lambdaconf2015-survey.csv"
GENERATED_BY = 1

Document = dict[str, Any]


@dataclass(frozen=True)
class Case:
    """A problem, its objective, the CPU seconds of a run, and how often it is run."""

    name: str
    document: Document
    objective: Objective
    seconds: tuple[float, ...]
    has_scheduler: bool = False
    seeds: int = 5
    long_factor: int = 6


def cases(names: list[str]) -> list[Case]:
    """The problems asked for; real wishes are left out, and said to be, where they are missing."""
    known = {
        "lambdaconf": lambdaconf,
        "small": lambda: Case("small", generate(SIZES["small"], GENERATED_BY), "sqrt", (1.0, 5.0)),
        "medium": lambda: Case("medium", generate(SIZES["medium"], GENERATED_BY), "sqrt", (2.0, 10.0)),
        "large": lambda: Case(
            "large", generate(SIZES["large"], GENERATED_BY), "sqrt", (40.0, 60.0), seeds=3, long_factor=3
        ),
    }
    if "lambdaconf" in names and not REAL.is_file():
        print(f"bench-planner: {REAL.name} is not there; the real wishes are left out")
        names = [name for name in names if name != "lambdaconf"]
    return [known[name]() for name in names]


def lambdaconf() -> Case:
    """110 people, 60 talks, all to be placed in 12 slots and 5 rooms with places for everybody."""
    survey = read_survey(REAL.read_bytes(), {8: 1, 9: 2, 10: 3})
    document = survey.document(rooms=[(f"r{n}", 110) for n in range(5)], slots=[f"s{n}" for n in range(12)])
    return Case("lambdaconf", document, "sum", (5.0,), has_scheduler=True)
