"""Jobs of the group commit: what one is, and how some are run inside one transaction so that each fails alone."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from typing import Any, TypeVar

from django.db import OperationalError, connection, transaction
from django.utils import translation

from offenraum.kit.crew import crew

T = TypeVar("T")
I = TypeVar("I")  # noqa: E741
Hook = Callable[[], None]
Action = Callable[[], Any]
Together = Callable[[Sequence[I]], Sequence[T]]
Outcome = tuple[Any, list[Hook]]
log = logging.getLogger(__name__)


class TooBusy(OperationalError):
    """The action was not begun in time and will not be done."""


class BatchLost(Exception):
    """The database gave up the whole transaction, not one savepoint."""


def nothing() -> None:
    """For who waits by the lock."""


class Job:
    """One action on its way to the commit, its outcome, and a caller who waits for it.

    With `together` it is one item for an action that takes the items of all who wait; `action` is that for it alone.
    """

    def __init__(self, action: Action, *, together: Together[Any, Any] | None = None, item: Any = None) -> None:
        self.action = action
        self.together = together
        self.item = item
        self.when_done: Hook = nothing
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

    def give_up(self) -> None:
        """TooBusy, unless it has begun."""
        if self.claim():
            raise TooBusy("the database does not keep up with the writes")

    def settle(self) -> None:
        """It is on disk, or has failed: tell who waits."""
        self.done.release()
        self.when_done()

    def wait(self, seconds: float = -1) -> Any:
        """The value, once it is on disk and the work after the commit was tried; -1 waits for ever."""
        with crew.aside():
            if not self.done.acquire(timeout=seconds):
                self.give_up()
                self.done.acquire()
        return self.value()

    def value(self) -> Any:
        if self.error is not None:
            raise self.error
        return after_commit(self.outcome)


def after_commit(outcome: Outcome) -> Any:
    value, hooks = outcome
    for hook in hooks:
        run_robustly(hook)
    return value


def run_all(jobs: Iterable[Job]) -> None:
    """Run what has arrived: those who ask the same together."""
    for together, some in groupby(jobs, key=lambda job: job.together):
        same = list(some)
        if together is None or len(same) == 1 or not run_together(together, same):
            run_each(same)


def run_each(jobs: Iterable[Job]) -> None:
    for job in jobs:
        job.run(in_savepoint)
        refuse_broken()


def run_together(action: Together[Any, Any], jobs: list[Job]) -> bool:
    """One savepoint for all; False when that failed, so that each gets its own and only the one to blame fails."""
    try:
        with crew.standing_back():
            values, hooks = in_savepoint(lambda: action([job.item for job in jobs]))
    except Exception:
        refuse_broken()
        return False
    refuse_broken()
    for job, value in zip(jobs, values, strict=True):
        job.outcome = (value, [])
    jobs[0].outcome = (values[0], hooks)
    return True


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
