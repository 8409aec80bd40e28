"""What of a text is quoted: the sentences that have the words of the question."""

from __future__ import annotations

import re
from collections.abc import Collection
from html import unescape
from typing import Final

from offenraum.answers.rules.words import stems_of, words_of

SENTENCE: Final = re.compile(r"(?<=[.!?])\s+(?=[A-ZÄÖÜ0-9„“*])|\n+")
BLOCK: Final = re.compile(r"<(?:br|/p|/li|/h\d|/div|/tr)\b[^>]*>", re.IGNORECASE)
TAG: Final = re.compile(r"<[^>]{0,2000}>")
INVISIBLE: Final = re.compile("[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
LONGEST: Final = 320
CUT: Final = "…"


def plain_of(html: str) -> str:
    """The text of a page without its marks, a line for each of its blocks."""
    return in_lines(unescape(TAG.sub(" ", BLOCK.sub("\n", html))))


def in_lines(text: str) -> str:
    """A text without empty lines and what nobody sees."""
    lines = (" ".join(line.split()) for line in INVISIBLE.sub("", text).split("\n"))
    return "\n".join(line for line in lines if line)


def quote_of(text: str, stems: Collection[str]) -> str:
    """A short text whole, else its best run of whole sentences, none at its end that only announces what follows.

    It is cut at a word only where one sentence is too long.
    """
    if len(text) <= LONGEST:
        return text
    sentences = [one.strip() for one in SENTENCE.split(text) if one.strip()]
    points = [points_of(one, stems) for one in sentences]
    first = max(range(len(sentences)), key=lambda place: (points[place], -place))
    last = first + 1
    while last < len(sentences) and len(" ".join(sentences[first : last + 1])) <= LONGEST:
        last += 1
    while last > first + 1 and sentences[last - 1].endswith(":"):
        last -= 1
    return shortened(" ".join(sentences[first:last]))


def points_of(sentence: str, stems: Collection[str]) -> int:
    """How many of the question's words a sentence has, also as parts of longer words."""
    words = {stem for word in words_of(sentence) for stem in stems_of(word)}
    return sum(stem in words or any(len(stem) >= 4 and stem in word for word in words) for stem in stems)


def shortened(text: str) -> str:
    if len(text) <= LONGEST:
        return text
    return text[:LONGEST].rsplit(" ", 1)[0].rstrip(",;:") + CUT
