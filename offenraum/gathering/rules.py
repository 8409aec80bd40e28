"""Decisions about what happens in a session, on plain values."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

FEWEST_ANSWERS: Final = 5
"""Below this, feedback could be traced to people, so nothing of it is shown."""

HEADS: Final = (5, 8, 10, 12, 15, 18, 20, 25, 30, 35, 40, 50, 60, 80, 100, 150)
MOST_HEADS: Final = 5000
MOST_LETTERS: Final = 20_000
MOST_BYTES: Final = 262_144
"""Of one change to the notes."""

MOST_STATE: Final = 4_000_000
"""Bytes of all changes to the notes of a session, merged."""

STEPS_KEPT: Final = 100
MOST_MARKS: Final = 6
UNSHOWN: Final = re.compile(
    "[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u202a-\\u202e\\u2066-\\u2069\\ud800-\\udfff\\ufffe\\uffff\\ufff9-\\ufffb"
    "\\U000e0000-\\U000e007f]"
)


@dataclass(frozen=True, slots=True)
class Totals:
    """Feedback to one session, as it may be shown; `counts` is empty while too few have answered."""

    answers: int
    counts: Mapping[int, int]


def totals_of(counts: Mapping[int, int]) -> Totals:
    """Answers by value, withheld until enough have answered."""
    answers = sum(counts.values())
    return Totals(answers=answers, counts=dict(counts) if answers >= FEWEST_ANSWERS else {})


def may_hide(*, is_author: bool, is_host: bool, is_moderator: bool) -> bool:
    """The author takes back, the host and the desk keep order."""
    return is_author or is_host or is_moderator


def readable(text: str) -> str:
    """Notes as they are shown and kept as text: without what would harm a screen or a database."""
    shown, marks = [], 0
    for sign in UNSHOWN.sub("", unicodedata.normalize("NFC", text.replace("\r\n", "\n"))):
        is_mark = bool(unicodedata.combining(sign)) or unicodedata.category(sign) == "Me"
        marks = marks + 1 if is_mark else 0
        if marks < MOST_MARKS:
            shown.append(sign)
    tidied = "".join(shown)
    has_letters = any(unicodedata.category(sign)[0] not in "CMZ" for sign in tidied)
    return tidied if has_letters else ""
