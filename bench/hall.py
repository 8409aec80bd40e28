"""A hall of people for the benchmark: each holds a stream open and sends one vote at a moment of its own."""

from __future__ import annotations

import asyncio
import random
import resource
import sqlite3
import time
import uuid
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from offenraum.project.robots.browser import JSON, Browser
from offenraum.project.robots.page import regions_in
from offenraum.project.robots.wire import Site, Unreachable
from tests.servers import Server

PITCHES = 8
MARK = b"event: region"


@dataclass
class Seen:
    """What the load client measured; times in seconds."""

    votes: list[float] = field(default_factory=list)
    events: list[float] = field(default_factory=list)
    lost: int = 0
    refused: int = 0
    server_cpu: float = 0.0
    client_cpu: float = 0.0
    seconds: float = 0.0

    def percentile(self, times: list[float], share: float) -> float:
        """In milliseconds."""
        return sorted(times)[int(len(times) * share)] * 1e3 if times else float("inf")


class Watcher(asyncio.Protocol):
    """One phone's stream: notes when the next event arrives."""

    def __init__(self, hall: Hall) -> None:
        self.hall = hall

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        self.transport = transport
        transport.write(self.hall.stream_request)

    def data_received(self, data: bytes) -> None:
        if MARK in data:
            self.hall.note_event()
        self.hall.opened += b"200 OK" in data[:20]


class Hall:
    """The people of a staged round on a running server."""

    def __init__(self, server: Server, staged: dict[str, Any]) -> None:
        self.server = server
        self.slug = staged["slug"]
        self.voters = staged["voters"]
        self.moderator = staged["moderator"]
        self.numbers = [int(number) for number in staged["topics"]]
        self.site = Site.at(server.url)
        self.seen = Seen()
        self.opened = 0
        self.called_at: float | None = None
        self.watchers: list[Watcher] = []
        self.stream_request = b""

    def note_event(self) -> None:
        if self.called_at is not None:
            self.seen.events.append(time.perf_counter() - self.called_at)

    async def vote_within(self, seconds: float) -> Seen:
        """Open all streams, let everybody vote once within so many seconds and the desk call pitches."""
        await self.open_streams()
        before, server_before = resource.getrusage(resource.RUSAGE_SELF), self.server.cpu_seconds
        started = time.perf_counter()
        async with asyncio.TaskGroup() as group:
            group.create_task(self.call_pitches(seconds))
            for number, voter in enumerate(self.voters):
                group.create_task(self.vote(number, voter, random.Random(number).uniform(0, seconds)))
        await asyncio.sleep(1)
        after = resource.getrusage(resource.RUSAGE_SELF)
        self.seen.seconds = time.perf_counter() - started
        self.seen.server_cpu = self.server.cpu_seconds - server_before
        self.seen.client_cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        self.seen.lost = len(self.seen.votes) - self.counted()
        for watcher in self.watchers:
            watcher.transport.abort()
        return self.seen

    async def open_streams(self) -> None:
        """The page of the moment names the regions; each phone follows them."""
        page = await Browser(self.site).get(f"/{self.slug}/jetzt")
        regions = sorted(regions_in(page.text), key=lambda region: region.key)
        since = ".".join(region.version for region in regions)
        address = "/live/stream?" + urlencode([*(("key", region.key) for region in regions), ("since", since)])
        self.stream_request = f"GET {address} HTTP/1.1\r\nHost: {self.site.authority}\r\n\r\n".encode()
        loop = asyncio.get_running_loop()
        for start in range(0, len(self.voters), 250):
            some = range(start, min(start + 250, len(self.voters)))
            made = (loop.create_connection(lambda: Watcher(self), self.site.host, self.site.port) for _ in some)
            self.watchers += [watcher for _transport, watcher in await asyncio.gather(*made)]
        while self.opened < len(self.voters):
            await asyncio.sleep(0.05)

    async def vote(self, number: int, voter: dict[str, Any], after: float) -> None:
        """One tap, from sending it to its acknowledgement."""
        await asyncio.sleep(after)
        browser = Browser(self.site)
        browser.cookies["sitzung"] = voter["cookie"]
        topic = self.numbers[number % len(self.numbers)]
        started = time.perf_counter()
        try:
            answer = await browser.post(
                f"/{self.slug}/themen/{topic}/interesse", {"weight": 1, "key": uuid.uuid4()}, accept=JSON,
                csrf=voter["csrf"],
            )
        except Unreachable:
            self.seen.refused += 1
            return
        if answer.status == 200:
            self.seen.votes.append(time.perf_counter() - started)
        else:
            self.seen.refused += 1
        browser.close()

    async def call_pitches(self, seconds: float) -> None:
        """The moderator calls the next pitch again and again; every phone shows it."""
        browser = Browser(self.site)
        browser.cookies["sitzung"] = self.moderator["cookie"]
        for _ in range(PITCHES):
            await asyncio.sleep(seconds / (PITCHES + 1))
            self.called_at = time.perf_counter()
            version = self.ask("SELECT version FROM barcamp_round")
            answer = await browser.post(
                f"/{self.slug}/regie/runde/weiter", {"version": version}, csrf=self.moderator["csrf"]
            )
            assert answer.status == 302, answer.text[:500]

    def counted(self) -> int:
        return self.ask("SELECT count(*) FROM barcamp_interest WHERE weight > 0")

    def ask(self, statement: str) -> int:
        with sqlite3.connect(f"file:{self.server.file}?mode=ro", uri=True) as opened:
            return int(opened.execute(statement).fetchone()[0])
