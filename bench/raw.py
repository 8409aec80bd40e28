"""The yardstick: a bare asyncio/uvloop socket loop that writes the same bytes to every connection, and nothing else."""

from __future__ import annotations

import asyncio
import sys

import uvloop

EVENT_BYTES = 1000
HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n"
DONE = b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n"


class Raw(asyncio.Protocol):
    """`GET /push` writes one event to all who opened another path."""

    watchers: set[asyncio.Transport] = set()
    event = b""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        self.transport = transport
        self.request = b""

    def data_received(self, data: bytes) -> None:
        self.request += data
        if not self.request.endswith(b"\r\n\r\n"):
            return
        if self.request.startswith(b"GET /push"):
            for watcher in self.watchers:
                watcher.write(self.event)
            self.transport.write(DONE)
        else:
            self.transport.write(HEAD)
            self.watchers.add(self.transport)
        self.request = b""

    def connection_lost(self, exc: Exception | None) -> None:
        self.watchers.discard(self.transport)


async def serve(port: int) -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Raw, "127.0.0.1", port, backlog=8192)
    await server.serve_forever()


if __name__ == "__main__":
    body = b"event: region\nid: 0-0\ndata: {\"html\":\"~" + b"x" * EVENT_BYTES + b"\"}\n\n"
    Raw.event = b"%x\r\n%s\r\n" % (len(body), body)
    uvloop.run(serve(int(sys.argv[1])))
