"""Of all threads that make pages only few work at a time; one that waits for the database lets another in.

Threads that work at once only take the interpreter from each other. Threads that wait fill the common commit (0412).
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from offenraum.kit.one_core import OneCore


class Crew:
    """The places of those who work; without a limit everybody has one."""

    def __init__(self) -> None:
        self.places: threading.Semaphore | None = None
        self.held = threading.local()
        self.core = OneCore()

    def limit(self, most: int | None) -> None:
        """From now on at most so many work at a time; None lifts the limit."""
        self.places = None if most is None else threading.Semaphore(most)

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Hold a place while a page is made."""
        if (places := self.places) is None:
            yield
            return
        if not places.acquire(blocking=False):
            self.core.rush()
            places.acquire()
        self.held.places = places
        try:
            yield
        finally:
            self.held.places = None
            places.release()

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Give the place up while waiting, and take one again; nothing for a thread that holds none."""
        places: threading.Semaphore | None = getattr(self.held, "places", None)
        if places is None:
            yield
            return
        places.release()
        try:
            yield
        finally:
            places.acquire()

    @contextmanager
    def standing_back(self) -> Iterator[None]:
        """While one thread works for many who wait, nobody begins; who is at work goes on."""
        places, taken = self.places, 0
        while places is not None and places.acquire(blocking=False):
            taken += 1
        try:
            yield
        finally:
            if places is not None and taken:
                places.release(taken)


crew = Crew()
