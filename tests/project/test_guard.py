"""Who is silent, slow or too large is cut; everybody else is answered meanwhile."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from dataclasses import replace

import pytest

from offenraum.live.http import Receive, Scope, Send, respond
from offenraum.project.guard import BodyGuard, Limits
from tests.live.servers import RunningServer, running, wait_until

LIMITS = Limits(connections=60, header_seconds=0.4, body_seconds=0.5, body_bytes=100_000, stalled_seconds=0.5)
PATIENT = Limits(connections=60, header_seconds=90, body_seconds=90, body_bytes=100_000, stalled_seconds=2)
"""For who must not be cut, however slow the machine is."""
GET = b"GET / HTTP/1.1\r\nHost: test\r\n\r\n"
POST = b"POST / HTTP/1.1\r\nHost: test\r\n"
LARGE = 50_000_000


class Echo:
    """Answers with the length of the body it was given; counts how often it was called."""

    def __init__(self) -> None:
        self.calls = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.calls += 1
        message = await receive()
        body = b"x" * LARGE if scope["path"] == "/large" else str(len(message["body"])).encode()
        await respond(send, 200, body, [])


@pytest.fixture
def echo() -> Echo:
    return Echo()


@pytest.fixture
def server(echo: Echo) -> Iterator[RunningServer]:
    with running(BodyGuard(echo, LIMITS), limits=LIMITS) as server:
        yield server


@pytest.fixture
def patient(echo: Echo) -> Iterator[RunningServer]:
    with running(BodyGuard(echo, PATIENT), limits=PATIENT) as server:
        yield server


def everything(bare: socket.socket) -> bytes:
    """All that comes until the server closes."""
    parts = []
    try:
        while part := bare.recv(1 << 16):
            parts.append(part)
    except ConnectionResetError:
        pass
    return b"".join(parts)


def is_cut(bare: socket.socket, data: bytes, pause: float = 0.05) -> bool:
    """Send byte by byte until the server closes, which it must before the last one."""
    with suppress(OSError):
        for byte in data:
            bare.sendall(bytes([byte]))
            time.sleep(pause)
        return False
    return True


@pytest.mark.parametrize("start", [b"", b"GET / HT", POST, GET, GET + b"\r\n", GET + GET[:20]])
def test_silent_connection_is_cut(server: RunningServer, start: bytes) -> None:
    server.config.timeout_keep_alive = 1
    with server.connect(start) as bare:
        everything(bare)


def test_slow_header_is_cut(server: RunningServer) -> None:
    with server.connect() as bare:
        assert is_cut(bare, b"GET / HTTP/1.1\r\nHost: t\r\nX-Slow: " + b"a" * 200)


def test_slow_header_after_an_answer_is_cut(server: RunningServer) -> None:
    with server.connect(GET) as bare:
        bare.recv(1000)
        assert is_cut(bare, b"GET / HTTP/1.1\r\nHost: t\r\nX-Slow: " + b"a" * 200)


def test_endless_header_is_refused(server: RunningServer) -> None:
    with server.connect(b"GET / HTTP/1.1\r\nX-Long: " + b"a" * 200_000) as bare:
        assert everything(bare)[:12] in (b"HTTP/1.1 431", b"")


def test_slow_body_is_refused_and_reaches_no_page(server: RunningServer, echo: Echo) -> None:
    with server.connect(POST + b"Content-Length: 1000\r\n\r\nabc") as bare:
        answer = everything(bare)
    assert (answer[:12], b"connection: close" in answer, echo.calls) == (b"HTTP/1.1 408", True, 0)


@pytest.mark.parametrize(
    "head", [b"Content-Length: 1000000000\r\n\r\n", b"Transfer-Encoding: chunked\r\n\r\n186a1\r\n" + b"a" * 100_001]
)
def test_large_body_is_refused_and_reaches_no_page(server: RunningServer, echo: Echo, head: bytes) -> None:
    with server.connect(POST + head) as bare:
        assert (everything(bare)[:12], echo.calls) == (b"HTTP/1.1 413", 0)


def test_sender_of_a_large_body_can_read_the_answer(patient: RunningServer) -> None:
    answer = patient.post("/", content=b"a" * 3_000_000)
    assert answer.status_code == 413


def test_body_reaches_the_page_whole(patient: RunningServer) -> None:
    assert patient.post("/", content=b"a" * 100_000).text == "100000"
    assert patient.post("/", content=iter([b"a" * 40_000, b"b" * 60_000])).text == "100000"


def test_bodies_together_are_limited(echo: Echo) -> None:
    limits = replace(LIMITS, waiting_bytes=150_000, body_seconds=90)
    guard = BodyGuard(echo, limits)
    with running(guard, limits=limits) as server:
        with server.connect(POST + b"Content-Length: 99999\r\n\r\n" + b"a" * 90_000):
            wait_until(lambda: guard.waiting_bytes == 90_000)
            refused = server.post("/", content=b"a" * 90_000)
        wait_until(lambda: guard.waiting_bytes == 0)
        assert (refused.status_code, refused.headers["retry-after"]) == (503, "5")
        assert server.post("/", content=b"a" * 90_000).status_code == 200


def test_connections_over_the_cap_are_turned_away(echo: Echo) -> None:
    limits = replace(LIMITS, header_seconds=60)
    with running(BodyGuard(echo, limits), limits=limits) as server:
        with ExitStack() as stack:
            for _ in range(limits.connections):
                stack.enter_context(server.connect())
            with server.connect() as late:
                assert everything(late).startswith(b"HTTP/1.1 503 Service Unavailable\r\nretry-after: 5\r\n")
        wait_until(lambda: server.get("/").status_code == 200)


def test_good_requests_are_answered_while_others_attack(server: RunningServer) -> None:
    starts = [b"", b"GET / HTTP/1.1\r\nX: ", POST + b"Content-Length: 9999\r\n\r\n"]
    with ExitStack() as stack:
        for number in range(45):
            stack.enter_context(server.connect(starts[number % 3]))
        assert [server.get("/").text for _ in range(30)] == ["0"] * 30
    wait_until(lambda: len(server.server.server_state.connections) == 0)


def test_reader_that_stopped_reading_is_cut(server: RunningServer, echo: Echo) -> None:
    with server.connect(b"GET /large HTTP/1.1\r\nHost: test\r\n\r\n") as bare:
        wait_until(lambda: echo.calls == 1 and len(server.server.server_state.connections) == 0)
        assert len(everything(bare)) < LARGE


def test_slow_reader_that_goes_on_is_served(patient: RunningServer) -> None:
    with patient.connect(b"GET /large HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n") as bare:
        for _ in range(40):
            bare.recv(1 << 20)
            time.sleep(0.06)
        assert len(everything(bare)) > LARGE - (40 << 20)
