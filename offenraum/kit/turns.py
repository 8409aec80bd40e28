"""A lock that is handed over strictly in the order of asking; Python's and SQLite's own locks favour the newest."""

from __future__ import annotations

import threading
from collections import deque

from offenraum.kit.crew import crew


class Turns:
    """One holder at a time; whoever asked first is next. Another thread than the taker may give it back."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._is_taken = False
        self._waiting: deque[threading.Lock] = deque()

    def take(self, *, timeout: float) -> bool:
        """Wait for our turn; False when it did not come within `timeout` seconds."""
        with self._guard:
            if not self._is_taken:
                self._is_taken = True
                return True
            turn = threading.Lock()
            turn.acquire()
            self._waiting.append(turn)
        with crew.aside():
            return turn.acquire(timeout=timeout) or not self._leave(turn)

    def give(self) -> None:
        """Hand the turn to whoever waits longest."""
        with self._guard:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._is_taken = False

    def _leave(self, turn: threading.Lock) -> bool:
        """Stop waiting; False when the turn came at the last moment and is ours."""
        with self._guard:
            if turn in self._waiting:
                self._waiting.remove(turn)
                return True
            return False
