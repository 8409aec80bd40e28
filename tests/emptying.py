"""Emptying the database after a test that commits: only the tables that have rows.

Django truncates every table after each such test, which costs PostgreSQL a third of a second for our hundred tables.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import connection


def empty_only_what_has_rows() -> None:
    """Replace how this connection writes its `flush`."""
    setattr(connection.ops, "sql_flush", sql_flush)  # noqa: B010 - an instance's method


def sql_flush(_style: object, tables: Iterable[str], **_options: Any) -> list[str]:
    """One DELETE for each table with rows; foreign keys are looked at when the transaction ends."""
    names = [connection.ops.quote_name(table) for table in tables]
    if not names:
        return []
    asked = " UNION ALL ".join(f"SELECT * FROM (SELECT '{name}' FROM {name} LIMIT 1) AS found" for name in names)  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(asked)
        return [f"DELETE FROM {name}" for (name,) in cursor.fetchall()]  # noqa: S608 - tables of our own
