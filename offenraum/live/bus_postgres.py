"""The bus over PostgreSQL: one LISTEN connection in each process, one NOTIFY for each tick."""

from __future__ import annotations

import asyncio
import logging
import secrets
from contextlib import suppress
from typing import Any

import psycopg
from django.db import connection

from offenraum.live.bus import Changes, OnMessage, packed, unpacked

CHANNEL = "offenraum_live"
AGAIN_SECONDS = 0.5
NOTIFY = "SELECT pg_notify(%s, %s)"
log = logging.getLogger(__name__)


class PgNotifyBus:
    """Reconnects by itself; after each connect anything may have been missed and is looked up."""

    def __init__(self) -> None:
        self.origin = secrets.token_hex(8)
        self.parameters: dict[str, Any] = {}
        self.task: asyncio.Task[None] | None = None
        self.sender: psycopg.AsyncConnection[Any] | None = None

    async def start(self, on_message: OnMessage) -> None:
        self.parameters = connection_parameters()
        self.task = asyncio.create_task(self.listen(on_message))

    async def listen(self, on_message: OnMessage) -> None:
        while True:
            try:
                await self.listen_once(on_message)
            except (psycopg.Error, OSError) as error:
                log.warning("the change bus lost PostgreSQL, trying again: %s", error)
                await asyncio.sleep(AGAIN_SECONDS)

    async def listen_once(self, on_message: OnMessage) -> None:
        async with await self.connect() as listener:
            await listener.execute(f"LISTEN {CHANNEL}")
            on_message(None)
            async for notice in listener.notifies():
                changes = unpacked(notice.payload, self.origin)
                if changes is None or changes:
                    on_message(changes)

    async def connect(self) -> psycopg.AsyncConnection[Any]:
        return await psycopg.AsyncConnection.connect(**self.parameters, autocommit=True)

    async def send(self, changes: Changes) -> None:
        """A lost message is made good by the look into the database that each process takes every few seconds."""
        try:
            if self.sender is None or self.sender.closed:
                self.sender = await self.connect()
            for message in packed(changes, self.origin):
                await self.sender.execute(NOTIFY, (CHANNEL, message))
        except (psycopg.Error, OSError) as error:
            log.warning("a change could not be told to other processes: %s", error)
            self.sender = None

    async def stop(self) -> None:
        if self.task:
            self.task.cancel()
            with suppress(asyncio.CancelledError):
                await self.task
        if self.sender:
            await self.sender.close()

    def speak(self, changes: Changes) -> None:
        with connection.cursor() as cursor:
            for message in packed(changes, self.origin):
                cursor.execute(NOTIFY, (CHANNEL, message))


def connection_parameters() -> dict[str, Any]:
    """What Django's connection uses, without Django's own cursor classes."""
    known = connection.get_connection_params()
    return {name: value for name, value in known.items() if name in {"dbname", "user", "password", "host", "port"}}
