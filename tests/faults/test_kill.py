"""kill -9 in a vote burst: nothing acknowledged is lost, nothing counts twice, and the server is back at once."""

from __future__ import annotations

import os
import random
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conftest import ON_POSTGRES
from tests.faults.crowd import Crowd
from tests.servers import Server


@pytest.fixture
def server(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Server]:
    """One that is set up and not started yet, on the kind of database this test run is about."""
    server = Server(data=tmp_path, database=request.getfixturevalue("postgres_url") if ON_POSTGRES else "")
    yield server.migrate()
    server.stop()


def kill_after(server: Server, answers: int) -> tuple[list[int], Callable[[int], None]]:
    """A listener that kills the server, and the processes it started, after so many answers."""
    killed: list[int] = []

    def listen(count: int) -> None:
        if count == answers and server.process is not None:
            killed.append(server.process.pid)
            os.killpg(server.process.pid, signal.SIGKILL)

    return killed, listen


def run_round(crowd: Crowd, *, answers: int) -> int:
    """Kill in the burst, start again, send what was not acknowledged once more; returns how many were."""
    votes = crowd.everything()
    killed, listen = kill_after(crowd.server, answers)
    crowd.cast(votes, on_answer=listen)
    assert len(killed) == 1
    crowd.server.kill()
    acknowledged = [vote for vote in votes if vote.is_acknowledged]
    assert crowd.missing(votes) == []
    crowd.server.start()
    again = [vote for vote in votes if not vote.is_acknowledged] + acknowledged[::10]
    crowd.cast(again)
    assert {status for vote in again for status in vote.statuses} == {200}
    assert sorted(crowd.rows()) == sorted(crowd.row(vote) for vote in votes)
    return len(acknowledged)


@pytest.mark.postgres
@pytest.mark.parametrize("seed", [1, *(pytest.param(n, marks=pytest.mark.long) for n in range(2, 101))])
def test_killed_server_keeps_what_it_acknowledged(server: Server, seed: int) -> None:
    crowd = Crowd.at(server, seats=24, topics=20)
    server.start()
    answers = random.Random(seed).randrange(20, 400)
    assert run_round(crowd, answers=answers) >= answers
