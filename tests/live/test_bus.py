"""Changes on their way between processes."""

from __future__ import annotations

import asyncio
import shutil
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from offenraum.live.bus import MESSAGE_BYTES, Bus, Changes, LocalBus, make_bus, packed, unpacked
from offenraum.live.bus_postgres import CHANNEL, PgNotifyBus
from offenraum.live.bus_redis import RedisBus
from tests.live.servers import WAIT_SECONDS, change_from_outside, wait_until
from tests.postgres import free_port

BOARD: Changes = frozenset({("conf", "board")})
WORDS = st.text(st.characters(min_codepoint=32, max_codepoint=0x2FFF), max_size=80)


@hypothesis_settings(deadline=None)
@given(st.frozensets(st.tuples(WORDS, WORDS), min_size=1, max_size=300))
def test_changes_survive_the_way_in_messages_that_fit(changes: Changes) -> None:
    messages = list(packed(changes, "me"))
    read = [unpacked(message, "you") for message in messages]
    assert frozenset().union(*(part for part in read if part)) == changes
    assert all(len(message.encode()) < 8000 for message in messages)
    assert all(len(message) <= MESSAGE_BYTES + 100 for message in messages)


def test_own_message_is_no_news() -> None:
    assert [unpacked(message, "me") for message in packed(BOARD, "me")] == [frozenset()]


@pytest.mark.parametrize("text", ["", "{}", "[1]", '["you", 3]', '["you", ["board"]]', "[", "null"])
def test_message_that_cannot_be_read_means_anything(text: str) -> None:
    assert unpacked(text, "me") is None


class Listener:
    """A bus on a loop of its own, and what it heard."""

    def __init__(self, bus: Bus) -> None:
        self.bus = bus
        self.heard: list[Changes | None] = []
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever)

    def start(self) -> Listener:
        self.thread.start()
        asyncio.run_coroutine_threadsafe(self.bus.start(self.heard.append), self.loop).result(WAIT_SECONDS)
        return self

    def send(self, changes: Changes) -> None:
        asyncio.run_coroutine_threadsafe(self.bus.send(changes), self.loop).result(WAIT_SECONDS)

    def stop(self) -> None:
        asyncio.run_coroutine_threadsafe(self.bus.stop(), self.loop).result(WAIT_SECONDS)
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()
        self.loop.close()


def pair(first: Bus, second: Bus) -> Iterator[tuple[Listener, Listener]]:
    """Two processes on one bus, both listening."""
    listeners = Listener(first).start(), Listener(second).start()
    wait_until(lambda: all(None in listener.heard for listener in listeners))
    for listener in listeners:
        listener.heard.clear()
    yield listeners
    for listener in listeners:
        listener.stop()


@pytest.fixture
def on_postgres(transactional_db: None) -> Iterator[tuple[Listener, Listener]]:
    if connection.vendor != "postgresql":
        pytest.skip("about PostgreSQL")
    yield from pair(PgNotifyBus(), PgNotifyBus())


@pytest.fixture
def redis_url(tmp_path: Path) -> Iterator[str]:
    program = shutil.which("redis-server")
    if not program:
        pytest.skip("no redis-server")
    port = free_port()
    command = [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(tmp_path)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    yield f"redis://127.0.0.1:{port}/0"
    process.terminate()
    process.wait()


@pytest.fixture
def on_redis(redis_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Listener, Listener]]:
    options = settings.OPTIONS.model_copy(update={"bus": "redis", "redis": redis_url})
    monkeypatch.setattr(settings, "OPTIONS", options)
    first, second = make_bus(), make_bus()
    assert isinstance(first, RedisBus)
    yield from pair(first, second)


def exchange(listeners: tuple[Listener, Listener]) -> None:
    """What one sends the other hears, and the sender does not."""
    first, second = listeners
    first.send(BOARD)
    wait_until(lambda: BOARD in second.heard)
    second.bus.speak(frozenset({("conf", "plan")}))
    wait_until(lambda: frozenset({("conf", "plan")}) in first.heard)
    assert [change for change in first.heard if change] == [frozenset({("conf", "plan")})]
    assert [change for change in second.heard if change] == [BOARD]


@pytest.mark.postgres
def test_postgres_carries_changes_between_processes(on_postgres: tuple[Listener, Listener]) -> None:
    exchange(on_postgres)


def test_redis_carries_changes_between_processes(on_redis: tuple[Listener, Listener]) -> None:
    exchange(on_redis)


@pytest.mark.postgres
def test_postgres_connection_that_breaks_is_made_again(on_postgres: tuple[Listener, Listener]) -> None:
    first, second = on_postgres
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
            "WHERE query = %s AND datname = current_database()",
            [f"LISTEN {CHANNEL}"],
        )
        assert cursor.fetchone() == (2,)
    wait_until(lambda: first.heard == [None] and second.heard == [None])
    exchange(on_postgres)


@pytest.mark.postgres
def test_command_speaks_to_the_servers_by_itself(on_postgres: tuple[Listener, Listener]) -> None:
    change_from_outside("board")
    wait_until(lambda: all(BOARD in listener.heard for listener in on_postgres))


def test_commit_of_another_process_is_noticed_on_sqlite(sqlite_file: Path) -> None:
    listener = Listener(LocalBus()).start()
    try:
        time.sleep(0.3)
        assert listener.heard == []
        change_from_outside("board")
        wait_until(lambda: listener.heard == [None])
    finally:
        listener.stop()
