"""`python -m offenraum.project.child <command> …`: a command that ends together with the process that started it."""

from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NoReturn

from offenraum.project.command import main

GRACE_SECONDS = 10
LOOK_SECONDS = 0.05


def end_with_parent() -> None:
    """Our standard input ends when the parent is gone: ask ourselves to end, then insist."""
    while os.read(0, 64):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE_SECONDS)
    os.kill(os.getpid(), signal.SIGKILL)


def run(arguments: list[str]) -> int:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=end_with_parent, name="parent", daemon=True).start()
    return main(arguments)


@dataclass
class Fork:
    """A copy of this process that runs a command, with what a supervisor asks of a process."""

    pid: int
    returncode: int | None = None

    def poll(self) -> int | None:
        if self.returncode is None:
            ended, status = os.waitpid(self.pid, os.WNOHANG)
            self.returncode = os.waitstatus_to_exitcode(status) if ended else None
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        deadline = time.monotonic() + (timeout or float("inf"))
        while (code := self.poll()) is None:
            if time.monotonic() > deadline:
                raise subprocess.TimeoutExpired(f"process {self.pid}", timeout or 0)
            time.sleep(LOOK_SECONDS)
        return code

    def terminate(self) -> None:
        self.send(signal.SIGTERM)

    def kill(self) -> None:
        self.send(signal.SIGKILL)

    def send(self, number: signal.Signals) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)


def fork(arguments: Sequence[str], *, closes: Iterable[int] = ()) -> Fork:
    """Run a command in a copy of this process, which shares its memory with us as long as neither changes it.

    Only while there is one thread and no open connection. `closes` are files that the copy must not hold.
    """
    gc.collect()
    gc.freeze()
    alive, ours = os.pipe()
    if not (pid := os.fork()):
        begin(list(arguments), alive, [ours, *closes])
    os.close(alive)
    return Fork(pid)


def begin(arguments: list[str], alive: int, closes: Iterable[int]) -> NoReturn:
    """In the copy: read the end of the parent where a program started by it would, and never return to its caller."""
    code = 1
    try:
        os.dup2(alive, 0)
        for file in (alive, *closes):
            os.close(file)
        code = run(arguments)
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
