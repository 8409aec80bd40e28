"""The whole server in a thread of the test, and a reader of its stream."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
import uvicorn
from django.db import connection, transaction

from offenraum.live.changes import announce
from offenraum.live.http import App
from offenraum.live.versions import read_versions
from offenraum.live.wire import NOTHING
from offenraum.project.asgi import Application
from offenraum.project.commands.serve import LiveServer, listen
from offenraum.project.guard import Limits, guarded_protocol

SCOPE = "conf"
WAIT_SECONDS = 60.0


def count(topic: str, scope: str = SCOPE) -> int:
    """How often a topic has changed, from the database: what the probe regions show."""
    return read_versions([scope]).get((scope, topic), NOTHING).version


def change(*topics: str, scope: str = SCOPE) -> None:
    with transaction.atomic():
        announce(scope=scope, topics=topics)


def change_from_outside(topic: str) -> None:
    """A command of the program, in a process of its own, changes the same database."""
    code = (
        "import django; django.setup()\n"
        "from django.conf import settings\n"
        "settings.DATABASES['default']['NAME'] = NAME\n"
        "from django.db import transaction\n"
        "from offenraum.live.changes import announce\n"
        "with transaction.atomic(): announce(scope=SCOPE, topics=[TOPIC])\n"
    )
    named = f"NAME, SCOPE, TOPIC = {connection.settings_dict['NAME']!r}, {SCOPE!r}, {topic!r}\n"
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "offenraum.project.settings"}
    subprocess.run([sys.executable, "-c", named + code], env=environment, check=True, timeout=240)


@dataclass
class Event:
    """One server-sent event."""

    name: str = "message"
    data: str = ""
    id: str = ""

    @property
    def region(self) -> dict[str, Any]:
        told: dict[str, Any] = json.loads(self.data)
        return told


@dataclass
class Stream:
    """An open stream, read event by event."""

    lines: Iterator[str]
    retry: list[int] = field(default_factory=list)

    def next(self, name: str = "") -> Event:
        """The next event (of a name)."""
        while True:
            event = self.read()
            if name in ("", event.name):
                return event

    def read(self) -> Event:
        event = Event()
        for line in self.lines:
            key, _, value = line.partition(": ")
            if key == "event":
                event.name = value
            elif key == "data":
                event.data = value
            elif key == "id":
                event.id = value
            elif key == "retry":
                self.retry.append(int(value))
            elif event.data:
                return event
        raise EOFError("the stream has ended")


class RunningServer:
    """uvicorn in a thread."""

    def __init__(self, app: App, protocol: Any, port: int) -> None:
        self.listener = listen("127.0.0.1", port)
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        self.config = uvicorn.Config(
            app, http=protocol, ws="none", lifespan="auto", log_config=None, access_log=False,
            timeout_graceful_shutdown=2,
        )
        self.server = LiveServer(self.config, app) if isinstance(app, Application) else uvicorn.Server(self.config)
        self.thread = threading.Thread(target=self.run)

    def run(self) -> None:
        self.server.run(sockets=[self.listener])

    @property
    def address(self) -> tuple[str, int]:
        host, port = self.url.removeprefix("http://").split(":")
        return host, int(port)

    def connect(self, data: bytes = b"") -> socket.socket:
        """A bare connection."""
        bare = socket.create_connection(self.address, timeout=WAIT_SECONDS)
        bare.sendall(data)
        return bare

    @contextmanager
    def stream(self, query: dict[str, Any], headers: dict[str, str] | None = None) -> Iterator[Stream]:
        """Open /live/stream."""
        url = f"{self.url}/live/stream"
        with httpx.stream("GET", url, params=query, headers=headers, timeout=WAIT_SECONDS) as answer:
            assert answer.status_code == 200, answer.read()
            yield Stream(answer.iter_lines())

    def raw(self, path: str, headers: dict[str, str]) -> AbstractContextManager[httpx.Response]:
        """An answer whose body is not unpacked."""
        return httpx.stream("GET", self.url + path, headers=headers, timeout=WAIT_SECONDS)

    def request(self, method: str, path: str) -> httpx.Response:
        return httpx.request(method, self.url + path, timeout=WAIT_SECONDS)

    def post(self, path: str, **arguments: Any) -> httpx.Response:
        return httpx.post(self.url + path, timeout=WAIT_SECONDS, **arguments)

    def get(self, path: str, **arguments: Any) -> httpx.Response:
        return httpx.get(self.url + path, timeout=WAIT_SECONDS, **arguments)


@contextmanager
def running(app: App, *, limits: Limits | None = None, protocol: str = "", port: int = 0) -> Iterator[RunningServer]:
    """Serve an app for as long as the block lasts, by the guard's protocol or one of uvicorn's own."""
    server = RunningServer(app, protocol or guarded_protocol(limits or Limits()), port)
    server.thread.start()
    try:
        wait_until(lambda: server.server.started)
        yield server
    finally:
        server.server.should_exit = True
        server.thread.join()


def wait_until(is_so: Callable[[], bool]) -> None:
    """Look every few milliseconds, for at most `WAIT_SECONDS`."""
    pause = threading.Event()
    for _ in range(int(WAIT_SECONDS / 0.005)):
        if is_so():
            return
        pause.wait(0.005)
    raise AssertionError("it did not come true in time")
