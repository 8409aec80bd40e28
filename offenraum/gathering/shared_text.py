"""Text that several people type at once: Yjs updates (https://docs.yjs.dev), by pycrdt.

An update is bytes; any updates merge in any order, and twice is once.
pycrdt counts positions in UTF-8 bytes.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher

from pycrdt import Doc, Text

NAME = "notes"
"""Under this name the browsers' documents hold the text."""


class BrokenChange(ValueError):
    """Bytes that are no update."""


def text_of(updates: Iterable[bytes]) -> str:
    """The text that these updates give; raises BrokenChange."""
    return str(opened(updates)[1])


def opened(updates: Iterable[bytes]) -> tuple[Doc[Text], Text]:
    """A document with its text; the compiled merger panics at some bytes, which is no Exception."""
    doc: Doc[Text] = Doc()
    text = doc.get(NAME, type=Text)
    try:
        for update in updates:
            doc.apply_update(update)
    except BaseException as error:
        raise BrokenChange(str(error)) from error
    return doc, text


def compacted(updates: Iterable[bytes]) -> bytes:
    """One update that does what all of them do."""
    return bytes(opened(updates)[0].get_update())


def change_to(updates: Iterable[bytes], wanted: str) -> bytes:
    """The update that turns the text of `updates` into `wanted`, line by line, so that other lines stay others'."""
    doc, text = opened(updates)
    before = doc.get_state()
    was, new = str(text).splitlines(keepends=True), wanted.splitlines(keepends=True)
    for kind, a, b, c, d in reversed(SequenceMatcher(None, was, new, autojunk=False).get_opcodes()):
        if kind != "equal":
            replace(text, at=len("".join(was[:a]).encode()), old="".join(was[a:b]), new="".join(new[c:d]))
    return bytes(doc.get_update(before))


def replace(text: Text, *, at: int, old: str, new: str) -> None:
    """Put `new` where `old` is, touching only what lies between their common ends."""
    head = common(old, new)
    tail = common(old[head:][::-1], new[head:][::-1])
    gone, come = old[head : len(old) - tail], new[head : len(new) - tail]
    place = at + len(old[:head].encode())
    if gone:
        del text[place : place + len(gone.encode())]
    if come:
        text.insert(place, come)


def common(one: str, other: str) -> int:
    """How many characters two texts begin with in common."""
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
