"""The threads of the server keep together in a rush, and only then."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest

from offenraum.kit.crew import Crew
from offenraum.kit.one_core import ALLOWED, THREADS, OneCore, keep_to, let_go

pytestmark = pytest.mark.skipif(len(ALLOWED) < 2, reason="this machine gives us one processor")
LONG, SHORT = 600.0, 0.05


@pytest.fixture
def core() -> Iterator[OneCore]:
    keep_to(ALLOWED)
    yield OneCore(calm_seconds=LONG)
    keep_to(ALLOWED)


def processors() -> list[int]:
    """How many processors each of our threads may use."""
    found = []
    for thread in THREADS.iterdir():
        with suppress(ProcessLookupError):
            found.append(len(os.sched_getaffinity(int(thread.name))))
    return found


def work_in(crew: Crew) -> None:
    with crew.at_work():
        pass


@contextmanager
def one_more_thread() -> Iterator[None]:
    end = threading.Event()
    thread = threading.Thread(target=end.wait)
    thread.start()
    try:
        yield
    finally:
        end.set()
        thread.join()


def in_new_thread() -> int:
    found: list[int] = []
    thread = threading.Thread(target=lambda: found.append(len(os.sched_getaffinity(0))))
    thread.start()
    thread.join()
    return found[0]


def test_all_threads_keep_to_one_processor_in_a_rush(core: OneCore) -> None:
    with one_more_thread():
        assert set(processors()) == {len(ALLOWED)}
        core.rush()
        assert set(processors()) == {1}
        assert in_new_thread() == 1
        core.end()
        assert set(processors()) == {len(ALLOWED)}


def test_threads_go_where_they_want_when_it_is_calm(core: OneCore) -> None:
    core.calm_seconds = SHORT
    with one_more_thread():
        for _rush in range(2):
            core.rush()
            while core.is_rush:
                time.sleep(SHORT / 10)
            with core.guard:
                assert set(processors()) == {len(ALLOWED)}
        assert in_new_thread() == len(ALLOWED)


def test_program_started_in_a_rush_goes_where_it_wants(core: OneCore) -> None:
    core.rush()
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as program:
        assert len(os.sched_getaffinity(program.pid)) == 1
        let_go(program.pid)
        assert os.sched_getaffinity(program.pid) == ALLOWED
        program.kill()
    let_go(program.pid)


def test_crew_sees_a_rush_when_somebody_has_to_wait(core: OneCore) -> None:
    crew = Crew()
    crew.core = core
    crew.limit(1)
    with crew.at_work():
        assert not core.is_rush
        waits = threading.Thread(target=work_in, args=[crew])
        waits.start()
        while not core.is_rush:
            time.sleep(0.001)
    waits.join(10)
    assert set(processors()) == {1}
