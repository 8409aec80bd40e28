"""Keeps other processes of the program alive for as long as this one lives."""

from __future__ import annotations

import logging
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from offenraum.kit.one_core import let_go
from offenraum.project.child import Fork

LOOK_SECONDS = 0.2
STOP_SECONDS = 10
STEADY_SECONDS = 10
FIRST_PAUSE = 0.5
LONGEST_PAUSE = 30.0
log = logging.getLogger(__name__)


@dataclass
class Child:
    """A command of the program, and the process that runs it now."""

    arguments: Sequence[str]
    inherits: tuple[int, ...] = ()
    process: subprocess.Popen[bytes] | Fork | None = None
    started_at: float = 0.0
    due_at: float = 0.0
    pause: float = FIRST_PAUSE

    def start(self, now: float) -> None:
        """Its end of the pipe tells it when we are gone, however we went."""
        command = [sys.executable, "-m", "offenraum.project.child", *self.arguments]
        self.started_at = now
        try:
            self.process = subprocess.Popen(command, stdin=subprocess.PIPE, pass_fds=self.inherits)  # noqa: S603
            let_go(self.process.pid)
        except OSError:
            log.exception("%s cannot be started now", self.arguments[0])
            self.rest(now)

    def look(self, now: float) -> None:
        """Start again what has ended, the later the oftener it failed."""
        if self.process is None:
            if now >= self.due_at:
                self.start(now)
        elif self.process.poll() is not None:
            self.rest(now)

    def rest(self, now: float) -> None:
        self.pause = FIRST_PAUSE if now - self.started_at > STEADY_SECONDS else min(self.pause * 2, LONGEST_PAUSE)
        self.due_at = now + self.pause
        self.process = None


class Supervisor:
    """Starts the children and starts them again when they die."""

    def __init__(self, children: Iterable[Child]) -> None:
        self.children = list(children)
        self.ended = threading.Event()

    def run(self) -> None:
        """Watch until `end` is called, then stop the children."""
        while not self.ended.is_set():
            for child in self.children:
                child.look(time.monotonic())
            self.ended.wait(LOOK_SECONDS)
        stop(self.children)

    def end(self) -> None:
        self.ended.set()


def stop(children: Iterable[Child]) -> None:
    """Ask all, then insist."""
    running = [child.process for child in children if child.process is not None]
    for process in running:
        process.terminate()
    deadline = time.monotonic() + STOP_SECONDS
    for process in running:
        try:
            process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
