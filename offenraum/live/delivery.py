"""Two ways to put a message into a connection: stepping its `send` directly, or one task for each message."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from offenraum.live.http import Message
from offenraum.live.hub import Client, Tags, chunk

WhenFree = Callable[[Client], None]


class DirectDelivery:
    """Step the client's `send` once. Safe on servers whose `send` waits before it writes anything (tested for each)."""

    def __init__(self, when_free: WhenFree) -> None:
        self.when_free = when_free
        self.tasks: set[asyncio.Task[None]] = set()

    def deliver(self, client: Client, message: Message, tags: Tags) -> None:
        if stepped(client.send(message)):
            client.seen = tags
        else:
            client.is_busy = True
            keep(self.tasks, self.wait(client))

    async def wait(self, client: Client) -> None:
        """An empty write ends when the connection takes data again."""
        await client.send(chunk(b""))
        client.is_busy = False
        self.when_free(client)


class TaskDelivery:
    """A task for each message, for servers whose `send` must run inside one."""

    def __init__(self, when_free: WhenFree) -> None:
        self.when_free = when_free
        self.tasks: set[asyncio.Task[None]] = set()

    def deliver(self, client: Client, message: Message, tags: Tags) -> None:
        client.is_busy = True
        keep(self.tasks, self.write(client, message, tags))

    async def write(self, client: Client, message: Message, tags: Tags) -> None:
        await client.send(message)
        client.seen = tags
        client.is_busy = False
        self.when_free(client)


def stepped(sending: Coroutine[Any, None, None]) -> bool:
    """Whether `send` finished in its first step; if not it is closed, having written nothing."""
    try:
        sending.send(None)
    except StopIteration:
        return True
    sending.close()
    return False


def keep(tasks: set[asyncio.Task[None]], work: Coroutine[Any, Any, None]) -> None:
    """Run as a task that is held until it ends."""
    task = asyncio.get_running_loop().create_task(work)
    tasks.add(task)
    task.add_done_callback(tasks.discard)
