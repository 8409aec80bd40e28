"""The services that the questions are put to, and the questions."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import nh3

from offenraum.answers.index import Passage

HERE: Final = Path(__file__).parent
SERVICES: Final = HERE.parents[2] / "shared/data/services/munich-services-de.json"


@dataclass(frozen=True, slots=True)
class Question:
    """A question with the services that answer it; none where it is foreign."""

    text: str
    gold: frozenset[str]


def questions(name: str) -> list[Question]:
    """The questions of a file."""
    told = [line.split("\t") for line in (HERE / f"{name}.txt").read_text().splitlines()]
    return [Question(text, frozenset(filter(None, gold.split(",")))) for gold, text in told]


def passages() -> list[Passage]:
    read = json.loads(SERVICES.read_text())["data"]
    return [
        Passage(
            key=one["id"], kind="service", language="de", title=one["name"],
            text=nh3.clean((one["description"] or "").replace("<", " <"), tags=set()),
            keywords=one["meta"].get("keywords") or "",
        )
        for one in read
    ]
