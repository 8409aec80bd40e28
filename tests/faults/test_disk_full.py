"""The disk is full: reading goes on, writing is answered 503 until there is room again, and nothing is half stored."""

from __future__ import annotations

import resource
from pathlib import Path

import httpx
import pytest

from tests.conftest import StartServer
from tests.faults.crowd import Crowd
from tests.servers import Server

ROOM = 100_000
"""Enough for some votes, not for all."""


@pytest.fixture
def crowd(start_server: StartServer) -> Crowd:
    return Crowd.at(start_server(), seats=12, topics=20)


def limit_files(server: Server, size: int) -> None:
    """Let no file of the server grow beyond a size, as on a full disk; what is smaller goes on growing."""
    assert server.process is not None
    resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


def log_of(server: Server) -> Path:
    """The file that grows with each commit."""
    return server.file.with_name(f"{server.file.name}-wal")


def test_full_disk_refuses_votes_and_heals(crowd: Crowd) -> None:
    votes, server = crowd.everything(), crowd.server
    limit_files(server, log_of(server).stat().st_size + ROOM)
    crowd.cast(votes)
    assert {status for vote in votes for status in vote.statuses} == {200, 503}
    assert crowd.missing(votes) == []
    page = httpx.get(f"{server.url}/{crowd.slug}/themen", timeout=60)
    assert page.status_code == 200
    limit_files(server, resource.RLIM_INFINITY)
    crowd.cast([vote for vote in votes if not vote.is_acknowledged])
    assert sorted(crowd.rows()) == sorted(crowd.row(vote) for vote in votes)


def test_refusal_says_when_to_try_again(crowd: Crowd) -> None:
    limit_files(crowd.server, 1)
    voter = crowd.voters[0]
    answer = httpx.post(
        f"{crowd.server.url}/{crowd.slug}/themen/1/interesse", data={"weight": "1"},
        headers={"X-CSRFToken": voter["csrf"], "Origin": crowd.server.url}, cookies={"sitzung": voter["cookie"]},
        timeout=60,
    )
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
