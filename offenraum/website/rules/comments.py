"""What becomes of a comment: shown at once, held for the organisers, or dropped as spam."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final

LINK: Final = re.compile(r"https?://|www\.|\[url|<a\s", re.IGNORECASE)
MOST_LINKS: Final = 2
QUICKEST_SECONDS: Final = 3.0
SLOWEST_SECONDS: Final = 24 * 3600.0
MOST_SHOUTED: Final = 0.7
SHOUT_LENGTH: Final = 25


class Fate(StrEnum):
    """What becomes of a comment."""

    SHOWN = "shown"
    HELD = "held"
    DROPPED = "dropped"


def fate_of(*, text: str, trap: str, seconds: float) -> Fate:
    """By what a program would do: fill the hidden field, answer at once or after days, send links, shout."""
    if trap or not QUICKEST_SECONDS <= seconds <= SLOWEST_SECONDS:
        return Fate.DROPPED
    links = len(LINK.findall(text))
    if links > MOST_LINKS:
        return Fate.DROPPED
    return Fate.HELD if links or is_shouted(text) else Fate.SHOWN


def is_shouted(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    return len(letters) >= SHOUT_LENGTH and sum(map(str.isupper, letters)) > MOST_SHOUTED * len(letters)
