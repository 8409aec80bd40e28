"""What people may write: normalised, trimmed, and refused with the reason when it would harm a screen or a database."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from contextlib import suppress
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

MOST_MARKS = 6
SURROGATES = re.compile(r"[\ud800-\udfff]")
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\ufff9-\ufffb\U000e0000-\U000e007f]")
OVERRIDES = re.compile("[\u202d\u202e]")
EMBEDDINGS = {"\u202a": "\u202c", "\u202b": "\u202c", "\u2066": "\u2069", "\u2067": "\u2069", "\u2068": "\u2069"}
INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0]"
)
TURNS = re.compile(f"[{''.join(EMBEDDINGS)}{''.join(set(EMBEDDINGS.values()))}]")
ENCLOSING = re.compile("[\u0488\u0489\u1abe\u20dd-\u20e0\u20e2-\u20e4\ua670-\ua672]")
BREAKS = re.compile("\r\n?|[\u0085\u2028\u2029\x0b\x0c]")
BLANK_LINES = re.compile(r"\n{4,}")
EDGES = " \t\n\u00a0\u200b\u2060\ufeff"


class Unfit(ValueError):
    """A text that is not taken; the message says why."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class Rule(NamedTuple):
    """A reason to refuse a text."""

    is_broken: Callable[[str], object]
    message: str | Promise


def tidy_line(text: str, *, limit: int) -> str:
    """One line: white space of any kind becomes a single space."""
    return fit(text, limit=limit, shape=lambda raw: " ".join(raw.split()))


def shortened(text: str, *, limit: int) -> str:
    """The longest beginning of a line that fits; where the cut would harm the text, a little less."""
    for length in range(limit, 0, -1):
        with suppress(Unfit):
            return tidy_line(text[:length], limit=limit)
    return ""


def tidy_prose(text: str, *, limit: int) -> str:
    """Several lines: breaks become line feeds, at most two empty lines stay in a row."""
    return fit(text, limit=limit, shape=lambda raw: BLANK_LINES.sub("\n\n\n", BREAKS.sub("\n", raw)))


def fit(text: str, *, limit: int, shape: Callable[[str], str]) -> str:
    """The text as it is stored; raises Unfit when it cannot be."""
    refuse_longer(text, limit=4 * limit + 64, told=limit)
    if SURROGATES.search(text):
        raise Unfit(_("This contains characters that are no text. Please type it again."))
    tidied = shape(unicodedata.normalize("NFC", text)).strip(EDGES)
    for rule in RULES:
        if rule.is_broken(tidied):
            raise Unfit(str(rule.message))
    refuse_longer(tidied, limit=limit, told=limit)
    return tidied


def refuse_longer(text: str, *, limit: int, told: int) -> None:
    if len(text) > limit:
        raise Unfit(_("This has %(length)d characters; at most %(limit)d are possible.") % {
            "length": len(text), "limit": told,
        })


def has_stacked_marks(text: str) -> bool:
    """More combining marks on one letter than any script needs; they would cover other lines."""
    if not any(map(unicodedata.combining, text)) and not ENCLOSING.search(text):
        return False
    count = 0
    for character in text:
        count = count + 1 if unicodedata.combining(character) or unicodedata.category(character) == "Me" else 0
        if count > MOST_MARKS:
            return True
    return False


def has_open_direction(text: str) -> bool:
    """A change of the reading direction that is not ended in its line would turn what follows."""
    return TURNS.search(text) is not None and any(is_unbalanced(line) for line in text.split("\n"))


def is_unbalanced(line: str) -> bool:
    expected: list[str] = []
    for character in line:
        if character in EMBEDDINGS:
            expected.append(EMBEDDINGS[character])
        elif character in EMBEDDINGS.values() and (not expected or expected.pop() != character):
            return True
    return bool(expected)


def is_only_invisible(text: str) -> bool:
    return bool(text) and not INVISIBLE.sub("", text).strip()


RULES = (
    Rule(CONTROLS.search, gettext_lazy("This contains control characters. Please type it again without them.")),
    Rule(OVERRIDES.search, gettext_lazy("This contains characters that reverse the reading direction.")),
    Rule(has_open_direction, gettext_lazy("This changes the reading direction and does not change it back.")),
    Rule(has_stacked_marks, gettext_lazy("This has too many accents on one letter.")),
    Rule(is_only_invisible, gettext_lazy("This has only invisible characters.")),
)
