"""A database with every migration applied, made once in a test run and copied by whoever needs one."""

from __future__ import annotations

import fcntl
import os
import secrets
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

SHARED = "TESTS_SHARED"
"""Names the folder that all processes of a test run share."""
NOTED = "SELECT app, name FROM django_migrations"


def migrated_file() -> Path:
    """The SQLite file; the first process that asks makes it with the real command, the others wait for it."""
    folder = Path(os.environ[SHARED]) / "migrated"
    folder.mkdir(exist_ok=True)
    done = folder / "done"
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            migrate(folder)
            done.touch()
    return folder / "offenraum.sqlite3"


def migrate(data: Path) -> None:
    own = {"OFFENRAUM_DATA": str(data), "OFFENRAUM_SECRET": secrets.token_urlsafe(50)}
    others = {name: value for name, value in os.environ.items() if not name.startswith("OFFENRAUM_")}
    program = Path(sys.executable).with_name("offenraum")
    finished = subprocess.run([program, "migrate"], env=others | own, check=False, capture_output=True, text=True)
    assert finished.returncode == 0, finished.stdout + finished.stderr


def copy_migrated(to: Path) -> None:
    """A database of one's own; readable by nobody else, as the command leaves it."""
    shutil.copyfile(migrated_file(), to)
    to.chmod(0o600)


def sqlite_form(file: Path) -> dict[str, object]:
    """Columns, foreign keys, indexes and checks of each table, in an order that does not depend on how it was made."""
    with sqlite3.connect(file) as opened:
        tables = opened.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'").fetchall()
        form: dict[str, object] = {}
        for name, statement in tables:
            columns = {row[1:] for row in opened.execute(f"SELECT * FROM pragma_table_info('{name}')")}  # noqa: S608
            keys = {row[2:] for row in opened.execute(f"SELECT * FROM pragma_foreign_key_list('{name}')")}  # noqa: S608
            indexes = {
                (tuple(row[0] for row in opened.execute(f"SELECT name FROM pragma_index_info('{index}')")), unique)  # noqa: S608
                for _number, index, unique, *_ in opened.execute(f"SELECT * FROM pragma_index_list('{name}')")  # noqa: S608
            }
            form[name] = (columns, keys, indexes, statement.count("CHECK"), statement.count("CONSTRAINT"))
        noted = set(opened.execute(NOTED))
        partial = opened.execute("SELECT tbl_name, sql FROM sqlite_master WHERE type = 'index' AND sql LIKE '%WHERE%'")
        return form | {"partial": set(partial), "noted": noted}
