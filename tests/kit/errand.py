"""Worker processes for the tests of the outbox: `python -m tests.kit.errand` reads a line of ways to work at once."""

from __future__ import annotations

import os
import sys
import threading
import traceback
from collections.abc import Iterable
from datetime import timedelta

import django
from django.apps import apps
from django.db import connection, models
from django.utils import timezone

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "offenraum.project.settings")
if not apps.ready:
    django.setup()

from offenraum.kit.outbox import Kind, Work, serve_one, worker_name
from offenraum.project.commands.work import work

COUNT = 150


class Errand(Work):
    """A piece of work that leaves a mark."""

    class Meta:
        app_label = "kit"


class Mark(models.Model):
    """Who did what; a row for every time it was done."""

    errand = models.IntegerField()
    worker = models.CharField(max_length=80)

    class Meta:
        app_label = "kit"

    def __str__(self) -> str:
        return f"{self.errand}: {self.worker}"


def leave_mark(errand: Errand) -> None:
    Mark.objects.create(errand=errand.pk, worker=errand.claimed_by)


def hang(errand: Errand) -> None:
    """Say that it has begun, then never end."""
    leave_mark(errand)
    threading.Event().wait()


def make_tables() -> None:
    with connection.schema_editor() as editor:
        editor.create_model(Errand)
        editor.create_model(Mark)
    now = timezone.now()
    Errand.objects.bulk_create([Errand(due_at=now) for _ in range(COUNT)])


def work_off() -> None:
    """Do all that is due, the way `offenraum work` does, then end."""
    should_end = threading.Event()
    should_end.set()
    work([Kind(model=Errand, run=leave_mark)], should_end=should_end)


def work_carelessly() -> None:
    """The negative control: look, then take, without the condition."""
    while (errand := Errand.objects.filter(state="queued").order_by("pk").first()) is not None:
        errand.state, errand.claimed_by = "running", worker_name()
        errand.save()
        leave_mark(errand)
        Errand.objects.filter(pk=errand.pk).update(state="done")


def work_and_hang() -> None:
    Errand.objects.exclude(pk=Errand.objects.order_by("pk").values("pk")[:1]).update(
        due_at=timezone.now() + timedelta(days=1)
    )
    serve_one(Kind(model=Errand, run=hang), worker=worker_name(), now=timezone.now)


WAYS = {"make": make_tables, "work": work_off, "carelessly": work_carelessly, "hang": work_and_hang}


def begin(way: str) -> int:
    """Let a copy of this process work that way; returns its id."""
    if number := os.fork():
        return number
    code = 1
    try:
        WAYS[way]()
        code = 0
    except Exception:
        traceback.print_exc()
    finally:
        os._exit(code)


def tell(numbers: Iterable[int]) -> None:
    sys.stdout.write(" ".join(map(str, numbers)) + "\n")
    sys.stdout.flush()


def main() -> None:
    """For each line say who has begun, and how each of them ended."""
    for line in sys.stdin:
        begun = [begin(way) for way in line.split()]
        tell(begun)
        tell(os.waitstatus_to_exitcode(os.waitpid(number, 0)[1]) for number in begun)


if __name__ == "__main__":
    main()
