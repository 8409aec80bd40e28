"""A real server on a fresh folder, and what is in its database."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.sensors.messages import body_of
from tests.postgres import free_port

PROGRAM = str(Path(sys.executable).with_name("offenraum"))
SECRET = "bench" * 10
ONE_COMMIT_ROWS = 400


@dataclass(frozen=True)
class Served:
    """A running `offenraum serve` with its worker."""

    port: int
    path: str
    folder: str

    def count(self, question: str) -> float:
        with sqlite3.connect(f"file:{self.folder}/offenraum.sqlite3?mode=ro", uri=True) as database:
            return float(database.execute(question).fetchone()[0])

    def wait_until_decoded(self) -> float:
        """Seconds until nothing waits any more."""
        begun = time.perf_counter()
        while self.count("SELECT count(*) FROM sensors_message WHERE state = 'new'"):
            time.sleep(0.05)
        return time.perf_counter() - begun


def environment_of(folder: str) -> dict[str, str]:
    return os.environ | {"OFFENRAUM_DATA": folder, "OFFENRAUM_SECRET": SECRET}


@contextmanager
def serving(folder: str) -> Iterator[Served]:
    """Full durability, as an operator has it."""
    environment = environment_of(folder)
    subprocess.run([PROGRAM, "migrate"], env=environment, check=True, capture_output=True)
    made = subprocess.run(
        [sys.executable, "-m", "bench.sensors.stage"], env=environment, check=True, capture_output=True, text=True
    )
    port = free_port()
    process = subprocess.Popen(
        [PROGRAM, "serve", "--port", str(port)], env=environment, stderr=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )
    try:
        yield Served(port, f"/kogk18/sensoren/uplink/ttn/{made.stdout.strip()}", folder)
    finally:
        process.terminate()
        process.wait()


def one_commit_each(folder: str) -> float:
    """The yardstick: rows a second with one durable commit for each."""
    database = sqlite3.connect(f"{folder}/yard.sqlite3", isolation_level=None)
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("PRAGMA synchronous=FULL")
    database.execute("CREATE TABLE t (k TEXT UNIQUE, b BLOB)")
    begun = time.perf_counter()
    for n in range(ONE_COMMIT_ROWS):
        database.execute("INSERT INTO t VALUES (?, ?)", (str(n), body_of(n)))
    seconds = time.perf_counter() - begun
    database.close()
    return ONE_COMMIT_ROWS / seconds
