"""Many durable actions in one commit: on SQLite one fsync serves all who wait; on PostgreSQL the server does that."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, ParamSpec, TypeVar

from django.db import OperationalError, connection, transaction
from django.utils import translation

P = ParamSpec("P")
T = TypeVar("T")
Hook = Callable[[], None]
Action = Callable[[], Any]
Outcome = tuple[Any, list[Hook]]

MOST_AT_ONCE = 256
WAIT_SECONDS = 20.0
log = logging.getLogger(__name__)


class TooBusy(OperationalError):
    """The action was not begun in time and will not be done."""


class BatchLost(Exception):
    """The database gave up the whole transaction, not one savepoint."""


class Job:
    """One action on its way to the commit, its outcome, and a caller who waits for it."""

    def __init__(self, action: Action) -> None:
        self.action = action
        self.language = translation.get_language()
        self.error: BaseException | None = None
        self.outcome: Outcome = (None, [])
        self.claimed = threading.Lock()
        self.done = threading.Lock()
        self.done.acquire()

    def claim(self) -> bool:
        """Whether it is ours to do; the writer claims it to run it, the caller to give it up."""
        return self.claimed.acquire(blocking=False)

    def run(self, within: Callable[[Action], Outcome]) -> None:
        """Do the action; what it raises is kept for its caller."""
        self.error = None
        try:
            with translation.override(self.language):
                self.outcome = within(self.action)
        except BaseException as error:
            self.error = error

    def wait(self) -> Outcome:
        """The outcome, once it is on disk."""
        if not self.done.acquire(timeout=WAIT_SECONDS):
            if self.claim():
                raise TooBusy("the database does not keep up with the writes")
            self.done.acquire()
        if self.error is not None:
            raise self.error
        return self.outcome


class Writer:
    """The thread through which the hot writes of a process go."""

    def __init__(self) -> None:
        self.jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self.guard = threading.Lock()
        self.is_open = True
        self.thread = threading.Thread(target=self.serve, name="group-commit", daemon=True)

    def submit(self, action: Action) -> Job | None:
        """Queue an action; None when the writer takes no more."""
        job = Job(action)
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
        jobs = [first]
        has_begun = False
        try:
            with transaction.atomic():
                has_begun = True
                first.run(in_savepoint)
                refuse_broken()
                for job in self.waiting():
                    jobs.append(job)
                    job.run(in_savepoint)
                    refuse_broken()
        except BaseException as error:
            if has_begun:
                replay(jobs)
            else:
                first.error = error
        for job in jobs:
            job.done.release()

    def waiting(self) -> Iterator[Job]:
        """What has arrived by now, up to the size of a batch."""
        for _ in range(MOST_AT_ONCE):
            try:
                job = self.jobs.get_nowait()
            except queue.Empty:
                return
            if job is None:
                self.jobs.put(None)
                return
            if job.claim():
                yield job


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
    call = partial(action, *args, **kwargs)
    if connection.in_atomic_block:
        with transaction.atomic():
            return call()
    job = writer.submit(call) if writer is not None else None
    value: T
    value, hooks = in_transaction(call) if job is None else job.wait()
    for hook in hooks:
        run_robustly(hook)
    return value


def in_transaction(action: Action) -> Outcome:
    """Run with a commit of its own."""
    with transaction.atomic():
        value = action()
        refuse_broken()
        return value, take_hooks(0)


def in_savepoint(action: Action) -> Outcome:
    """Run as a part of the writer's transaction, asking SQLite directly: Django's savepoint costs twenty times that."""
    earlier, raw = len(connection.run_on_commit), connection.connection
    raw.execute("SAVEPOINT job")
    try:
        value = action()
    except BaseException:
        take_hooks(earlier)
        raw.execute("ROLLBACK TO job")
        connection.needs_rollback = False
        raise
    finally:
        raw.execute("RELEASE job")
    return value, take_hooks(earlier)


def take_hooks(earlier: int) -> list[Hook]:
    """What was registered since for after the commit; it is done by whoever waits, not by the writer."""
    hooks = [entry[1] for entry in connection.run_on_commit[earlier:]]
    del connection.run_on_commit[earlier:]
    return hooks


def run_robustly(hook: Hook) -> None:
    try:
        hook()
    except Exception:
        log.exception("after a commit: %r", hook)


def refuse_broken() -> None:
    """Stop when the transaction is lost: SQLite ends it on a full disk, and an action may have hidden an error."""
    if connection.needs_rollback or (connection.vendor == "sqlite" and not connection.connection.in_transaction):
        raise BatchLost


def replay(jobs: list[Job]) -> None:
    """Give each action a commit of its own, so that only the one to blame fails."""
    for job in jobs:
        job.run(in_transaction)
