"""Places and the waiting list as decisions on plain values: who gets a place, who is next, until when."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, TypeVar

T = TypeVar("T")
LAST_MINUTE: Final = timedelta(hours=2)
"""So shortly before the conference nobody is asked to confirm any more: a free place is given outright."""

DEVICE_WINDOW: Final = timedelta(hours=1)
MOST_OF_DEVICE: Final = 12
"""So many forms of one browser in an hour; a secretary registers four people with each."""

RUSH_WINDOW: Final = timedelta(minutes=1)
RUSH: Final = 1500
"""More forms than this in a minute and every further one has to show some work."""

PROOF_BITS: Final = 15
SLOW_SECONDS: Final = 5
"""Whoever has no script answers a question instead, and not faster than a person could."""

MOST_OF_ADDRESS: Final = 254


class Phase(StrEnum):
    """What somebody can do who wants to come."""

    SOON = "soon"
    OPEN = "open"
    WAITING = "waiting"
    CLOSED = "closed"


def capacity_of(*, places: int, overbooking_percent: int) -> int:
    """How many people may hold a place: some never come, so a little more than there are chairs."""
    return places + places * overbooking_percent // 100


def free_places(*, capacity: int, taken: Collection[int]) -> Iterator[int]:
    """The numbers of the places that may still be given, the lowest first.

    Where places were taken away since, fewer are given than numbers are free.
    """
    left = capacity - len(taken)
    for number in range(1, capacity + 1):
        if left <= 0:
            return
        if number not in taken:
            left -= 1
            yield number


def decide(*, capacity: int, taken: Collection[int], waiting: int) -> int | None:
    """The place for somebody new; None means the end of the waiting list, which nobody jumps."""
    return None if waiting else next(free_places(capacity=capacity, taken=taken), None)


def next_up(*, capacity: int, taken: Collection[int], waiting: Sequence[T]) -> list[tuple[T, int]]:
    """Who moves up to which place, strictly in the order of the list."""
    return list(zip(waiting, free_places(capacity=capacity, taken=taken), strict=False))


def confirm_by(*, now: datetime, hours: int, starts_at: datetime | None) -> datetime | None:
    """Until when somebody who moved up has to confirm; at the latest half-way to the conference.

    None means that the place is given outright.
    """
    by = now + timedelta(hours=hours)
    if starts_at is not None:
        by = min(by, now + (starts_at - now) / 2)
        if starts_at - now < LAST_MINUTE:
            return None
    return by if hours else None


def moves_up(*, now: datetime, starts_at: datetime | None) -> bool:
    """Once the conference has begun, who is there decides at the door."""
    return starts_at is None or now < starts_at


def calls_again(*, now: datetime, days: int, starts_at: datetime | None) -> bool:
    """Whether it is time to ask those with a place if they still come."""
    return bool(days) and starts_at is not None and starts_at - timedelta(days=days) <= now < starts_at


def answer_by(*, now: datetime, hours: int, starts_at: datetime) -> datetime:
    """Until when the call must be answered: early enough for others to move up."""
    return min(now + timedelta(hours=hours), now + (starts_at - now) / 2)


def phase_of(
    *, now: datetime, opens_at: datetime | None, closes_at: datetime | None, has_place: bool
) -> Phase:
    """What the start page offers."""
    if opens_at is not None and now < opens_at:
        return Phase.SOON
    if closes_at is not None and now >= closes_at:
        return Phase.CLOSED
    return Phase.OPEN if has_place else Phase.WAITING


def no_show_percent(*, expected: int, came: int) -> int:
    """How many of those with a place did not come."""
    return round(100 * (expected - came) / expected) if expected else 0


def email_key(email: str) -> str:
    """An address as it is compared: Ayse@KÖLN.example is ayse@xn--kln-sna.example, anna+1@ stays another than anna@."""
    local, _at, domain = email.strip().rpartition("@")
    with suppress(UnicodeError):
        domain = domain.encode("idna").decode()
    return f"{local.casefold()}@{domain.casefold()}"[:MOST_OF_ADDRESS]


def is_proven(*, challenge: str, proof: str) -> bool:
    """Whether a browser has searched for a number whose digest with the challenge begins with enough zero bits."""
    digest = hashlib.sha256(f"{challenge}:{proof}".encode(errors="replace")).digest()
    return int.from_bytes(digest[:4], "big") >> (32 - PROOF_BITS) == 0


def sum_of(challenge: str) -> tuple[int, int]:
    """Two small numbers to add, for whoever has no script."""
    digest = hashlib.sha256(challenge.encode(errors="replace")).digest()
    return digest[0] % 8 + 2, digest[1] % 8 + 2
