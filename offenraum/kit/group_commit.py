"""Many durable actions in one commit: on SQLite one fsync serves all who wait; on PostgreSQL the server does that."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from functools import partial
from typing import Any, ParamSpec, TypeVar

from django.db import OperationalError, connection, transaction
from django.utils import translation

P = ParamSpec("P")
T = TypeVar("T")
Hook = Callable[[], None]
Action = Callable[[], Any]

MOST_AT_ONCE = 256
WAIT_SECONDS = 20.0
log = logging.getLogger(__name__)


class TooBusy(OperationalError):
    """The action was not begun in time and will not be done."""


class BatchLost(Exception):
    """The database gave up the whole transaction, not one savepoint."""


class Job:
    """One action on its way to the commit; the answer holds its value and what it wants done after the commit."""

    def __init__(self, action: Action) -> None:
        self.action = action
        self.language = translation.get_language()
        self.answer: Future[tuple[Any, list[Hook]]] = Future()
        self.error: BaseException | None = None
        self.outcome: tuple[Any, list[Hook]] = (None, [])

    def run(self) -> None:
        """Do the action in a transaction or savepoint of its own; what it raises is kept for its caller."""
        self.error = None
        try:
            with translation.override(self.language):
                self.outcome = run_atomic(self.action)
        except BaseException as error:
            self.error = error

    def reply(self) -> None:
        if self.error is None:
            self.answer.set_result(self.outcome)
        else:
            self.answer.set_exception(self.error)


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
            if job.answer.set_running_or_notify_cancel():
                self.serve_batch(job)
        connection.close()

    def serve_batch(self, first: Job) -> None:
        """Run what waits in one transaction and reply after its commit; if that fails as a whole, one by one."""
        jobs = [first]
        has_begun = False
        try:
            with transaction.atomic():
                has_begun = True
                first.run()
                refuse_broken()
                for job in self.waiting():
                    jobs.append(job)
                    job.run()
                    refuse_broken()
        except BaseException as error:
            if has_begun:
                replay(jobs)
            else:
                first.error = error
        for job in jobs:
            job.reply()

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
            if job.answer.set_running_or_notify_cancel():
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
    value, hooks = run_atomic(call) if job is None else wait_for(job)
    for hook in hooks:
        run_robustly(hook)
    return value


def wait_for(job: Job) -> tuple[Any, list[Hook]]:
    try:
        return job.answer.result(timeout=WAIT_SECONDS)
    except TimeoutError:
        if job.answer.cancel():
            raise TooBusy("the database does not keep up with the writes") from None
        return job.answer.result()


def run_atomic(call: Callable[[], T]) -> tuple[T, list[Hook]]:
    """Run in a transaction or a savepoint; return the value and take along what shall happen after the commit."""
    earlier = len(connection.run_on_commit)
    with transaction.atomic():
        value = call()
        hooks = [entry[1] for entry in connection.run_on_commit[earlier:]]
        del connection.run_on_commit[earlier:]
    return value, hooks


def run_robustly(hook: Hook) -> None:
    try:
        hook()
    except Exception:
        log.exception("after a commit: %r", hook)


def refuse_broken() -> None:
    """Stop the batch when SQLite rolled all of it back by itself, as it does when the disk is full."""
    if connection.needs_rollback or not connection.connection.in_transaction:
        raise BatchLost


def replay(jobs: list[Job]) -> None:
    """Give each action a commit of its own, so that only the one to blame fails."""
    for job in jobs:
        job.run()
