"""How often changes of a kind are published: with a maximum wait, never a timer that each change resets."""

from __future__ import annotations

from collections.abc import Iterable

from offenraum.live.versions import Change


class Pace:
    """Publish `first` seconds after the first change, and at most every `gap` seconds."""

    def __init__(self, *, first: float, gap: float) -> None:
        self.first = first
        self.gap = gap
        self.changes: set[Change] = set()
        self.last = float("-inf")
        self.is_due = False

    def add(self, changes: Iterable[Change], now: float) -> float | None:
        """Remember the changes; the time to publish, when none was set yet."""
        self.changes |= set(changes)
        if self.is_due or not self.changes:
            return None
        self.is_due = True
        return max(now + self.first, self.last + self.gap)

    def take(self, now: float) -> set[Change]:
        """All that has gathered, to be published now."""
        taken, self.changes, self.is_due, self.last = self.changes, set(), False, now
        return taken
