"""The guard before everything: it cuts who is silent or slow and refuses what is too large.

The server itself never cuts a silent connection or a slow header; that happens in the protocol below. Bodies are taken
in whole before a thread of the pool is asked for, so a slow upload holds no thread that votes need.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from offenraum.live.http import PLAIN, App, Receive, Scope, Send, header_of

LINGER_SECONDS = 1.0
TAKEN = 200
HTML = (b"content-type", b"text/html; charset=utf-8")
TOO_LARGE = """<!doctype html><html lang="de"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Datei zu groß</title><h1>Diese Datei ist zu groß</h1><p>Bitte gehen Sie zurück und wählen Sie eine kleinere.
Bilder dürfen höchstens 8 MB haben.</p><p lang="en">This file is too large. Please go back and choose a smaller one.
Pictures may have at most 8 MB.</p></html>""".encode()
GONE = 499


@dataclass(frozen=True, slots=True)
class Limits:
    """What a visitor may use; times in seconds, sizes in bytes."""

    connections: int = 12_000
    header_seconds: float = 10
    header_bytes: int = 65_536
    body_seconds: float = 20
    body_bytes: int = 10 << 20
    waiting_bytes: int = 256 << 20
    stalled_seconds: float = 60


class GuardedProtocol(HttpToolsProtocol):
    """HTTP/1.1 with a deadline for headers, a cap of connections and an end for readers that stopped reading."""

    limits = Limits()
    deadline: asyncio.TimerHandle | None = None
    stalled: asyncio.TimerHandle | None = None
    header_size = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        if len(self.connections) > self.limits.connections:
            self.turn_away(503, b"retry-after: 5\r\n")
        else:
            self.expect_headers()

    def connection_lost(self, exc: Exception | None) -> None:
        self.headers_are_here()
        self.writing_goes_on()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self.deadline is None and (self.cycle is None or self.cycle.response_complete):
            self.expect_headers()
        super().data_received(data)
        if self.deadline is not None:
            self.header_size += len(data)
            if self.header_size > self.limits.header_bytes and not self.transport.is_closing():
                self.turn_away(431)

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self.expect_headers()

    def on_headers_complete(self) -> None:
        self.headers_are_here()
        super().on_headers_complete()

    def pause_writing(self) -> None:
        super().pause_writing()
        self.writing_goes_on()
        self.look_again_later(self.transport.get_write_buffer_size())

    def resume_writing(self) -> None:
        super().resume_writing()
        self.writing_goes_on()

    def look_again_later(self, unsent: int) -> None:
        """A reader that takes nothing at all for a while is gone; a slow one is not."""
        self.stalled = self.loop.call_later(self.limits.stalled_seconds, self.cut_unless_read, unsent)

    def cut_unless_read(self, unsent: int) -> None:
        left = self.transport.get_write_buffer_size()
        if left < unsent:
            self.look_again_later(left)
        else:
            self.transport.abort()

    def expect_headers(self) -> None:
        if self.deadline is None:
            self.header_size = 0
            self.deadline = self.loop.call_later(self.limits.header_seconds, self.transport.abort)

    def headers_are_here(self) -> None:
        if self.deadline is not None:
            self.deadline.cancel()
            self.deadline = None

    def writing_goes_on(self) -> None:
        if self.stalled is not None:
            self.stalled.cancel()
            self.stalled = None

    def turn_away(self, status: int, headers: bytes = b"") -> None:
        reason = HTTPStatus(status).phrase.encode()
        head = b"HTTP/1.1 %d %s\r\n%sconnection: close\r\ncontent-length: 0\r\n\r\n" % (status, reason, headers)
        self.transport.write(head)
        self.transport.close()


def guarded_protocol(limits: Limits) -> type[HttpToolsProtocol]:
    """The protocol with these limits."""
    return type("GuardedProtocol", (GuardedProtocol,), {"limits": limits})


class BodyGuard:
    """Takes in whole bodies, in time and up to their cap, before the app behind it is called."""

    def __init__(self, app: App, limits: Limits) -> None:
        self.app = app
        self.limits = limits
        self.waiting_bytes = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        body = bytearray()
        try:
            status = await self.take_in(scope, receive, body)
            if status == TAKEN:
                await self.app(scope, replay(bytes(body), receive), send)
            elif status != GONE:
                await turn_away(receive, send, status)
        finally:
            self.waiting_bytes -= len(body)

    async def take_in(self, scope: Scope, receive: Receive, body: bytearray) -> int:
        """Read all of the body in time; a status: taken, gone, or why not."""
        length = header_of(scope, b"content-length")
        if length.isdigit() and int(length) > self.limits.body_bytes:
            return 413
        if not has_body(scope):
            return TAKEN
        try:
            async with asyncio.timeout(self.limits.body_seconds):
                return await self.read(receive, body)
        except TimeoutError:
            return 408

    async def read(self, receive: Receive, body: bytearray) -> int:
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                return GONE
            body += message["body"]
            self.waiting_bytes += len(message["body"])
            if len(body) > self.limits.body_bytes:
                return 413
            if self.waiting_bytes > self.limits.waiting_bytes:
                return 503
            if not message["more_body"]:
                return TAKEN


def has_body(scope: Scope) -> bool:
    return header_of(scope, b"content-length") not in {"", "0"} or bool(header_of(scope, b"transfer-encoding"))


def replay(body: bytes, receive: Receive) -> Receive:
    """A `receive` that hands out the whole body once."""
    messages: list[dict[str, Any]] = [{"type": "http.request", "body": body, "more_body": False}]

    async def received() -> dict[str, Any]:
        return messages.pop() if messages else await receive()

    return received


async def turn_away(receive: Receive, send: Send, status: int) -> None:
    """Answer without the body; what still arrives is thrown away for a moment, so that the answer can be read."""
    reason = TOO_LARGE if status == 413 else HTTPStatus(status).phrase.encode()
    kind = HTML if status == 413 else PLAIN
    headers = [kind, (b"content-length", str(len(reason)).encode()), (b"connection", b"close")]
    headers += [(b"retry-after", b"5")] if status == 503 else []
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": reason, "more_body": True})
    with suppress(TimeoutError):
        async with asyncio.timeout(LINGER_SECONDS):
            while (await receive())["type"] != "http.disconnect":
                pass
    await send({"type": "http.response.body", "body": b""})
