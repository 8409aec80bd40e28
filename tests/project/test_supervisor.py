"""Children that end are started again, the later the oftener they fail; nobody waits for what cannot start."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from itertools import pairwise

import pytest

from offenraum.project import supervisor
from offenraum.project.supervisor import Child, Supervisor, stop

ENDS = [sys.executable, "-S", "-c", "pass"]
STAYS = [sys.executable, "-S", "-c", "import time; time.sleep(60)"]
DEAF = [
    sys.executable, "-S", "-c",
    "import signal, time; signal.signal(15, signal.SIG_IGN); print(flush=True); time.sleep(60)",
]


def ended() -> subprocess.Popen[bytes]:
    process = subprocess.Popen(ENDS)
    process.wait()
    return process


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """When children were started; each has ended at once, as the real program does that fails at its start."""
    times: list[float] = []
    gone = ended()

    def note(child: Child, now: float) -> None:
        times.append(now)
        child.started_at, child.process = now, gone

    monkeypatch.setattr(Child, "start", note)
    return times


def test_child_that_fails_at_once_is_tried_ever_more_rarely(started: list[float]) -> None:
    child = Child(["work"])
    for tick in range(1000):
        child.look(tick / 2)
    gaps = [later - before for before, later in pairwise(started)]
    assert gaps[:6] == [1.5, 2.5, 4.5, 8.5, 16.5, 30.5]
    assert set(gaps[6:]) == {30.5}


@pytest.mark.parametrize(("lasted", "pause"), [(10.0, 30.0), (10.1, 0.5)])
def test_child_that_was_steady_comes_back_at_once(lasted: float, pause: float) -> None:
    child = Child(["work"], process=ended(), started_at=100.0, pause=30.0)
    child.look(100.0 + lasted)
    assert (child.process, child.due_at - 100.0 - lasted) == (None, pytest.approx(pause))


def test_child_that_runs_is_left_alone() -> None:
    process = subprocess.Popen(STAYS)
    child = Child(["work"], process=process, started_at=0.0)
    child.look(1000.0)
    assert child.process is process
    stop([child])
    assert process.returncode == -signal.SIGTERM


def test_child_that_cannot_be_started_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    child = Child(["work"])
    monkeypatch.setattr(supervisor.sys, "executable", "/nowhere/python")
    child.look(7.0)
    assert (child.process, child.due_at) == (None, 8.0)
    child.look(8.0)
    assert child.due_at == 10.0


def test_deaf_child_is_killed_and_the_others_are_not_kept_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervisor, "STOP_SECONDS", 0.2)
    deaf = subprocess.Popen(DEAF, stdout=subprocess.PIPE)
    assert deaf.stdout is not None
    deaf.stdout.readline()
    quick = subprocess.Popen(STAYS)
    began = time.monotonic()
    stop([Child(["a"], process=deaf), Child(["b"], process=quick), Child(["c"])])
    assert (deaf.returncode, quick.returncode) == (-signal.SIGKILL, -signal.SIGTERM)
    assert time.monotonic() - began < 5
    deaf.stdout.close()


def test_supervisor_that_is_ended_before_it_began_starts_nobody(started: list[float]) -> None:
    watching = Supervisor([Child(["work"])])
    watching.end()
    thread = threading.Thread(target=watching.run)
    thread.start()
    thread.join(5)
    assert (thread.is_alive(), started) == (False, [])
