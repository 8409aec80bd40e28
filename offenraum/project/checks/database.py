"""The database: there, whole, durable, and of this version's form."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from offenraum.project.checks.findings import Problem

MEGABYTE: Final = 1024 * 1024


def check_database() -> str:
    """The database answers, writes durably and has the form that this version needs."""
    try:
        file = database_file()
        said = check_sqlite(file) if file else check_postgres()
        check_migrations()
    except DatabaseError as error:
        raise Problem(_("The database does not answer: %(error)s") % {"error": error}, fix_of_database()) from error
    return said


def fix_of_database() -> str:
    if connection.vendor == "sqlite":
        return "offenraum init"
    return _("Start PostgreSQL, and check OFFENRAUM_DATABASE")


def database_file() -> Path | None:
    """The file of SQLite; asking the database would create it."""
    return Path(connection.settings_dict["NAME"]) if connection.vendor == "sqlite" else None


def check_sqlite(file: Path) -> str:
    if not file.is_file():
        raise Problem(_("There is no database at %(file)s.") % {"file": file}, "offenraum init")
    if (journal := value_of("PRAGMA journal_mode")) != "wal" or value_of("PRAGMA synchronous") != 2:
        raise Problem(
            _("The database does not write durably (journal %(journal)s).") % {"journal": journal},
            _("Put the data folder on a local disk; network folders cannot do it"),
        )
    if (state := value_of("PRAGMA quick_check")) != "ok":
        raise Problem(_("The database is damaged: %(state)s") % {"state": state}, _("Restore the last backup"))
    return _("SQLite, durable, %(size)d MB") % {"size": file.stat().st_size // MEGABYTE}


def check_postgres() -> str:
    if value_of("SHOW fsync") != "on" or value_of("SHOW synchronous_commit") == "off":
        raise Problem(_("PostgreSQL does not write durably."), _("Set fsync and synchronous_commit to on"))
    return _("PostgreSQL %(version)s, durable") % {"version": value_of("SHOW server_version")}


def value_of(statement: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        row = cursor.fetchone()
    return row[0] if row else None


def check_migrations() -> None:
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if missing:
        raise Problem(_("The database is %(count)d steps behind.") % {"count": len(missing)}, "offenraum migrate")
