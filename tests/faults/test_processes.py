"""Four processes write on one SQLite file at once."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

from tests.faults.scribe import COUNT
from tests.servers import Server

PROCESSES = 4


def write_together(server: Server, mode: str) -> tuple[int, int]:
    """How often a process found the database locked, and how many rows there are afterwards."""
    finished = subprocess.run(
        [sys.executable, "-m", "tests.faults.scribe", str(PROCESSES), mode],
        env=server.environment, check=True, stdout=subprocess.PIPE, text=True,
    )
    locked = sum(map(int, finished.stdout.split()))
    with sqlite3.connect(server.file) as opened:
        (rows,) = opened.execute("SELECT count(*) FROM people_account").fetchone()
    return locked, rows


def test_no_process_finds_the_database_locked(tmp_path: Path) -> None:
    server = Server(data=tmp_path)
    server.migrate()
    assert write_together(server, "IMMEDIATE") == (0, PROCESSES * COUNT)


def test_transactions_that_begin_as_readers_would(tmp_path: Path) -> None:
    """The negative control of the test above."""
    server = Server(data=tmp_path)
    server.migrate()
    locked, rows = write_together(server, "DEFERRED")
    assert (locked > 0, rows) == (True, PROCESSES * COUNT - locked)
