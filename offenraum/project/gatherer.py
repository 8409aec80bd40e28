"""What many send within a moment is stored together, in one commit, without a thread for each."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import Final, Generic, TypeVar

from django.db import DatabaseError

from offenraum.kit.group_commit import durable_in_loop
from offenraum.live.delivery import keep

GATHER_SECONDS: Final = 0.01
Q = TypeVar("Q")
A = TypeVar("A")


class Gatherer(Generic[Q, A]):
    """Hands what has gathered to `store`, at most `most` at once; `refused` is the answer for what is not on disk."""

    def __init__(self, store: Callable[[list[Q]], list[A]], *, most: int, refused: A) -> None:
        self.store = store
        self.most = most
        self.refused = refused
        self.waiting: list[tuple[Q, asyncio.Future[A]]] = []
        self.tasks: set[asyncio.Task[None]] = set()

    async def take(self, one: Q) -> A:
        """Gather for a moment, then store all at once."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[A] = loop.create_future()
        self.waiting.append((one, future))
        if len(self.waiting) == 1:
            self.timer = loop.call_later(GATHER_SECONDS, self.begin)
        elif len(self.waiting) == self.most:
            self.timer.cancel()
            self.begin()
        return await future

    def begin(self) -> None:
        some, self.waiting = self.waiting, []
        keep(self.tasks, self.stored(some))

    async def stored(self, some: list[tuple[Q, asyncio.Future[A]]]) -> None:
        """What the database has against one of them is told on the long way, to each alone."""
        try:
            answers = await durable_in_loop(partial(self.store, [one for one, _future in some]))
        except DatabaseError:
            answers = [self.refused] * len(some)
        for (_one, future), answer in zip(some, answers, strict=True):
            if not future.done():
                future.set_result(answer)
