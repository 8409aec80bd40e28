"""A clock that may run shifted and faster than real time, for demos and rehearsals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Clock:
    """Shows `shows_at` at the real instant `started_at` and then runs at `speed`; without them it is real time."""

    started_at: datetime | None = None
    shows_at: datetime | None = None
    speed: float = 1.0

    @property
    def is_real(self) -> bool:
        return self.started_at is None or self.shows_at is None

    def at(self, real: datetime) -> datetime:
        """The time this clock shows at the real instant `real`."""
        if self.started_at is None or self.shows_at is None:
            return real
        return self.shows_at + (real - self.started_at) * self.speed

    def real_at(self, shown: datetime) -> datetime:
        """The real instant at which this clock shows `shown`."""
        if self.started_at is None or self.shows_at is None:
            return shown
        return self.started_at + (shown - self.shows_at) / self.speed

    def real_duration(self, shown: timedelta) -> timedelta:
        """How long `shown` on this clock takes in real time."""
        return shown if self.is_real else shown / self.speed
