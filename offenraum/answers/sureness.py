"""Whether the best passage answers a question at all: a logistic regression over what speaks for it. Knows no Django.

The weights are learned from questions to the services of a city (`python -m bench.answers.learn`).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import astuple, dataclass, fields
from typing import Final


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for a passage, and how much is asked."""

    covered: float
    """How much of the question it covers, from 0 to 1."""

    points: float
    """Its points, in those of a word that only one title has."""

    reached: float
    """Its points, in those that the words which are known could give."""

    named: float
    """How much of its title the question names, from 0 to 1."""

    near: float
    """Which share of the pieces of the question's words stands in its title or keywords."""

    words: float
    """How many telling words the question has."""

    unknown: float
    """How many of them nobody knows whole."""


NAMES: Final = tuple(one.name for one in fields(Evidence))
LEVEL: Final = -7.965
WEIGHTS: Final[Mapping[str, float]] = {
    "covered": 3.399, "points": 2.578, "reached": 1.128, "named": 1.748, "near": 2.336, "words": 0.937,
    "unknown": -1.43,
}
LEAST_SURE: Final = 0.61


def sureness(evidence: Evidence) -> float:
    """How probable it is that the passage answers, from 0 to 1."""
    drawn = sum(WEIGHTS[name] * value for name, value in zip(NAMES, astuple(evidence), strict=True))
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, LEVEL + drawn))))
