"""How changes reach other processes: by the database file, by PostgreSQL NOTIFY or by Redis."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from typing import Protocol

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils.module_loading import import_string

from offenraum.kit.lull import data_version
from offenraum.live.versions import Change

Changes = frozenset[Change]
OnMessage = Callable[[Changes | None], None]
MESSAGE_BYTES = 7000
WATCH_SECONDS = 0.1


class Bus(Protocol):
    """A way to other processes; `on_message(None)` means that anything may have changed."""

    async def start(self, on_message: OnMessage) -> None: ...

    async def send(self, changes: Changes) -> None: ...

    async def stop(self) -> None: ...

    def speak(self, changes: Changes) -> None:
        """Send from a process without an event loop (a command, the worker)."""


class Exchange:
    """Where announcements of this process go: to its hub when it has one, else straight to the bus."""

    def __init__(self) -> None:
        self.listener: Callable[[Changes], None] | None = None
        self.bus: Bus | None = None

    def tell(self, changes: Changes) -> None:
        if self.listener:
            self.listener(changes)
        elif self.bus:
            self.bus.speak(changes)


EXCHANGE = Exchange()
BUSES = {
    "local": "offenraum.live.bus.LocalBus",
    "postgres": "offenraum.live.bus_postgres.PgNotifyBus",
    "redis": "offenraum.live.bus_redis.RedisBus",
}


def make_bus() -> Bus:
    """The bus of the settings: by itself PostgreSQL's where that is the database, else none is needed."""
    by_itself = "postgres" if connection.vendor == "postgresql" else "local"
    kind = settings.OPTIONS.bus
    bus: Bus = import_string(BUSES[by_itself if kind == "auto" else kind])()
    return bus


def tell(changes: Changes) -> None:
    """Pass on what was committed."""
    EXCHANGE.tell(changes)


class LocalBus:
    """One process needs no messenger; on SQLite other processes of the machine are noticed by their commits."""

    def __init__(self) -> None:
        self.ended = threading.Event()
        self.watcher: threading.Thread | None = None

    async def start(self, on_message: OnMessage) -> None:
        if connection.vendor == "sqlite":
            notice = asyncio.get_running_loop().call_soon_threadsafe
            self.watcher = threading.Thread(
                target=watch, args=(self.ended, lambda: notice(on_message, None)), name="watch", daemon=True
            )
            self.watcher.start()

    async def send(self, changes: Changes) -> None:
        pass

    async def stop(self) -> None:
        self.ended.set()
        if self.watcher:
            await asyncio.to_thread(self.watcher.join)

    def speak(self, changes: Changes) -> None:
        pass


def watch(ended: threading.Event, notice: Callable[[], None]) -> None:
    """Call `notice` whenever another connection has committed to the SQLite file."""
    last = None
    while not ended.wait(WATCH_SECONDS):
        with suppress(DatabaseError, RuntimeError):
            version = data_version()
            if last not in (None, version):
                notice()
            last = version
    connection.close()


def packed(changes: Iterable[Change], origin: str) -> Iterator[str]:
    """Messages of at most `MESSAGE_BYTES` (NOTIFY carries 8,000), each naming the process that sends it."""
    part: list[Change] = []
    size = 0
    for change in sorted(changes):
        length = len(json.dumps(change)) + 1
        if part and size + length > MESSAGE_BYTES:
            yield json.dumps([origin, part])
            part, size = [], 0
        part.append(change)
        size += length
    if part:
        yield json.dumps([origin, part])


def unpacked(text: str, origin: str) -> Changes | None:
    """What another process sent; nothing when it comes from this one, None (anything) when it cannot be read."""
    try:
        sender, changes = json.loads(text)
        read = frozenset((str(scope), str(topic)) for scope, topic in changes)
    except (ValueError, TypeError):
        return None
    return frozenset() if sender == origin else read
