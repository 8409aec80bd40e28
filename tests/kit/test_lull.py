"""A lull ends with a commit of another connection, and by itself."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from django.db import connection

from offenraum.kit import lull
from offenraum.kit.lull import Lull


def write(file: Path) -> None:
    with sqlite3.connect(file, timeout=20) as other:
        other.execute("CREATE TABLE IF NOT EXISTS lull_test (n INTEGER)")
        other.execute("INSERT INTO lull_test VALUES (1)")
    other.close()


def test_nothing_is_looked_at_until_another_connection_commits(
    sqlite_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lull, "LONGEST_SECONDS", 1000.0)
    calm = Lull()
    assert [calm.is_over() for _ in range(3)] == [True, False, False]
    write(sqlite_file)
    assert [calm.is_over() for _ in range(3)] == [True, False, False]


def test_a_new_connection_is_asked_afresh(sqlite_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Numbers of two connections cannot be compared."""
    monkeypatch.setattr(lull, "LONGEST_SECONDS", 1000.0)
    calm = Lull()
    assert [calm.is_over(), calm.is_over()] == [True, False]
    connection.close()
    assert [calm.is_over(), calm.is_over()] == [True, False]


def test_what_becomes_due_by_itself_is_seen_after_a_while(sqlite_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lull, "LONGEST_SECONDS", 0.0)
    calm = Lull()
    assert [calm.is_over() for _ in range(3)] == [True, True, True]
