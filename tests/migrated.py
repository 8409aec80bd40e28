"""A database with every migration applied, made once in a test run and copied by whoever needs one."""

from __future__ import annotations

import fcntl
import hashlib
import os
import secrets
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
from psycopg import sql

SHARED = "TESTS_SHARED"
"""Names the folder that all processes of a test run share."""
NOTED = "SELECT app, name FROM django_migrations"


def migrated_file() -> Path:
    """The SQLite file; the first process that asks makes it with the real command, the others wait for it."""
    folder = Path(os.environ[SHARED]) / "migrated"
    folder.mkdir(exist_ok=True)
    with once(folder) as is_first:
        if is_first:
            migrate(folder)
    return folder / "offenraum.sqlite3"


@contextmanager
def once(folder: Path) -> Iterator[bool]:
    """A block that processes enter one by one; whether nobody has come to its end before."""
    done = folder / "done"
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield not done.exists()
        done.touch()


def migrate(data: Path, database: str = "") -> None:
    own = {
        "OFFENRAUM_DATA": str(data), "OFFENRAUM_DATABASE": database, "OFFENRAUM_SECRET": secrets.token_urlsafe(50)
    }
    others = {name: value for name, value in os.environ.items() if not name.startswith("OFFENRAUM_")}
    program = Path(sys.executable).with_name("offenraum")
    finished = subprocess.run([program, "migrate"], env=others | own, check=False, capture_output=True, text=True)
    assert finished.returncode == 0, finished.stdout + finished.stderr


def copy_migrated(to: Path) -> None:
    """A database of one's own; readable by nobody else, as the command leaves it."""
    shutil.copyfile(migrated_file(), to)
    to.chmod(0o600)


def copy_migrated_database(url: str) -> None:
    """The same on PostgreSQL, where a database is made as a copy of another one on its server; what it held is gone."""
    server, _, name = url.rpartition("/")
    folder = Path(os.environ[SHARED]) / f"migrated-{hashlib.sha256(server.encode()).hexdigest()[:12]}"
    folder.mkdir(exist_ok=True)
    template = template_of(Path(os.environ[SHARED]))
    with once(folder) as is_first:
        if is_first:
            (folder / "server").write_text(server)
            make_anew(server, template)
            migrate(folder, f"{server}/{template}")
    make_anew(server, name, template)


def template_of(shared: Path) -> str:
    return f"migrated-{shared.name}"


def make_anew(server: str, name: str, template: str = "template1") -> None:
    drop(server, name)
    copying = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template))
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(copying)


def drop(server: str, name: str) -> None:
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def drop_templates(shared: Path) -> None:
    """At the end of the run; the server may be gone before."""
    for folder in shared.glob("migrated-*"):
        with suppress(psycopg.Error):
            drop((folder / "server").read_text(), template_of(shared))


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
