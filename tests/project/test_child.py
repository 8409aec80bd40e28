"""A copy of a process that runs a command: watched like any other process, and gone when its origin is gone."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.servers import plain_environment

WATCHED = """
import os, subprocess, sys, time
from offenraum.project.child import fork
here = ["--data", sys.argv[1]]
done = fork(["work", "--once", *here])
print(done.wait(60), done.poll())
running = fork(["work", *here])
print(running.poll())
while len(os.listdir(f"/proc/{running.pid}/task")) < 4:
    time.sleep(0.05)
try:
    running.wait(0.1)
except subprocess.TimeoutExpired:
    print("runs")
running.terminate()
print(running.wait(60))
running.terminate()
"""
LEFT = """
import os, sys, time
from offenraum.project.child import fork
print(fork(["work", "--data", sys.argv[1]]).pid, flush=True)
time.sleep(60)
"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    program = Path(sys.executable).with_name("offenraum")
    subprocess.run([program, "migrate", "--data", str(tmp_path)], env=environment(), check=True, capture_output=True)
    return tmp_path


def environment() -> dict[str, str]:
    return plain_environment() | {"OFFENRAUM_SECRET": "s" * 60, "DJANGO_SETTINGS_MODULE": "offenraum.project.settings"}


def is_alive(pid: int) -> bool:
    status = Path(f"/proc/{pid}/stat")
    return status.exists() and status.read_text().split()[2] != "Z"


def test_copy_is_watched_like_a_process(data: Path) -> None:
    told = subprocess.run(
        [sys.executable, "-c", WATCHED, str(data)], env=environment(), check=True, capture_output=True, text=True,
        timeout=90,
    ).stdout
    assert told.split("\n") == ["0 0", "None", "runs", "0", ""]


def test_copy_ends_with_its_origin(data: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", LEFT, str(data)], env=environment(), stdout=subprocess.PIPE, text=True
    ) as origin:
        assert origin.stdout is not None
        pid = int(origin.stdout.readline())
        os.kill(origin.pid, signal.SIGKILL)
        origin.wait()
    deadline = time.monotonic() + 60
    while is_alive(pid):
        assert time.monotonic() < deadline
        time.sleep(0.05)
