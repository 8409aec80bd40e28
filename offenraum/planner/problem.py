"""What the planner is asked: proposals, people with wishes, slots, rooms and the rules that hold. Plain values only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Conflict:
    """The smallest set of topics that cannot hold together; rules as (code of `rules.SENTENCES`, its parameters)."""

    topics: tuple[str, ...]
    rules: tuple[tuple[str, Mapping[str, str | int]], ...]


class BrokenInput(ValueError):
    """The problem cannot be planned: `field` is the path in the document, `reason` an English sentence about it.

    `conflict` has the topics whose pins cannot hold together and the rules in their way, to tell it in other words.
    """

    def __init__(self, field: str, reason: str, conflict: Conflict | None = None) -> None:
        super().__init__(f"{field}: {reason}")
        self.field = field
        self.reason = reason
        self.conflict = conflict


@dataclass(frozen=True, slots=True)
class Cell:
    """A slot and a room; a double session is named by its first slot."""

    slot: str
    room: str


@dataclass(frozen=True, slots=True)
class Pin:
    """Where a topic must stay; without a room any room of the slot will do."""

    slot: str
    room: str | None = None


@dataclass(frozen=True, slots=True)
class Slot:
    """A stretch of time; `follows` is the slot that ends where this one begins: a double session can span both."""

    id: str
    start: datetime
    minutes: int
    follows: str | None = None


@dataclass(frozen=True, slots=True)
class Room:
    """A room, its places, what it offers and the slots in which it is closed."""

    id: str
    places: int
    features: frozenset[str] = frozenset()
    closed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Topic:
    """A proposal; `length` is 1 or 2 slots, `hands` were counted in the pitch, `heads` in the session itself."""

    id: str
    hosts: tuple[str, ...] = ()
    length: int = 1
    features: frozenset[str] = frozenset()
    pin: Pin | None = None
    hands: int = 0
    resources: tuple[str, ...] = ()
    theme: str | None = None
    heads: int | None = None


@dataclass(frozen=True, slots=True)
class Host:
    """Who leads topics; `person` joins the host to a person with wishes."""

    id: str
    away: frozenset[str] = frozenset()
    person: str | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """Wishes as topic -> weight 1 to 3; a room without one of the `needs` gives this person nothing.

    `is_forecast` marks one of the crowd behind raised hands (`forecast`), who is nobody in particular.
    """

    id: str
    wishes: Mapping[str, int] = field(default_factory=dict)
    needs: frozenset[str] = frozenset()
    is_forecast: bool = False


@dataclass(frozen=True, slots=True)
class Resource:
    """Something that only so many sessions of one slot can have: an interpreter, a camera team."""

    id: str
    per_slot: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Everything one plan depends on. `now` names the first slot still open; earlier ones stay as in `current`.

    `audience` is how many people take part, with or without a vote.
    """

    slots: tuple[Slot, ...]
    rooms: tuple[Room, ...]
    topics: tuple[Topic, ...]
    people: tuple[Person, ...] = ()
    hosts: tuple[Host, ...] = ()
    resources: tuple[Resource, ...] = ()
    apart: tuple[tuple[str, str], ...] = ()
    current: Mapping[str, Cell] | None = None
    now: str | None = None
    audience: int | None = None
    source_hash: str | None = None
