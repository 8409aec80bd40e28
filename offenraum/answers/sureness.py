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
    """Its points with those of its title, in those of a word that only one title has."""

    reached: float
    """Its points, in those that the words which are known could give."""

    named: float
    """How much of its title the question names, from 0 to 1."""

    words: float
    """The root of how many telling words the question has: a long story is no surer than it is true."""

    unknown: float
    """How many of them nobody knows whole, verbs and adjectives by half."""

    tone: float
    """How much its words sound like those of questions to a town hall; below 0 where something else is meant."""

    general: float
    """1 where it is put as one about the world (“Wie hoch ist …?”), else 0."""

    elsewhere: float
    """How many of its words are for what is had elsewhere, at most two."""


NAMES: Final = tuple(one.name for one in fields(Evidence))
LEVEL: Final = -12.209
WEIGHTS: Final[Mapping[str, float]] = {
    "covered": 5.308, "points": 4.33, "reached": 0.855, "named": 0.379, "words": 2.427,
    "unknown": -0.187, "tone": 0.58, "general": -1.529, "elsewhere": -3.243,
}
LEAST_SURE: Final = 0.8


def sureness(evidence: Evidence) -> float:
    """How probable it is that the passage answers, from 0 to 1."""
    drawn = sum(WEIGHTS[name] * value for name, value in zip(NAMES, astuple(evidence), strict=True))
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, LEVEL + drawn))))
