"""Decisions of the programme on plain values: what changed between two editions, what clashes, what runs now."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where a session is: ids of its first slot and its room."""

    slot: int
    room: int


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a session is in the draft, and whether it is pinned there."""

    slot: int
    room: int
    is_pinned: bool


def mark_of(places: Mapping[int, Place]) -> str:
    """A short mark of a draft (topic id to place): two drafts with the same mark are the same."""
    listed = ";".join(f"{topic}:{place.slot}:{place.room}" for topic, place in sorted(places.items()))
    return hashlib.blake2b(listed.encode(), digest_size=12).hexdigest()


class ChangeKind(StrEnum):
    """What happened to a session between two editions."""

    NEW = "new"
    GONE = "gone"
    TIME = "time"
    ROOM = "room"


@dataclass(frozen=True, slots=True)
class Change:
    """One session that is new, gone, at another time or in another room."""

    kind: ChangeKind
    topic: int
    before: Place | None
    after: Place | None


def changes_between(before: Mapping[int, Place], after: Mapping[int, Place]) -> list[Change]:
    """The difference of two plans (topic id to place), in the order of topic ids."""
    topics = sorted(before.keys() | after.keys())
    pairs = [(topic, before.get(topic), after.get(topic)) for topic in topics]
    return [Change(kind_of(old, new), topic, old, new) for topic, old, new in pairs if old != new]


def kind_of(before: Place | None, after: Place | None) -> ChangeKind:
    if before is None:
        return ChangeKind.NEW
    if after is None:
        return ChangeKind.GONE
    return ChangeKind.TIME if before.slot != after.slot else ChangeKind.ROOM


@dataclass(frozen=True, slots=True)
class Span:
    """A session's time, for clashes and for now and next."""

    key: int
    starts_at: datetime
    ends_at: datetime


def clashes(spans: Iterable[Span]) -> dict[int, list[int]]:
    """Key to the keys of the sessions at the same time, for those that have any."""
    listed = list(spans)
    found = {
        one.key: [other.key for other in listed if other.key != one.key and overlap(one, other)] for one in listed
    }
    return {key: others for key, others in found.items() if others}


def overlap(one: Span, other: Span) -> bool:
    return one.starts_at < other.ends_at and other.starts_at < one.ends_at


class ConflictKind(StrEnum):
    """Why a placement cannot stay as it is."""

    HOST_TWICE = "host_twice"
    HOST_AWAY = "host_away"
    ROOM_CLOSED = "room_closed"
    ROOM_LACKS = "room_lacks"
    ROOM_SMALL = "room_small"
    NO_FOLLOWING_SLOT = "no_following_slot"


@dataclass(frozen=True, slots=True)
class Placed:
    """A session in the draft with all that can clash: slots it takes, its hosts, its needs, how many will come."""

    topic: int
    slots: tuple[int, ...]
    length: int
    room: int
    hosts: frozenset[str]
    needs: frozenset[str]
    expected: int


@dataclass(frozen=True, slots=True)
class RoomFacts:
    """What a room offers."""

    places: int
    features: frozenset[str]


@dataclass(frozen=True, slots=True)
class Conflict:
    """One reason why one session is in the way; `other` is a topic, `detail` a need."""

    kind: ConflictKind
    topic: int
    other: int | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the conflicts of a draft depend on beside its sessions."""

    rooms: Mapping[int, RoomFacts]
    closed: frozenset[tuple[int, int]]
    away: Mapping[str, frozenset[int]]


def conflicts(sessions: Iterable[Placed], around: Surroundings) -> list[Conflict]:
    """Every conflict of a draft, session by session."""
    placed = list(sessions)
    return [conflict for one in placed for conflict in (*own_conflicts(one, around), *host_clashes(one, placed))]


def own_conflicts(one: Placed, around: Surroundings) -> list[Conflict]:
    room = around.rooms[one.room]
    found = [Conflict(ConflictKind.ROOM_LACKS, one.topic, detail=need) for need in sorted(one.needs - room.features)]
    if any((slot, one.room) in around.closed for slot in one.slots):
        found.append(Conflict(ConflictKind.ROOM_CLOSED, one.topic))
    if any(slot in around.away.get(host, frozenset()) for host in one.hosts for slot in one.slots):
        found.append(Conflict(ConflictKind.HOST_AWAY, one.topic))
    if len(one.slots) < one.length:
        found.append(Conflict(ConflictKind.NO_FOLLOWING_SLOT, one.topic))
    if one.expected > room.places * TIGHT:
        found.append(Conflict(ConflictKind.ROOM_SMALL, one.topic, detail=f"{one.expected}/{room.places}"))
    return found


def host_clashes(one: Placed, placed: Iterable[Placed]) -> list[Conflict]:
    return [
        Conflict(ConflictKind.HOST_TWICE, one.topic, other=other.topic)
        for other in placed
        if other.topic != one.topic and one.hosts & other.hosts and set(one.slots) & set(other.slots)
    ]


SHOW_UP: Final = 0.69
TIGHT: Final = 1.1
"""So much more than its places may a room be expected to draw: that much a forecast is wrong by, and people stand."""


@dataclass(frozen=True, slots=True)
class Crowd:
    """Who could come: each voter's wishes (topic id to weight), people present, and a topic's named and total votes."""

    wishes: Sequence[Mapping[int, int]]
    present: int
    tallied: Mapping[int, tuple[int, int]]


def expected_audiences(slots: Iterable[Collection[int]], crowd: Crowd) -> dict[int, int]:
    """Topic id to the people who will come, from the topics of each slot.

    A person goes to the wished session of highest weight, or is split between several of them; about 69 % of the
    interested come (seen at barcamps); people who did not vote behave like those who did; hands raise a topic by
    their share.
    """
    voters = sum(1 for wishes in crowd.wishes if wishes)
    scale = SHOW_UP * max(1.0, crowd.present / voters) if voters else 0.0
    drawn: dict[int, float] = {}
    for topics in slots:
        for topic, people in shares(topics, crowd.wishes).items():
            drawn[topic] = max(drawn.get(topic, 0.0), people)
    return {topic: round(people * scale * lifted(crowd.tallied.get(topic))) for topic, people in drawn.items()}


def shares(topics: Collection[int], wishes: Iterable[Mapping[int, int]]) -> dict[int, float]:
    """How many of these people each topic draws when all are at the same time."""
    drawn = dict.fromkeys(topics, 0.0)
    for wished in wishes:
        best = max((wished[topic] for topic in topics if topic in wished), default=0)
        chosen = [topic for topic in topics if best and wished.get(topic) == best]
        for topic in chosen:
            drawn[topic] += 1 / len(chosen)
    return drawn


def lifted(tallied: tuple[int, int] | None) -> float:
    """By how much hands raise a topic: its total over its named votes."""
    return tallied[1] / tallied[0] if tallied and tallied[0] else 1.0
