"""The keys of a seat: how they are made, typed and recognised."""

from __future__ import annotations

import hashlib
from enum import StrEnum
from typing import Final

CODE_LETTERS: Final = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH: Final = 8
TITLES: Final = frozenset({"dr", "prof", "herr", "frau", "mr", "mrs", "ms", "mx"})
LOOKALIKES: Final = str.maketrans({"0": "Q", "O": "Q", "1": "J", "I": "J", "L": "J", "U": "V"})


def typed_code(text: str) -> str:
    """What somebody typed, as it was printed: upper case, without spaces and dashes."""
    return "".join(letter for letter in text.upper() if letter.isalnum()).translate(LOOKALIKES)[:64]


def printed_code(code: str) -> str:
    return f"{code[:4]}-{code[4:]}" if code else ""


def scanned_key(text: str) -> str:
    """The key in what a camera read or somebody typed: the last part of an address, else the text itself."""
    return text.partition("?")[0].rstrip("/").rpartition("/")[2] if "://" in text else text


TAG_LENGTHS: Final = {"badge": 10, "link": 10, "code": 4}
"""Hexadecimal digits of a tag. Those of a code give away 16 of its 39 bit: ten million codes remain to guess."""


def tag_of(key: str, *, kind: str, scope: str) -> str:
    """What a check-in without network recognises a key by: too little to find the key, enough to tell seats apart."""
    return hashlib.sha256(f"{scope} {key}".encode(errors="replace")).hexdigest()[: TAG_LENGTHS[kind]]


def shuffle_of(seat: int, shuffles: int) -> int:
    """The order of topics that this seat sees."""
    return hashlib.blake2b(str(seat).encode(), digest_size=2).digest()[0] % shuffles


class BadgeLayout(StrEnum):
    """On what badges are printed."""

    FOLDED = "a6"
    LABELS_8 = "2x4"
    LABELS_21 = "3x7"
    ROLL = "62mm"


def code_of(key: str) -> str:
    """The typed code that belongs to a key: eight letters, the same each time."""
    number = int.from_bytes(hashlib.sha256(key.encode()).digest())
    letters = []
    for _place in range(CODE_LENGTH):
        number, letter = divmod(number, len(CODE_LETTERS))
        letters.append(CODE_LETTERS[letter])
    return "".join(letters)


def name_parts(name: str) -> tuple[str, str]:
    """What is printed large, and the whole name: of “Dr. Ayşe Yılmaz” the large part is “Ayşe”."""
    parts = name.split()
    called = [part for part in parts if not part.endswith(".") and part.casefold() not in TITLES]
    return (called or parts or [""])[0], name
