"""Work that a worker process does later: rows with a due time that one worker claims by a conditional UPDATE."""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

ERROR_LENGTH = 500
log = logging.getLogger(__name__)


class Work(models.Model):
    """What every kind of work has; a kind adds its own columns and stands in `Kind`."""

    class State(models.TextChoices):
        QUEUED = "queued", _("Waiting")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")
        CANCELLED = "cancelled", _("Cancelled")

    state = models.CharField(_("state"), max_length=9, choices=State.choices, default=State.QUEUED)
    error = models.CharField(_("error"), max_length=ERROR_LENGTH, blank=True)
    due_at = models.DateTimeField(_("due at"))
    claimed_at = models.DateTimeField(_("claimed at"), null=True, blank=True)
    claimed_by = models.CharField(_("claimed by"), max_length=80, blank=True)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.pk}: {self.state}"


W = TypeVar("W", bound=Work)


class Lost(Exception):
    """The work was cancelled or given to another worker while this one was busy with it."""


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One kind of work: its table, what is done with a row, and when a silent worker is given up.

    `pace_seconds` is a rest after each piece, for work that comes in hundreds and can wait: others write meanwhile.
    """

    model: type[Work]
    run: Callable[[Any], None]
    lost_after: timedelta = timedelta(minutes=5)
    most_tries: int = 3
    retry_after: timedelta = timedelta(seconds=20)
    pace_seconds: float = 0.0


def worker_name() -> str:
    """This process, so that a look at the machine tells whether it still lives."""
    return f"{socket.gethostname()[:60]}:{os.getpid()}"


def is_alive(worker: str) -> bool:
    """Whether a worker may still be at it; of another machine we do not know."""
    host, _colon, number = worker.rpartition(":")
    if host != socket.gethostname()[:60]:
        return True
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def claim(model: type[W], *, worker: str, now: datetime) -> W | None:
    """Take the piece of work that is due longest; nobody else gets it. Without work this writes nothing."""
    due = model._default_manager.filter(state=Work.State.QUEUED, due_at__lte=now).order_by("due_at", "pk")
    while (key := due.values_list("pk", flat=True).first()) is not None:
        free = model._default_manager.filter(pk=key, state=Work.State.QUEUED)
        if free.update(state=Work.State.RUNNING, claimed_by=worker, claimed_at=now, tries=F("tries") + 1):
            return model._default_manager.get(pk=key)
    return None


def held(work: W) -> models.QuerySet[W]:
    """The row, if the claim with which we began still holds."""
    return type(work)._default_manager.filter(
        pk=work.pk, state=Work.State.RUNNING, claimed_by=work.claimed_by, tries=work.tries
    )


def is_held(work: Work) -> bool:
    """Whether it is worth going on: False after a cancellation or when another worker has it."""
    return held(work).exists()


def finish(work: Work, *, now: datetime) -> None:
    """Mark as done; raises Lost when the claim does not hold any more."""
    if not held(work).update(state=Work.State.DONE, finished_at=now, error=""):
        raise Lost


def fail(work: Work, *, error: str, now: datetime, kind: Kind) -> None:
    """Try again later, with twice the pause each time; after the last try give up."""
    if work.tries >= kind.most_tries:
        changes = {"state": Work.State.FAILED, "finished_at": now}
    else:
        changes = {"state": Work.State.QUEUED, "due_at": now + kind.retry_after * 2 ** (work.tries - 1)}
    held(work).update(error=error[:ERROR_LENGTH], **changes)


def cancel(work: Work, *, now: datetime) -> bool:
    """Stop work that is not finished; False when it already was."""
    unfinished = type(work)._default_manager.filter(pk=work.pk, state__in=[Work.State.QUEUED, Work.State.RUNNING])
    return bool(unfinished.update(state=Work.State.CANCELLED, finished_at=now))


def requeue_lost(kind: Kind, *, now: datetime) -> int:
    """Put work of dead and silent workers back into the queue; returns how much that was."""
    running = kind.model._default_manager.filter(state=Work.State.RUNNING)
    workers = set(running.values_list("claimed_by", flat=True))
    if not workers:
        return 0
    is_lost = Q(claimed_at__lt=now - kind.lost_after) | Q(claimed_by__in=[w for w in workers if not is_alive(w)])
    return running.filter(is_lost).update(state=Work.State.QUEUED, due_at=now)


def serve_one(kind: Kind, *, worker: str, now: Callable[[], datetime]) -> bool:
    """Claim and do one piece of work, which may finish itself in its own transaction; False when none is due."""
    work = claim(kind.model, worker=worker, now=now())
    if work is None:
        return False
    try:
        kind.run(work)
        if is_held(work):
            finish(work, now=now())
    except Lost:
        log.warning("%s %s was taken away", kind.model.__name__, work.pk)
    except Exception as error:
        if not kind.model._default_manager.filter(pk=work.pk).exists():
            log.info("%s %s was deleted with what it was for", kind.model.__name__, work.pk)
            return True
        log.exception("%s %s failed", kind.model.__name__, work.pk)
        fail(work, error=f"{type(error).__name__}: {error}", now=now(), kind=kind)
    return True
