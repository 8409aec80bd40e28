"""In a rush all threads of the server keep to one processor.

Only one thread at a time runs Python. Where the next one sits on another processor, each hand-over wakes that
processor and finds its caches cold: in a rush that is a quarter of all computing (0414).
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterable
from contextlib import suppress
from ctypes import CDLL
from pathlib import Path
from typing import Final

CALM_SECONDS: Final = 2.0
ALLOWED: Final = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else set[int]()
THREADS: Final = Path("/proc/self/task")


class OneCore:
    """Keeps the threads together from the first sign of a rush until nobody has given one for a while."""

    def __init__(self, *, calm_seconds: float = CALM_SECONDS) -> None:
        self.calm_seconds = calm_seconds
        self.guard = threading.Lock()
        self.is_rush = False
        self.calm_at = 0.0

    def rush(self) -> None:
        """Somebody had to wait for a place to work."""
        self.calm_at = time.monotonic() + self.calm_seconds
        if self.is_rush or len(ALLOWED) < 2:
            return
        with self.guard:
            if not self.is_rush:
                self.is_rush = True
                threading.Thread(target=self.calm_down, name="one-core", daemon=True).start()
                keep_to({CDLL(None).sched_getcpu()})

    def calm_down(self) -> None:
        """Wait for the calm, and let the threads go where they want again."""
        while (left := self.calm_at - time.monotonic()) > 0:
            time.sleep(left)
        self.end()

    def end(self) -> None:
        """The rush is over, or the server."""
        with self.guard:
            if self.is_rush:
                self.is_rush = False
                keep_to(ALLOWED)


def keep_to(processors: Iterable[int]) -> None:
    """For the threads that there are; those that they start later do as they do."""
    for thread in THREADS.iterdir():
        with suppress(OSError):
            os.sched_setaffinity(int(thread.name), processors)


def let_go(process: int) -> None:
    """A program that was started in a rush may go where it wants."""
    if len(ALLOWED) > 1:
        with suppress(OSError):
            os.sched_setaffinity(process, ALLOWED)
