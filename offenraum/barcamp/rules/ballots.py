"""Reading a ballot as a helper types it: `12: 3 7 19`. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

SHEET: Final = re.compile(
    r"\s*(?P<number>[^\s:/*=!]+)\s*(?P<sign>!\s*[:/*=]?|[:/*=]\s*[:/*=]?)(?P<topics>.*)", re.DOTALL
)
BETWEEN: Final = re.compile(r"[\s,;.+&]+")
NUMBER: Final = re.compile(r"[0-9]{1,6}")
TAKE_BACK: Final = frozenset({"-", "–", "--"})


class Fault(StrEnum):
    """Why a line is no ballot; each comes with the word that is to blame."""

    NO_SIGN = "no_sign"
    NO_NUMBER = "no_number"
    NO_TOPICS = "no_topics"
    TWICE = "twice"


class Misread(Exception):
    """A line that is no ballot, and why."""

    def __init__(self, fault: Fault, word: str = "") -> None:
        super().__init__(fault, word)
        self.fault = fault
        self.word = word


@dataclass(frozen=True, slots=True)
class Sheet:
    """A ballot as read: the seat's number, the topics' numbers in order; `replaces` is an asked-for correction."""

    number: int
    topics: tuple[int, ...]
    replaces: bool = False


def is_take_back(text: str) -> bool:
    """A single dash takes back the last ballot."""
    return text.strip() in TAKE_BACK


def read_sheet(text: str) -> Sheet:
    """Read `number: topics`; spaces, commas and plus signs part the topics, `:`, `/`, `*` or `=` end the number.

    `12! 3 8` or `12:: 3 8` corrects a ballot that is in already; without topics it empties it. Raises Misread.
    """
    match = SHEET.fullmatch(text)
    if match is None:
        raise Misread(Fault.NO_SIGN)
    sign = "".join(match["sign"].split())
    replaces = "!" in sign or len(sign) > 1
    topics = tuple(number_of(word) for word in BETWEEN.split(match["topics"].strip(" ,;.+&")) if word)
    if not topics and not replaces:
        raise Misread(Fault.NO_TOPICS)
    refuse_doubles(topics)
    return Sheet(number=number_of(match["number"]), topics=tuple(sorted(topics)), replaces=replaces)


def number_of(word: str) -> int:
    if not NUMBER.fullmatch(word):
        raise Misread(Fault.NO_NUMBER, word[:20])
    return int(word)


def refuse_doubles(topics: tuple[int, ...]) -> None:
    double = next((topic for topic in topics if topics.count(topic) > 1), None)
    if double is not None:
        raise Misread(Fault.TWICE, str(double))
