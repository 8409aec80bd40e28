"""How much words sound like those of questions to a town hall, by their pieces. Knows no Django.

The weights are learned as those of sureness are (`python -m bench.answers.learn --write`).
"""

from __future__ import annotations

import math
import zlib
from array import array
from base64 import b64decode
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Final

from offenraum.answers.rules.words import grams_of

PLACES: Final = 4096
"""Pieces share places by chance; there are some five times as many."""

SCALE: Final = 16.0
SOURCE: Final = Path(__file__).resolve().parent / "tone.txt"


def places_of(words: Iterable[str]) -> list[int]:
    """The places of the pieces of some words, each once."""
    return sorted({zlib.crc32(gram.encode()) % PLACES for word in words for gram in grams_of(word)})


@cache
def weights() -> array[int]:
    """A small number for each place."""
    return array("b", b64decode(SOURCE.read_text()))


def tone_of(words: Iterable[str]) -> float:
    """Above 0 where a town hall is rather asked, below where something else is meant."""
    places = places_of(words)
    return sum(weights()[place] for place in places) / SCALE / math.sqrt(len(places) or 1)
