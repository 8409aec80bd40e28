"""What invented people want: clustered tastes, popular and less popular topics. Pure: no Django, no clock."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

NEVER_VOTES: Final = 0.06
TAPS_TWICE: Final = 0.08
CHANGES_MIND: Final = 0.10
SENDS_AGAIN: Final = 0.06
IN_THEME: Final = 0.085
OFF_THEME: Final = 0.022
STRONG: Final = 0.18


class Habit(StrEnum):
    """How somebody taps."""

    PLAIN = "plain"
    NEVER = "never"
    TWICE = "twice"
    UNDO = "undo"
    AGAIN = "again"


@dataclass(frozen=True, slots=True)
class Subject:
    """What a topic is about, and how popular it is from 1 to 10."""

    theme: str
    popularity: int

    @property
    def draw(self) -> float:
        """Interest falls faster than rank: few topics draw many, many draw few."""
        return float(self.popularity**1.7 / 5)


@dataclass(frozen=True, slots=True)
class Taste:
    """One person's liking: one to three themes, a general curiosity, a way of tapping."""

    seed: int
    themes: frozenset[str]
    curiosity: float
    habit: Habit

    def weight_for(self, number: int, subject: Subject) -> int:
        """0, 1 or 2 for the topic with this number; always the same answer."""
        chance = random.Random(self.seed * 100_003 + number)  # noqa: S311 - play, not secrets
        liking = (IN_THEME if subject.theme in self.themes else OFF_THEME) * subject.draw * self.curiosity
        if chance.random() >= min(0.9, liking):
            return 0
        return 2 if chance.random() < STRONG else 1


def taste_of(seed: int, themes: Sequence[str]) -> Taste:
    """The taste of person number `seed` among these themes."""
    chance = random.Random(seed)  # noqa: S311 - play, not secrets
    count = chance.choices((1, 2, 3), weights=(5, 3, 2))[0]
    chosen = chance.sample(list(themes), min(count, len(themes)))
    return Taste(
        seed=seed, themes=frozenset(chosen), curiosity=chance.gammavariate(2.5, 0.4), habit=habit_of(chance.random())
    )


def habit_of(draw: float) -> Habit:
    """A way of tapping for a number between 0 and 1."""
    shares = (
        (Habit.NEVER, NEVER_VOTES), (Habit.TWICE, TAPS_TWICE), (Habit.UNDO, CHANGES_MIND), (Habit.AGAIN, SENDS_AGAIN),
    )
    for habit, share in shares:
        if draw < share:
            return habit
        draw -= share
    return Habit.PLAIN
