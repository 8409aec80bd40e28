"""An empty database gets its tables at once; they are those that the whole history would have made."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from tests.migrated import NOTED, sqlite_form
from tests.servers import PROGRAM, plain_environment

HISTORY = (
    "import django; django.setup(); from django.core.management import call_command; "
    "call_command('migrate', verbosity=0)"
)
OF_DJANGO = ("auth_group_permissions", "id")
"""Width of a number that only the framework counts; nothing of ours refers to it."""
COLUMNS = (
    "SELECT table_name, column_name, data_type, is_nullable, column_default, identity_generation, collation_name,"
    " character_maximum_length FROM information_schema.columns WHERE table_schema = 'public'"
)
INDEXES = "SELECT tablename, indexdef FROM pg_indexes WHERE schemaname = 'public'"
CONSTRAINTS = (
    "SELECT conrelid::regclass::text, contype::text, pg_get_constraintdef(oid) FROM pg_constraint"
    " WHERE connamespace = 'public'::regnamespace"
)


pytestmark = pytest.mark.timeout(400)


def run(program: list[str], data: Path, database: str = "") -> None:
    environment = plain_environment() | {
        "OFFENRAUM_DATA": str(data), "OFFENRAUM_DATABASE": database, "OFFENRAUM_SECRET": "s" * 60,
        "DJANGO_SETTINGS_MODULE": "offenraum.project.settings",
    }
    subprocess.run(program, env=environment, check=True, timeout=300)


@pytest.mark.long
def test_all_at_once_makes_what_the_history_makes_on_sqlite(tmp_path: Path) -> None:
    forms = []
    for name, program in {"once": [*PROGRAM, "migrate"], "history": [sys.executable, "-c", HISTORY]}.items():
        data = tmp_path / name
        data.mkdir(mode=0o700)
        run(program, data)
        forms.append(sqlite_form(data / "offenraum.sqlite3"))
    assert forms[0] == forms[1]


def postgres_form(url: str) -> list[set[tuple[object, ...]]]:
    with psycopg.connect(url) as opened:
        columns = {row for row in opened.execute(COLUMNS) if row[:2] != OF_DJANGO}
        indexes = {(table, text.partition(" ON ")[2]) for table, text in opened.execute(INDEXES)}
        return [columns, set(opened.execute(CONSTRAINTS)), indexes, set(opened.execute(NOTED))]


@pytest.mark.long
def test_all_at_once_makes_what_the_history_makes_on_postgresql(postgres_url: str, tmp_path: Path) -> None:
    run([*PROGRAM, "migrate"], tmp_path, postgres_url)
    once = postgres_form(postgres_url)
    with psycopg.connect(postgres_url, autocommit=True) as opened:
        opened.execute("DROP SCHEMA public CASCADE")
        opened.execute("CREATE SCHEMA public")
    run([sys.executable, "-c", HISTORY], tmp_path, postgres_url)
    history = postgres_form(postgres_url)
    assert [one ^ other for one, other in zip(once, history, strict=True)] == [set()] * 4
