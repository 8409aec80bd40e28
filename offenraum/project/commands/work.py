"""`offenraum work`: do what waits in the outboxes. `serve` starts one; more may run, on other machines too."""

from __future__ import annotations

import argparse
import logging
import signal
import sys
import threading
from collections.abc import Sequence

from django.conf import settings
from django.db import Error, close_old_connections, connection
from django.utils import timezone

from offenraum.kit.lull import Lull
from offenraum.kit.outbox import Kind, requeue_lost, serve_one, worker_name
from offenraum.project.backup.presence import InUse, present
from offenraum.project.clearing import Clearer
from offenraum.project.commands.migrate import is_ready_for
from offenraum.project.kinds import KINDS
from offenraum.project.sensing import Sensing
from offenraum.project.timekeeper import Timekeeper

PAUSE_SECONDS = 0.5
BROKEN_PAUSE_SECONDS = 2.0
log = logging.getLogger(__name__)


def main(argv: list[str]) -> int:
    """Work until SIGTERM or Ctrl-C; what was begun is finished first."""
    parser = argparse.ArgumentParser(prog="offenraum work", description=__doc__)
    parser.add_argument("--once", action="store_true", help="do what is due now, then end")
    arguments = parser.parse_args(argv)
    should_end = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: should_end.set())
    if arguments.once:
        should_end.set()
    if not is_ready_for("work"):
        return 1
    threads: list[Timekeeper | Clearer | Sensing] = [] if arguments.once else [Timekeeper(), Clearer(), Sensing()]
    try:
        with present(settings.DATA):
            for thread in threads:
                thread.start()
            work(KINDS, should_end=should_end)
            for thread in threads:
                thread.end()
    except InUse:
        sys.stderr.write("offenraum work: a restore is running on this folder; start again when it is done\n")
        return 1
    return 0


def work(kinds: Sequence[Kind], *, should_end: threading.Event) -> None:
    """Each kind in a thread of its own, so that a slow mail server holds up letters only; ends when all have ended."""
    failures: list[BaseException] = []
    threads = [
        threading.Thread(target=work_on, args=(kind, should_end, failures), name=kind.model.__name__) for kind in kinds
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]


def work_on(kind: Kind, should_end: threading.Event, failures: list[BaseException]) -> None:
    """Do all of a kind that is due, then look again and again; what nobody foresaw ends the whole worker."""
    try:
        look_and_work(kind, should_end)
    except BaseException as failure:
        failures.append(failure)
        should_end.set()
    finally:
        connection.close()


def look_and_work(kind: Kind, should_end: threading.Event) -> None:
    """Until the end is asked for and nothing is due; a database that is gone for a while is waited for."""
    lull, did_any = Lull(), True
    while True:
        try:
            did_any = (did_any or lull.is_over()) and work_through(kind)
            pause = kind.pace_seconds if did_any else PAUSE_SECONDS
        except Error:
            log.exception("the database does not answer")
            connection.close()
            did_any, pause = False, BROKEN_PAUSE_SECONDS
        close_old_connections()
        if should_end.wait(pause) and not did_any:
            return


def work_through(kind: Kind) -> bool:
    """One piece of work, after what dead workers left behind; False when none is due."""
    connection.ensure_connection()
    requeue_lost(kind, now=timezone.now())
    return serve_one(kind, worker=worker_name(), now=timezone.now)
