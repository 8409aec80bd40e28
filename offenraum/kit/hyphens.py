"""Where long words may break, for narrow columns in browsers that bring no dictionary of the language."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final

from pyphen import LANGUAGES, Pyphen

SOFT_HYPHEN: Final = "\u00ad"
LONG_WORD: Final = re.compile(r"[^\W\d_]{12,}")
LEAST_BEFORE: Final = 4
LEAST_AFTER: Final = 3


def softened(text: str, *, language: str) -> str:
    """The text with soft hyphens in its long words; short words stay whole."""
    return LONG_WORD.sub(lambda word: hyphenated(word.group(), language), text)


@lru_cache(maxsize=4096)
def hyphenated(word: str, language: str) -> str:
    return str(dictionary(language).inserted(word, hyphen=SOFT_HYPHEN))


@cache
def dictionary(language: str) -> Pyphen:
    """The patterns of a language; German for the languages that have none, since topics are mostly German."""
    known = language[:2].lower()
    return Pyphen(lang=known if known in LANGUAGES else "de", left=LEAST_BEFORE, right=LEAST_AFTER)
