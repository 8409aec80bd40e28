"""Many durable actions in one commit: on SQLite one fsync serves all who wait; on PostgreSQL the server does that."""

from __future__ import annotations

import asyncio
import queue
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from typing import Any, ParamSpec, TypeVar

from django.db import connection, transaction

from offenraum.kit.jobs import Action, Job, Together, TooBusy, after_commit, in_transaction, replay, run_all

P = ParamSpec("P")
T = TypeVar("T")
I = TypeVar("I")  # noqa: E741
MOST_AT_ONCE = 256
WAIT_SECONDS = 20.0
LOOKS, LEAST_LOOK_SECONDS = 8, 0.001
"""After a slow round of several the next are on their way: in an eighth of its time as often as more arrive."""


class Writer:
    """The thread through which the hot writes of a process go."""

    def __init__(self) -> None:
        self.jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self.guard = threading.Lock()
        self.is_open = True
        self.look_seconds = 0.0
        self.thread = threading.Thread(target=self.serve, name="group-commit", daemon=True)

    def submit(self, action: Action) -> Job | None:
        """Queue an action; None when the writer takes no more."""
        return self.queue(Job(action))

    def queue(self, job: Job) -> Job | None:
        with self.guard:
            if not self.is_open:
                return None
            self.jobs.put(job)
        return job

    def close(self) -> None:
        """Take no more, finish what is queued."""
        with self.guard:
            self.is_open = False
            self.jobs.put(None)
        self.thread.join()

    def serve(self) -> None:
        while (job := self.jobs.get()) is not None:
            if job.claim():
                self.serve_batch(job)
        connection.close()

    def serve_batch(self, first: Job) -> None:
        """Run what waits in one transaction and reply after its commit; if that fails as a whole, one by one."""
        jobs: list[Job] = []
        if first.together is not None and self.look_seconds > LEAST_LOOK_SECONDS:
            self.gather()
        began = time.monotonic()
        fresh = [first, *self.waiting(MOST_AT_ONCE - 1)]
        has_begun = False
        try:
            with transaction.atomic():
                has_begun = True
                while fresh:
                    jobs += fresh
                    run_all(fresh)
                    fresh = list(self.waiting(MOST_AT_ONCE - len(jobs)))
        except BaseException as error:
            jobs = jobs or fresh
            if has_begun:
                replay(jobs)
            else:
                refuse(jobs, error)
        self.look_seconds = (time.monotonic() - began) / LOOKS if len(jobs) > 1 else 0.0
        for job in jobs:
            job.settle()

    def gather(self) -> None:
        """Wait while more arrive."""
        for _ in range(LOOKS):
            before = self.jobs.qsize()
            time.sleep(self.look_seconds)
            if self.jobs.qsize() == before:
                return

    def waiting(self, most: int) -> Iterator[Job]:
        """What has arrived by now."""
        for _ in range(most):
            try:
                job = self.jobs.get_nowait()
            except queue.Empty:
                return
            if job is None:
                self.jobs.put(None)
                return
            if job.claim():
                yield job


def refuse(jobs: list[Job], error: BaseException) -> None:
    """Tell all of them why nothing was begun."""
    for job in jobs:
        job.error = error


writer: Writer | None = None


def start() -> None:
    """Send the durable actions of this process through one writer; where the server groups commits, do nothing."""
    global writer  # noqa: PLW0603
    if connection.vendor == "sqlite" and writer is None:
        writer = Writer()
        writer.thread.start()


def stop() -> None:
    """Finish what is queued and go back to one commit an action."""
    global writer
    running, writer = writer, None
    if running is not None:
        running.close()


def durable(action: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
    """Do an atomic action, return its value once it is on disk and what it wants after the commit has been tried."""
    value: T = done(Job(partial(action, *args, **kwargs)))
    return value


def durable_together(action: Together[I, T], item: I) -> T:
    """Do an atomic action on an item and those of all others who wait: it takes some, and returns a value for each.

    The values are no texts, because those who wait may speak different languages.
    """
    value: T = done(job_of(action, item))
    return value


async def durable_in_loop(action: Action) -> Any:
    """The same as `durable` for the event loop, which must not wait for a disk; only while `takes_from_loop`."""
    loop = asyncio.get_running_loop()
    is_done = asyncio.Event()
    job = Job(action)
    job.when_done = partial(tell_loop, loop, is_done)
    if writer is None or writer.queue(job) is None:
        raise TooBusy("this process has no writer now")
    try:
        async with asyncio.timeout(WAIT_SECONDS):
            await is_done.wait()
    except TimeoutError:
        job.give_up()
        await is_done.wait()
    return job.value()


def takes_from_loop() -> bool:
    return writer is not None


def tell_loop(loop: asyncio.AbstractEventLoop, event: asyncio.Event) -> None:
    """From the writer's thread; a loop that has ended waits for nothing."""
    with suppress(RuntimeError):
        loop.call_soon_threadsafe(event.set)


def job_of(action: Together[I, T], item: I) -> Job:
    return Job(lambda: action([item])[0], together=action, item=item)


def done(job: Job) -> Any:
    """Run the job as a part of the caller's transaction, through the writer, or with a commit of its own."""
    if connection.in_atomic_block:
        with transaction.atomic():
            return job.action()
    if writer is not None and writer.queue(job) is not None:
        return job.wait(WAIT_SECONDS)
    return after_commit(in_transaction(job.action))
