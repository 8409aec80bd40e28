"""LIKE on SQLite finds what it finds on PostgreSQL: in any case and language, people's own signs taken as they are."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from offenraum.kit.sqlite.matching import like
from offenraum.people.models import Account

LETTERS = st.text("aÄäß%_\\.*(\nx", max_size=8)


@pytest.mark.parametrize(
    ("pattern", "value", "expected"),
    [
        ("%öztürk%", "Clara ÖZTÜRK", True),
        ("%ПРИВЕТ%", "привет", True),
        ("%b%", "a\nb\nc", True),
        ("a_c", "aßc", True),
        ("a_c", "ac", False),
        ("a\\_c", "abc", False),
        ("a\\%", "a%", True),
        ("a\\%", "ab", False),
        ("a\\\\b", "a\\b", True),
        (".*", "anything", False),
        ("(", "(", True),
        ("7%", 75, True),
        ("", "", True),
        ("", "a", False),
        ("%", None, None),
    ],
)
def test_like_is_sqls_like_in_any_case(pattern: str, value: object, expected: bool | None) -> None:
    assert like(pattern, value, "\\") is expected


@settings(max_examples=40)
@given(before=LETTERS, text=LETTERS, after=LETTERS)
def test_like_finds_every_escaped_text_inside_another(before: str, text: str, after: str) -> None:
    escaped = re.sub(r"([%_\\])", r"\\\1", text)
    assert like(f"%{escaped}%", f"{before}{text.swapcase() if text.isascii() else text}{after}", "\\") is True
    assert like(escaped, f"{before}{text}{after}", "\\") is (not before and not after)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "found"),
    [("müller", ["Gül Müller"]), ("GÜL", ["Gül Müller"]), ("100%", ["100% Ämter"]), ("%", ["100% Ämter"]), ("_", [])],
)
def test_names_are_found_in_any_case_by_the_database(asked: str, found: list[str]) -> None:
    for number, name in enumerate(["Gül Müller", "100% Ämter"]):
        Account.objects.create(email=f"{number}@example.org", name=name)
    assert list(Account.objects.filter(name__icontains=asked).values_list("name", flat=True)) == found
