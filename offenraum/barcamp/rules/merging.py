"""Decisions about merging on plain values: who leads a group, which topics are alike."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from typing import Final

SHARED_ENOUGH: Final = 0.5
ALIKE_ENOUGH: Final = 0.34
LEAST_SHARED: Final = 3


def head_of(topic: int, into: Mapping[int, int]) -> int:
    """The topic that stands for this one; `into` leads from each merged topic to the one it was merged into."""
    while topic in into:
        topic = into[topic]
    return topic


def heads(into: Mapping[int, int]) -> dict[int, int]:
    """Merged topic to the topic that stands for it now."""
    return {topic: head_of(topic, into) for topic in into}


@dataclass(frozen=True, slots=True)
class Pair:
    """Two topics that may be one: how alike their texts are (0 to 1), and how many want both, either."""

    one: int
    other: int
    likeness: float
    shared: int
    either: int

    @property
    def overlap(self) -> float:
        return self.shared / self.either if self.either else 0.0

    @property
    def is_alike(self) -> bool:
        return self.likeness >= ALIKE_ENOUGH

    @property
    def is_shared(self) -> bool:
        """At least half of those who want either want both, and not by chance of a few."""
        return self.shared >= LEAST_SHARED and self.overlap >= SHARED_ENOUGH

    @property
    def weight(self) -> float:
        return max(self.likeness, self.overlap if self.is_shared else 0.0)


def pair_of(one: int, other: int, *, likeness: float, voters: Mapping[int, Set[int]]) -> Pair:
    mine, theirs = voters.get(one, frozenset()), voters.get(other, frozenset())
    return Pair(one, other, likeness=likeness, shared=len(mine & theirs), either=len(mine | theirs))


def worth_a_look(pairs: list[Pair], *, most: int) -> list[Pair]:
    """The pairs that are alike or share their voters, the most alike first."""
    found = [pair for pair in pairs if pair.is_alike or pair.is_shared]
    return sorted(found, key=lambda pair: (-pair.weight, pair.one, pair.other))[:most]
