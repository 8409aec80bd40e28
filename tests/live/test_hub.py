"""The hub on real servers: what a server's `send` must keep, and what slow clients receive."""

from __future__ import annotations

import asyncio
import re
import socket
import time
from collections.abc import Iterator

import pytest

from offenraum.live.delivery import DirectDelivery, TaskDelivery
from offenraum.live.http import Receive, Scope, Send
from offenraum.live.hub import Channel, Delivery, Hub
from offenraum.live.wire import NOTHING, Key, Part, Tag
from tests.live.servers import WAIT_SECONDS, RunningServer, running, wait_until

KEY = Key("conf", "board", "de")
CHANGES = 2000
HTML = "x" * 4000
VERSIONS = re.compile(rb"^id: 1-([0-9a-f]+)\n", re.MULTILINE)
REQUEST = b"GET / HTTP/1.1\r\nHost: test\r\n\r\n"


class HubApp:
    """A server that only has a hub; every connection is a stream."""

    def __init__(self, delivery: type[Delivery]) -> None:
        self.hub = Hub(delivery)
        self.loop: asyncio.AbstractEventLoop | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.loop = asyncio.get_running_loop()
        await send({"type": "http.response.start", "status": 200, "headers": []})
        client = self.hub.join(keys=(KEY,), seen=(NOTHING,), send=send)
        self.hub.is_greeted(client, client.channel.tags)
        while (await receive())["type"] != "http.disconnect":
            pass
        self.hub.leave(client)

    @property
    def channel(self) -> Channel:
        return self.hub.channels[(KEY,)]

    def publish(self, first: int, last: int) -> None:
        """Publish versions one after the other; return when the last is handed over."""
        assert self.loop is not None
        asyncio.run_coroutine_threadsafe(self.publish_all(first, last), self.loop).result(WAIT_SECONDS)

    async def publish_all(self, first: int, last: int) -> None:
        for number in range(first, last + 1):
            self.channel.update({KEY: Part(Tag(1, number), f"{number:x} {HTML}")})
            await self.hub.publish(self.channel)


@pytest.fixture(params=["guarded", "httptools", "h11"])
def protocol(request: pytest.FixtureRequest) -> str:
    return "" if request.param == "guarded" else str(request.param)


@pytest.fixture(params=[DirectDelivery, TaskDelivery])
def app(request: pytest.FixtureRequest) -> HubApp:
    return HubApp(request.param)


@pytest.fixture
def server(app: HubApp, protocol: str) -> Iterator[RunningServer]:
    with running(app, protocol=protocol) as server:
        yield server


def open_stream(server: RunningServer, receive_buffer: int = 0) -> socket.socket:
    """A connection whose kernel buffer may be small."""
    bare = socket.socket()
    if receive_buffer:
        bare.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
    bare.settimeout(WAIT_SECONDS)
    bare.connect(server.address)
    bare.sendall(REQUEST)
    return bare


def read_versions_until(bare: socket.socket, last: int) -> list[int]:
    """The versions a client receives, in order, up to `last`."""
    seen: list[int] = []
    rest = b""
    while not seen or seen[-1] < last:
        rest += bare.recv(1 << 20)
        found = list(VERSIONS.finditer(rest))
        seen += [int(match[1], 16) for match in found]
        rest = rest[found[-1].end():] if found else rest
    return seen


def test_client_that_reads_receives_every_version_in_order(app: HubApp, server: RunningServer) -> None:
    with open_stream(server) as reader:
        wait_until(lambda: app.hub.count() == 1)
        app.publish(1, 10)
        assert read_versions_until(reader, 10)[-1] == 10


def test_slow_client_receives_the_newest_and_does_not_hold_up_others(app: HubApp, server: RunningServer) -> None:
    with open_stream(server, receive_buffer=4096) as slow, open_stream(server) as quick:
        wait_until(lambda: app.hub.count() == 2)
        for first in range(1, CHANGES, 10):
            app.publish(first, first + 9)
            assert read_versions_until(quick, first + 9)[-1] == first + 9
        seen = read_versions_until(slow, CHANGES)
    assert seen == sorted(set(seen))
    assert len(seen) < CHANGES / 2


def test_stopped_client_costs_no_memory_that_grows(app: HubApp, server: RunningServer) -> None:
    with open_stream(server, receive_buffer=4096):
        wait_until(lambda: app.hub.count() == 1)
        app.publish(1, CHANGES)
        (client,) = app.hub.clients()
        assert (client.is_busy, len(app.channel.messages)) == (True, 0)


def test_client_that_leaves_is_forgotten(app: HubApp, server: RunningServer) -> None:
    with open_stream(server):
        wait_until(lambda: app.hub.count() == 1)
    wait_until(lambda: app.hub.count() == 0)
    assert app.hub.channels == {}


def test_stopped_client_that_leaves_is_forgotten(app: HubApp, server: RunningServer) -> None:
    with open_stream(server, receive_buffer=4096):
        wait_until(lambda: app.hub.count() == 1)
        app.publish(1, CHANGES)
    wait_until(lambda: app.hub.count() == 0)


def test_streams_are_ended_although_one_does_not_read(app: HubApp, server: RunningServer) -> None:
    with open_stream(server, receive_buffer=4096):
        wait_until(lambda: app.hub.count() == 1)
        app.publish(1, CHANGES)
        with open_stream(server):
            wait_until(lambda: app.hub.count() == 2)
            assert app.loop is not None
            asyncio.run_coroutine_threadsafe(app.hub.end(app.hub.clients()), app.loop).result(WAIT_SECONDS)
            wait_until(lambda: app.hub.count() == 1)


@pytest.mark.sample(2)
def test_send_that_waits_has_written_nothing(server: RunningServer, app: HubApp) -> None:
    """The contract of a direct push: what a stopped step would have written never arrives twice or in part."""
    with open_stream(server, receive_buffer=4096) as slow:
        wait_until(lambda: app.hub.count() == 1)
        app.publish(1, CHANGES)
        started = time.monotonic()
        body = b""
        while f"id: 1-{CHANGES:x}\n".encode() not in body:
            body += slow.recv(1 << 20)
            assert time.monotonic() - started < WAIT_SECONDS
        while not body.endswith(b"\n\n\r\n"):
            body += slow.recv(1 << 20)
    events = unchunked(body).split(b"\n\n")[:-1]
    assert all(re.fullmatch(rb"event: region\nid: (\S+)\ndata: \{.*\1.*x{4000}\"\}", event) for event in events)


def unchunked(body: bytes) -> bytes:
    """The content of a chunked answer; fails on a broken frame."""
    rest = body.partition(b"\r\n\r\n")[2]
    content = b""
    while rest:
        size, _, rest = rest.partition(b"\r\n")
        length = int(size, 16)
        assert rest[length : length + 2] == b"\r\n"
        content += rest[:length]
        rest = rest[length + 2 :]
    return content
