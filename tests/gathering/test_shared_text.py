"""Merging what several people typed: no letter is lost, in whatever order changes arrive."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pycrdt import Doc, Text

from offenraum.gathering.shared_text import NAME, BrokenChange, change_to, compacted, text_of

LETTERS = st.text(alphabet="aä😀𝄞\n ß\u0301z", max_size=30)


def start(text: str = "") -> list[bytes]:
    return [change_to([], text)] if text else []


@given(before=LETTERS, wanted=LETTERS)
def test_change_leads_to_the_wanted_text(before: str, wanted: str) -> None:
    known = start(before)
    assert text_of([*known, change_to(known, wanted)]) == wanted


@given(before=LETTERS, one=LETTERS, other=LETTERS, seed=st.integers(0, 99))
def test_order_and_repetition_do_not_matter(before: str, one: str, other: str, seed: int) -> None:
    known = start(before)
    changes = [*known, change_to(known, one), change_to(known, other)]
    mixed = [*changes, *changes]
    random.Random(seed).shuffle(mixed)
    assert text_of(mixed) == text_of(changes) == text_of([compacted(changes)])


def test_two_who_write_in_one_paragraph_lose_no_letter() -> None:
    known = start("Der Haushalt ist offen.\n")
    ayse = change_to(known, "Der Haushalt der Stadt ist offen.\n")
    bernd = change_to(known, "Der Haushalt ist ganz offen 😀.\n")
    assert text_of([*known, ayse, bernd]) == "Der Haushalt der Stadt ist ganz offen 😀.\n"


def test_other_lines_stay_others() -> None:
    known = start("eins\nzwei\ndrei\n")
    assert text_of([*known, change_to(known, "eins\nzwei!\ndrei\n"), change_to(known, "null\neins\nzwei\n")]) == (
        "null\neins\nzwei!\n"
    )


@pytest.mark.parametrize("broken", [b"", b"x", b"\xff" * 20, b"\x01" * 9])
def test_bytes_that_are_no_change_are_refused(broken: bytes) -> None:
    with pytest.raises(BrokenChange):
        text_of([broken])


def test_text_of_another_name_is_not_ours() -> None:
    doc: Doc[Text] = Doc()
    doc.get("other", type=Text).insert(0, "fremd")
    assert (text_of([doc.get_update()]), NAME) == ("", "notes")
