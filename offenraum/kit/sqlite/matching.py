"""LIKE that knows the capital letters of all languages, as PostgreSQL's does; SQLite's own knows A to Z only."""

from __future__ import annotations

import re
from functools import lru_cache


def like(pattern: str, value: object, escape: str) -> bool | None:
    """SQL's `value LIKE pattern ESCAPE escape`, in any case; None for NULL."""
    if value is None or pattern is None:
        return None
    return compiled(pattern, escape).fullmatch(str(value)) is not None


@lru_cache(maxsize=128)
def compiled(pattern: str, escape: str) -> re.Pattern[str]:
    parts, letters = [], iter(pattern)
    for letter in letters:
        if letter == escape:
            parts.append(re.escape(next(letters, "")))
        else:
            parts.append({"%": ".*", "_": "."}.get(letter) or re.escape(letter))
    return re.compile("".join(parts), re.IGNORECASE | re.DOTALL)
