"""Many phones that vote on a real server at once, and remember what it acknowledged."""

from __future__ import annotations

import asyncio
import json
import sqlite3
import subprocess
import sys
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import psycopg

from offenraum.project.robots.browser import JSON, Browser
from offenraum.project.robots.wire import Site, Unreachable
from tests.servers import Server

VOTES = "SELECT seat_id, topic_id, weight, key FROM barcamp_interest"


@dataclass
class Vote:
    """One tap: who wants what, with the key that makes a retry harmless."""

    voter: int
    number: int
    key: uuid.UUID = field(default_factory=uuid.uuid4)
    statuses: list[int] = field(default_factory=list)

    @property
    def is_acknowledged(self) -> bool:
        return 200 in self.statuses


@dataclass
class Crowd:
    """The voters of a staged round on a server."""

    server: Server
    slug: str
    voters: list[dict[str, Any]]
    topics: dict[int, int]

    @classmethod
    def at(cls, server: Server, *, seats: int, topics: int) -> Crowd:
        """Stage a vote on a server's database."""
        finished = subprocess.run(
            [sys.executable, "-m", "tests.faults.stage", str(seats), str(topics)],
            env=server.environment, check=True, capture_output=True, text=True,
        )
        told = json.loads(finished.stdout)
        return cls(server, told["slug"], told["voters"], {int(n): pk for n, pk in told["topics"].items()})

    def everything(self) -> list[Vote]:
        """Each voter wants each topic once; neighbours tap at the same time."""
        return [Vote(voter, number) for number in self.topics for voter in range(len(self.voters))]

    def cast(self, votes: list[Vote], *, on_answer: Callable[[int], None] = lambda _count: None) -> None:
        """Send the votes, each voter one after the other, all voters at once."""
        asyncio.run(self.cast_all(votes, on_answer))

    async def cast_all(self, votes: list[Vote], on_answer: Callable[[int], None]) -> None:
        counts = iter(range(1, len(votes) + 1))
        async with asyncio.TaskGroup() as group:
            for number, voter in enumerate(self.voters):
                own = [vote for vote in votes if vote.voter == number]
                group.create_task(self.cast_own(voter, own, lambda: on_answer(next(counts))))

    async def cast_own(self, voter: dict[str, Any], votes: list[Vote], answered: Callable[[], None]) -> None:
        browser = Browser(Site.at(self.server.url))
        browser.cookies["sitzung"] = voter["cookie"]
        for vote in votes:
            try:
                vote.statuses.append(await self.send(browser, voter, vote))
            except Unreachable:
                break
            answered()
        browser.close()

    async def send(self, browser: Browser, voter: dict[str, Any], vote: Vote) -> int:
        fields = {"weight": 1, "key": vote.key}
        answer = await browser.post(
            f"/{self.slug}/themen/{vote.number}/interesse", fields, accept=JSON, csrf=voter["csrf"]
        )
        return answer.status

    def row(self, vote: Vote) -> tuple[int, int, int, uuid.UUID]:
        """The row that a vote must have left."""
        return self.voters[vote.voter]["seat"], self.topics[vote.number], 1, vote.key

    def rows(self) -> list[tuple[int, int, int, uuid.UUID]]:
        """What the database holds, read past the program."""
        if self.server.database:
            with psycopg.connect(self.server.database) as opened:
                return opened.execute(VOTES).fetchall()
        with sqlite3.connect(f"file:{self.server.file}?mode=ro", uri=True) as opened:
            return [(seat, topic, weight, uuid.UUID(key)) for seat, topic, weight, key in opened.execute(VOTES)]

    def missing(self, votes: list[Vote]) -> list[Vote]:
        """Acknowledged votes that are not in the database: there must be none."""
        found = set(self.rows())
        return [vote for vote in votes if vote.is_acknowledged and self.row(vote) not in found]
