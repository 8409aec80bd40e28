"""How alike two short texts are: German stems and groups of letters, so that typos and word forms do not matter."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer

GERMAN = (
    "als am an auf aus bei das dem den der des die ein eine einen einer für im in ist mit oder ohne sich sind um und "
    "unser unsere von vor was wer wie wir zu zum zur"
)
ENGLISH = "a and for from how is of on or the to with"
STOP = frozenset((GERMAN + " " + ENGLISH).split())
STEMMER = snowballstemmer.stemmer("german")
ENOUGH = 0.34


@dataclass(frozen=True, slots=True)
class Marks:
    """What a text is compared by."""

    stems: frozenset[str]
    trigrams: frozenset[str]


@lru_cache(maxsize=4096)
def marks_of(text: str) -> Marks:
    plain = unicodedata.normalize("NFKC", text).casefold()
    words = [word for word in re.findall(r"[^\W_]+", plain) if word not in STOP]
    stems = frozenset(STEMMER.stemWords(words))
    trigrams = frozenset(f" {word} "[i : i + 3] for word in words for i in range(len(word)))
    return Marks(stems=stems, trigrams=trigrams)


def likeness(one: str, other: str) -> float:
    """0 for nothing in common, 1 for the same; the mean of shared stems and shared groups of three letters."""
    a, b = marks_of(one), marks_of(other)
    return (dice(a.stems, b.stems) + dice(a.trigrams, b.trigrams)) / 2


def dice(a: frozenset[str], b: frozenset[str]) -> float:
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0


def most_alike(text: str, others: Iterable[tuple[int, str]], *, most: int = 3) -> list[int]:
    """Keys of the other texts that are alike enough to be worth a look, the most alike first."""
    rated = [(likeness(text, other), key) for key, other in others]
    return [key for rate, key in sorted(rated, key=lambda pair: (-pair[0], pair[1])) if rate >= ENOUGH][:most]
