"""A load client: thousands of open streams on one uvloop, which notes when the last of them has received an event."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable


class Watcher(asyncio.Protocol):
    """One stream; waits for the mark that ends each event it is about."""

    def __init__(self, fleet: Fleet) -> None:
        self.fleet = fleet
        self.has_begun = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        self.transport = transport
        transport.write(self.fleet.request)

    def data_received(self, data: bytes) -> None:
        if not self.has_begun:
            self.has_begun = True
            self.fleet.note()
        elif self.fleet.mark in data:
            self.fleet.note()


class Fleet:
    """Many streams at one server."""

    def __init__(self, port: int, path: str, *, mark: bytes = b"~") -> None:
        self.port = port
        self.mark = mark
        self.request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode()
        self.watchers: list[Watcher] = []
        self.missing = 0
        self.times: list[float] = []
        self.is_complete = asyncio.Event()

    def note(self) -> None:
        """One more stream has what it waits for."""
        self.missing -= 1
        self.times.append(time.perf_counter())
        if self.missing == 0:
            self.is_complete.set()

    def expect(self, count: int) -> None:
        self.missing, self.times = count, []
        self.is_complete.clear()

    async def open(self, count: int) -> float:
        """Open streams all at once; seconds until the last has its first bytes."""
        self.expect(count)
        started = time.perf_counter()
        loop = asyncio.get_running_loop()
        make: Callable[[], Watcher] = lambda: Watcher(self)  # noqa: E731
        for start in range(0, count, 500):
            some = range(start, min(start + 500, count))
            pairs = await asyncio.gather(*(loop.create_connection(make, "127.0.0.1", self.port) for _ in some))
            self.watchers += [watcher for _transport, watcher in pairs]
        await asyncio.wait_for(self.is_complete.wait(), 60)
        return self.times[-1] - started

    async def close(self) -> None:
        for watcher in self.watchers:
            watcher.transport.abort()
        self.watchers = []
        await asyncio.sleep(0.5)

    async def push(self, path: str) -> list[float]:
        """Trigger one event; the seconds after which each stream had it."""
        self.expect(len(self.watchers))
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        started = time.perf_counter()
        writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
        await asyncio.wait_for(self.is_complete.wait(), 60)
        await reader.readuntil(b"\r\n\r\n")
        writer.close()
        return [moment - started for moment in self.times]
