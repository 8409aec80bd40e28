"""How far a word is from another for somebody who types German on a phone: slips that are easily made cost less."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

ROWS: Final = ("qwertzuiopü", "asdfghjklöä", "yxcvbnm")
SILENT: Final = frozenset(
    {"ie", "ah", "eh", "oh", "uh", "ih", "äh", "öh", "üh", "th", "rh", "tz", "ck", "dt", "ae", "oe", "ue"}
)
"""Two letters of which the second is hardly heard."""

BEFORE: Final = frozenset({"ck", "ie", "tz"})
"""Two letters of which the first is hardly heard."""

ENDS: Final = frozenset("enrsm")
"""Letters with which a word is bent."""

BEGINNINGS: Final = {
    "v": "fw", "f": "v", "c": "kz", "k": "c", "z": "sc", "s": "z", "b": "p", "p": "b", "d": "t", "t": "d", "g": "k",
    "i": "jy", "j": "y", "y": "j", "u": "ü", "o": "ö", "a": "ä", "ä": "ae", "ö": "o", "ü": "u", "e": "ä", "w": "v",
}
"""What a first letter may have been meant as."""

ALIKE, BESIDE, UNHEARD, EXCHANGED, OTHER = 0.4, 0.8, 0.4, 0.7, 1.0
"""Prices of a letter: one that sounds alike, is next on the keyboard, is not heard, has changed places, any other."""


def both_ways(pairs: Iterable[str]) -> frozenset[str]:
    return frozenset(one for pair in pairs for one in (pair, pair[::-1]))


LOOKALIKES: Final = both_ways(
    ("aä", "oö", "uü", "eä", "dt", "bp", "gk", "vf", "vw", "sz", "iy", "ck", "jy", "cz", "ij")
)
NEIGHBOURS: Final = both_ways(row[at : at + 2] for row in ROWS for at in range(len(row) - 1))


def changed(one: str, other: str) -> float:
    """The price of a letter for another."""
    if one == other:
        return 0.0
    pair = one + other
    return ALIKE if pair in LOOKALIKES else BESIDE if pair in NEIGHBOURS else OTHER


def added(before: str, letter: str, after: str) -> float:
    """The price of a letter too many or too few between two others."""
    is_unheard = letter in {before, after} or before + letter in SILENT or letter + after in BEFORE
    return UNHEARD if is_unheard or (after == " " and letter in ENDS) else OTHER


def slips(typed: str, meant: str) -> float:
    """The price of all slips: letters changed, added, left out, exchanged (optimal string alignment, weighted)."""
    one, other = f" {typed} ", f" {meant} "
    wide = range(1, len(other) - 1)
    extra = [added(other[at - 1], other[at], other[at + 1]) for at in wide]
    before: list[float] = []
    above = [sum(extra[:at]) for at in range(len(extra) + 1)]
    for at in range(1, len(one) - 1):
        too_many = added(one[at - 1], one[at], one[at + 1])
        row = [above[0] + too_many]
        for to in wide:
            price = min(above[to - 1] + changed(one[at], other[to]), above[to] + too_many, row[-1] + extra[to - 1])
            if at > 1 and to > 1 and one[at] == other[to - 1] and one[at - 1] == other[to]:
                price = min(price, before[to - 2] + EXCHANGED)
            row.append(price)
        before, above = above, row
    return above[-1]
