"""The keys of a seat: how they are made, typed and recognised."""

from __future__ import annotations

import hashlib
import secrets
from typing import Final

CODE_LETTERS: Final = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH: Final = 8
LOOKALIKES: Final = str.maketrans({"0": "Q", "O": "Q", "1": "J", "I": "J", "L": "J", "U": "V"})


def new_code() -> str:
    """A code of eight letters that can be typed from a badge without mistaking one letter for another."""
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))


def typed_code(text: str) -> str:
    """What somebody typed, as it was printed: upper case, without spaces and dashes."""
    return "".join(letter for letter in text.upper() if letter.isalnum()).translate(LOOKALIKES)[:64]


def printed_code(code: str) -> str:
    return f"{code[:4]}-{code[4:]}"


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
