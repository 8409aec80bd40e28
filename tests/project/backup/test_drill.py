"""The drill: a backup while a hall votes, a restore, and nothing acknowledged is missing; who was erased stays so."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.conftest import ON_POSTGRES
from tests.faults.crowd import VOTES, Crowd
from tests.servers import PROGRAM, Server

FORGET = """
import django, sys
django.setup()
from django.utils import timezone
from offenraum.programme.actions.forgetting import forget
from offenraum.project.ledger import mirror
from offenraum.seats.models import Seat
forget(seat=Seat.objects.get(pk=sys.argv[1]), now=timezone.now())
mirror()
"""
NAME = "SELECT name FROM seats_seat WHERE id = "


@pytest.fixture
def prepared(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Server]:
    """An installation that does not run yet, on the kind of database this test run is about."""
    server = Server(data=tmp_path, database=request.getfixturevalue("postgres_url") if ON_POSTGRES else "")
    server.migrate()
    yield server
    server.stop()


@pytest.mark.postgres
@pytest.mark.timeout(300)
@pytest.mark.parametrize(("seats", "topics"), [(8, 12), pytest.param(200, 40, marks=pytest.mark.long)])
def test_backup_while_voting_misses_nothing_acknowledged(
    prepared: Server, tmp_path: Path, seats: int, topics: int
) -> None:
    server, file = prepared, tmp_path / "drill.tar"
    crowd = Crowd.at(server, seats=seats, topics=topics)
    server.start()
    votes, enough = crowd.everything(), threading.Event()
    hall = threading.Thread(target=crowd.cast, args=(votes,), kwargs={"on_answer": lambda n: n > 20 and enough.set()})
    hall.start()
    assert enough.wait(60)
    before = [vote for vote in votes if vote.is_acknowledged]
    copied = rows_of_plain_copy(server, tmp_path)
    server.run("backup", str(file))
    hall.join()
    assert "serve" in refused(server, "restore", str(file), "--replace")
    assert crowd.missing(votes) == []
    server.stop()
    erased = crowd.row(before[0])[0]
    in_python(server, FORGET, erased)
    assert server.run("verify", str(file)).startswith("ok: ")
    server.run("restore", str(file), "--replace")
    assert {crowd.row(vote) for vote in before if crowd.row(vote)[0] != erased} <= set(crowd.rows())
    assert [row for row in crowd.rows() if row[0] == erased] == []
    assert name_of(server, erased) == ""
    assert ON_POSTGRES or seats > 8 or copied < len(before), "a plain copy of the file would have done as well"


def rows_of_plain_copy(server: Server, folder: Path) -> int:
    """How many votes a copy of the file has, which is what people do by hand: the negative control."""
    if ON_POSTGRES:
        return 0
    shutil.copy(server.file, folder / "copy")
    with sqlite3.connect(folder / "copy") as opened:
        return len(opened.execute(VOTES).fetchall())


def name_of(server: Server, seat: int) -> str:
    """The name of a seat, read past the program."""
    if server.database:
        with psycopg.connect(server.database) as opened:
            return opened.execute(f"{NAME}{seat}").fetchall()[0][0]
    with sqlite3.connect(server.file) as opened:
        return opened.execute(f"{NAME}{seat}").fetchall()[0][0]


def refused(server: Server, *arguments: str) -> str:
    """What a command says that ends with 1."""
    finished = subprocess.run(
        [*PROGRAM, *arguments], env=server.environment, check=False, capture_output=True, text=True
    )
    assert finished.returncode == 1, finished.stdout
    return finished.stderr


def in_python(server: Server, code: str, *arguments: object) -> str:
    environment = server.environment | {"DJANGO_SETTINGS_MODULE": "offenraum.project.settings"}
    finished = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code, *map(str, arguments)],
        env=environment, check=True, capture_output=True, text=True,
    )
    return finished.stdout
