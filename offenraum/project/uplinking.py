"""Messages of sensors are taken on the event loop and stored together, as votes are.

Taken is only what is plainly right; everything else goes the long way through Django, which says what is wrong.
"""

from __future__ import annotations

import asyncio
import json
import re
from functools import partial
from typing import Final

from django.db import DatabaseError

from offenraum.kit.group_commit import durable_in_loop, takes_from_loop
from offenraum.live.delivery import keep
from offenraum.live.http import JSON, NO_STORE, App, Receive, Scope, Send, header_of, query_of, respond
from offenraum.project.guard import replay
from offenraum.sensors.actions.receiving import Asked, Kept, take_uplinks
from offenraum.sensors.uplinks import MOST_BYTES, PARSERS

ADDRESS: Final = re.compile(
    r"/([-a-zA-Z0-9_]{1,80})/sensoren/uplink/(" + "|".join(PARSERS) + r")(?:/([-\w]{1,64}))?", re.ASCII
)
BEARER: Final = "Bearer "
GATHER_SECONDS: Final = 0.01
MOST_AT_ONCE: Final = 100
Waiting = list[tuple[Asked, asyncio.Future[Kept | None]]]


class Uplinking:
    """The ASGI app in front of the pages; `receive` hands it the whole body (the guard does)."""

    def __init__(self, pages: App) -> None:
        self.pages = pages
        self.waiting: Waiting = []
        self.tasks: set[asyncio.Task[None]] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        address = ADDRESS.fullmatch(scope["path"])
        if address is None or scope["method"] != "POST" or not takes_from_loop():
            await self.pages(scope, receive, send)
            return
        body = (await receive())["body"]
        secret = address[3] or header_of(scope, b"authorization").removeprefix(BEARER)
        event = query_of(scope).get("event", [""])[0]
        kept = None
        if secret and len(body) <= MOST_BYTES:
            kept = await self.kept(Asked(address[1], address[2], secret, body, event))
        if kept is None:
            await self.pages(scope, replay(body, receive), send)
        else:
            answer = json.dumps(kept._asdict()).encode()
            await respond(send, 202 if kept.unknown else 200, answer, [JSON, NO_STORE])

    async def kept(self, asked: Asked) -> Kept | None:
        """Gather for a moment, then store all at once; None for what is not on disk."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[Kept | None] = loop.create_future()
        self.waiting.append((asked, future))
        if len(self.waiting) == 1:
            self.timer = loop.call_later(GATHER_SECONDS, self.store)
        elif len(self.waiting) == MOST_AT_ONCE:
            self.timer.cancel()
            self.store()
        return await future

    def store(self) -> None:
        some, self.waiting = self.waiting, []
        keep(self.tasks, stored(some))


async def stored(some: Waiting) -> None:
    """What the database has against a message is told on the long way, to each alone."""
    taken: list[Kept | None]
    try:
        taken = await durable_in_loop(partial(take_uplinks, [asked for asked, _future in some]))
    except DatabaseError:
        taken = [None] * len(some)
    for (_asked, future), kept in zip(some, taken, strict=True):
        if not future.done():
            future.set_result(kept)
