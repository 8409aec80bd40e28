"""A load client: some kept connections, each asking again as soon as it is answered."""

from __future__ import annotations

import asyncio
import re
import time

LENGTH = re.compile(rb"content-length: (\d+)", re.IGNORECASE)

UNCHANGED = 304


class Asker(asyncio.Protocol):
    """One kept connection."""

    def __init__(self, load: Load) -> None:
        self.load = load
        self.buffer = b""
        self.started = 0.0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        self.transport = transport
        self.ask()

    def ask(self) -> None:
        self.started = time.perf_counter()
        self.transport.write(self.load.request)

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        head, end, body = self.buffer.partition(b"\r\n\r\n")
        if not end:
            return
        length = LENGTH.search(head)
        if length is None and self.load.status != UNCHANGED:
            raise ValueError(head.decode())
        if len(body) >= (int(length[1]) if length else 0):
            self.buffer = b""
            self.load.answered(head, time.perf_counter() - self.started)
            if not self.load.is_over:
                self.ask()


class Load:
    """Ask for one path over and over."""

    def __init__(
        self, port: int, path: str, *, accept_encoding: str = "gzip, br", tag: str = "", status: int = 200
    ) -> None:
        self.status = status
        self.port = port
        lines = [f"GET {path} HTTP/1.1", "Host: 127.0.0.1", f"Accept-Encoding: {accept_encoding}"]
        lines += [f"If-None-Match: {tag}", "", ""] if tag else ["", ""]
        self.request = "\r\n".join(lines).encode()
        self.times: list[float] = []
        self.is_over = False

    def answered(self, head: bytes, seconds: float) -> None:
        if not head.startswith(f"HTTP/1.1 {self.status}".encode()):
            raise ValueError(head.decode())
        self.times.append(seconds)

    async def run(self, *, connections: int, seconds: float) -> float:
        """Answers per second."""
        loop = asyncio.get_running_loop()
        self.is_over, self.times = False, []
        started = time.perf_counter()
        pairs = [await loop.create_connection(lambda: Asker(self), "127.0.0.1", self.port) for _ in range(connections)]
        await asyncio.sleep(seconds)
        self.is_over = True
        count, took = len(self.times), time.perf_counter() - started
        for transport, _ in pairs:
            transport.close()
        return count / took
