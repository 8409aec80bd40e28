"""A programme as plain values, the common ground of all formats."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Final
from zoneinfo import ZoneInfo

from offenraum.kit.calendars import identity

NO_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
SHORTEST_ACRONYM: Final = 4


@dataclass(frozen=True, slots=True)
class Human:
    """Somebody who speaks or hosts; `number` is unique in the schedule."""

    number: int
    name: str


@dataclass(frozen=True, slots=True)
class Place:
    """A room; `places` is None where nobody counts."""

    name: str
    places: int | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A session or a fixed point; times are aware.

    `key` (`session-12`, `talk-3`) and `number` never change in a conference. `revision` rises with each change
    of what is said about it, `changed_at` is the last time of that.
    """

    key: str
    number: int
    title: str
    text: str
    kind: str
    track: str
    starts_at: datetime
    ends_at: datetime
    room: str
    humans: tuple[Human, ...]
    path: str
    revision: int
    changed_at: datetime
    is_cancelled: bool = False

    @property
    def duration(self) -> timedelta:
        return self.ends_at - self.starts_at


@dataclass(frozen=True, slots=True)
class Schedule:
    """A conference with its programme as of one edition (0 before the first); entries in order of time and room."""

    slug: str
    title: str
    about: str
    venue: str
    zone: ZoneInfo
    language: str
    base: str
    edition: int
    changed_at: datetime
    rooms: tuple[Place, ...]
    entries: tuple[Entry, ...]

    @property
    def home(self) -> str:
        return f"{self.base}/{self.slug}/"

    @property
    def acronym(self) -> str:
        """The address in the letters that the public schemas allow, at least four of them."""
        return re.sub(r"[^a-z0-9_]", "_", self.slug.lower()).ljust(SHORTEST_ACRONYM, "_")

    @property
    def held(self) -> tuple[Entry, ...]:
        """What takes place."""
        return tuple(entry for entry in self.entries if not entry.is_cancelled)

    def address(self, entry: Entry) -> str:
        return f"{self.base}{entry.path}"

    def guid(self, key: str) -> uuid.UUID:
        """The same for the same thing, on every server and in every format."""
        return identity(self.slug, key)

    def local(self, moment: datetime) -> datetime:
        return moment.astimezone(self.zone)

    def days(self) -> list[tuple[date, tuple[Entry, ...]]]:
        """What takes place on each day on which something does, by the conference's own calendar."""
        ordered = sorted(self.held, key=lambda entry: entry.starts_at)
        grouped = groupby(ordered, key=lambda entry: self.local(entry.starts_at).date())
        return [(day, tuple(entries)) for day, entries in grouped]


def by_room(entries: tuple[Entry, ...]) -> dict[str, list[Entry]]:
    """Room to what takes place in it, in the order in which rooms first occur."""
    rooms: dict[str, list[Entry]] = {}
    for entry in entries:
        rooms.setdefault(entry.room, []).append(entry)
    return rooms


def hours(duration: timedelta) -> str:
    """00:45"""
    minutes = int(duration.total_seconds()) // 60
    return f"{minutes // 60:02}:{minutes % 60:02}"


def fit_for_xml(text: str) -> str:
    """The text without signs that no XML document may hold."""
    return NO_XML.sub("", text)
