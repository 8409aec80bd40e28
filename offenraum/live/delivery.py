"""Two ways to put a message into a connection: stepping its `send` directly, or one task for each message."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, cast

from offenraum.live.hub import Client, Tags

WhenFree = Callable[[Client], None]


class DirectDelivery:
    """Step the client's `send` once. Safe on servers whose `send` waits before it writes anything (tested for each)."""

    def __init__(self, when_free: WhenFree) -> None:
        self.when_free = when_free
        self.tasks: set[asyncio.Task[None]] = set()

    def deliver(self, client: Client, body: bytes, tags: Tags) -> None:
        if stepped(client.send({"type": "http.response.body", "body": body, "more_body": True})):
            client.seen = tags
        else:
            client.is_busy = True
            keep(self.tasks, self.wait(client))

    async def wait(self, client: Client) -> None:
        """An empty write ends when the connection takes data again."""
        await client.send({"type": "http.response.body", "body": b"", "more_body": True})
        client.is_busy = False
        self.when_free(client)


class TaskDelivery:
    """A task for each message, for servers whose `send` must run inside one."""

    def __init__(self, when_free: WhenFree) -> None:
        self.when_free = when_free
        self.tasks: set[asyncio.Task[None]] = set()

    def deliver(self, client: Client, body: bytes, tags: Tags) -> None:
        client.is_busy = True
        keep(self.tasks, self.write(client, body, tags))

    async def write(self, client: Client, body: bytes, tags: Tags) -> None:
        await client.send({"type": "http.response.body", "body": body, "more_body": True})
        client.seen = tags
        client.is_busy = False
        self.when_free(client)


def stepped(sending: Awaitable[None]) -> bool:
    """Whether `send` finished in its first step; if not it is closed, having written nothing."""
    step = cast("Coroutine[object, None, None]", sending)
    try:
        step.send(None)
    except StopIteration:
        return True
    step.close()
    return False


def keep(tasks: set[asyncio.Task[None]], work: Coroutine[Any, Any, None]) -> None:
    """Run as a task that is held until it ends."""
    task = asyncio.get_running_loop().create_task(work)
    tasks.add(task)
    task.add_done_callback(tasks.discard)
