"""The bus over Redis publish and subscribe, for installations that have one anyway."""

from __future__ import annotations

import asyncio
import logging
import secrets
from contextlib import suppress

from django.conf import settings
from redis import Redis, RedisError
from redis.asyncio import Redis as AsyncRedis

from offenraum.live.bus import Changes, OnMessage, packed, unpacked

CHANNEL = "offenraum_live"
AGAIN_SECONDS = 0.5
log = logging.getLogger(__name__)


class RedisBus:
    """Reconnects by itself; after each connect anything may have been missed and is looked up."""

    def __init__(self) -> None:
        self.url = settings.OPTIONS.redis
        self.origin = secrets.token_hex(8)
        self.client: AsyncRedis = AsyncRedis.from_url(self.url)
        self.task: asyncio.Task[None] | None = None

    async def start(self, on_message: OnMessage) -> None:
        self.task = asyncio.create_task(self.listen(on_message))

    async def listen(self, on_message: OnMessage) -> None:
        while True:
            try:
                await self.listen_once(on_message)
            except (RedisError, OSError) as error:
                log.warning("the change bus lost Redis, trying again: %s", error)
                await asyncio.sleep(AGAIN_SECONDS)

    async def listen_once(self, on_message: OnMessage) -> None:
        async with self.client.pubsub(ignore_subscribe_messages=True) as listener:
            await listener.subscribe(CHANNEL)
            on_message(None)
            async for notice in listener.listen():
                changes = unpacked(notice["data"].decode(), self.origin)
                if changes is None or changes:
                    on_message(changes)

    async def send(self, changes: Changes) -> None:
        """A lost message is made good by the look into the database that each process takes every few seconds."""
        try:
            for message in packed(changes, self.origin):
                await self.client.publish(CHANNEL, message)
        except (RedisError, OSError) as error:
            log.warning("a change could not be told to other processes: %s", error)

    async def stop(self) -> None:
        if self.task:
            self.task.cancel()
            with suppress(asyncio.CancelledError):
                await self.task
        await self.client.aclose()

    def speak(self, changes: Changes) -> None:
        with Redis.from_url(self.url) as client:
            for message in packed(changes, self.origin):
                client.publish(CHANNEL, message)
