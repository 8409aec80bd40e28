"""Taking a picture of the database while others write, looking at it, and putting it back."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

SQLITE: Final = "offenraum.sqlite3"
POSTGRES: Final = "offenraum.pgdump"
Counts = dict[str, int]


class Unable(Exception):
    """It cannot be done here; the message says why and what helps."""


def name_of_database() -> str:
    return SQLITE if connection.vendor == "sqlite" else POSTGRES


def take(target: Path) -> tuple[Counts, list[str]]:
    """Copy the database as it is at one moment; returns rows by table and the migrations it has."""
    if connection.vendor == "sqlite":
        take_sqlite(target)
        return look_at_sqlite(target)
    return take_postgres(target)


def take_sqlite(target: Path) -> None:
    """By SQLite's backup API in one go: a reader's picture, for which no writer waits and which no writer disturbs."""
    file = Path(settings.DATABASES["default"]["NAME"])
    if not file.is_file():
        raise Unable(_("There is no database at %(file)s.") % {"file": file})
    with closing(sqlite3.connect(file, timeout=20)) as source, closing(sqlite3.connect(target)) as copy:
        source.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")


def look_at_sqlite(file: Path) -> tuple[Counts, list[str]]:
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as opened:
        tables = [row[0] for row in opened.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        counts = {
            table: opened.execute(f'SELECT COUNT(*) FROM "{table}"').fetchone()[0]  # noqa: S608
            for table in sorted(tables) if not table.startswith("sqlite_")
        }
        return counts, [f"{app}.{name}" for app, name in opened.execute(MIGRATIONS)]


MIGRATIONS: Final = "SELECT app, name FROM django_migrations ORDER BY app, name"


def faults_of_sqlite(file: Path) -> list[str]:
    """What SQLite finds wrong with a file: pages, indexes, references."""
    try:
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as opened:
            found = [str(row[0]) for row in opened.execute("PRAGMA integrity_check") if row[0] != "ok"]
            lost = [f"{row[0]} {row[1]} → {row[2]}" for row in opened.execute("PRAGMA foreign_key_check")]
    except sqlite3.DatabaseError as error:
        return [str(error)]
    return found + lost


def take_postgres(target: Path) -> tuple[Counts, list[str]]:
    """By pg_dump, with the rows counted in the same picture."""
    program = find_program("pg_dump")
    with connection.cursor() as cursor:
        cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        try:
            picture = one_value(cursor, "SELECT pg_export_snapshot()")
            counts = {
                table: one_value(cursor, f'SELECT COUNT(*) FROM "{table}"')  # noqa: S608
                for table in sorted(connection.introspection.table_names(cursor))
            }
            cursor.execute(MIGRATIONS)
            migrations = [f"{app}.{name}" for app, name in cursor.fetchall()]
            run([program, "--format=custom", "--no-owner", f"--snapshot={picture}", f"--file={target}", *place()])
        finally:
            cursor.execute("ROLLBACK")
    return counts, migrations


def one_value(cursor: Any, statement: str) -> Any:
    cursor.execute(statement)
    return cursor.fetchone()[0]


def faults_of_postgres(file: Path) -> list[str]:
    """What pg_restore finds wrong with a dump, without a database."""
    try:
        run([find_program("pg_restore"), "--file=/dev/null", str(file)])
    except Unable as error:
        return [str(error)]
    return []


def put_sqlite(file: Path) -> None:
    """Put a checked file in the place of the database; the one before goes only when the new one is there."""
    target = Path(settings.DATABASES["default"]["NAME"])
    connection.close()
    former = [target.with_name(f"{target.name}{end}") for end in ("", "-wal", "-shm")]
    aside = [one.with_name(f"{one.name}.before") for one in former]
    for one, other in zip(former, aside, strict=True):
        if one.exists():
            one.replace(other)
    file.chmod(0o600)
    file.replace(target)
    for other in aside:
        other.unlink(missing_ok=True)


def put_postgres(file: Path) -> None:
    """Replace everything in the database, all or nothing."""
    connection.close()
    run([
        find_program("pg_restore"), "--clean", "--if-exists", "--no-owner", "--single-transaction", *place(), str(file),
    ])


def others_on_postgres() -> int:
    """How many others are connected to the database."""
    with connection.cursor() as cursor:
        return int(one_value(
            cursor,
            "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() "
            "AND backend_type = 'client backend'",
        ))


def find_program(name: str) -> str:
    found = shutil.which(name) or next(
        (str(path) for path in sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), reverse=True)), None
    )
    if found is None:
        raise Unable(_("%(name)s is missing. Install the package postgresql-client, as new as the server.") % {
            "name": name
        })
    return found


def place() -> list[str]:
    known = connection.settings_dict
    given = {"--host": known["HOST"], "--port": known["PORT"], "--username": known["USER"], "--dbname": known["NAME"]}
    return [f"{flag}={value}" for flag, value in given.items() if value]


def run(command: list[str]) -> None:
    """Run a program of PostgreSQL; the password goes by the environment, where no list of processes shows it."""
    environment = os.environ | {"PGPASSWORD": str(connection.settings_dict["PASSWORD"])}
    finished = subprocess.run(command, check=False, capture_output=True, text=True, env=environment)  # noqa: S603
    if finished.returncode:
        raise Unable(f"{Path(command[0]).name}: {finished.stderr.strip()[-600:]}")
