"""The places that somebody can get, who holds them, and the waiting list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.db import connection
from django.db.models import QuerySet

from offenraum.registration.models import Contingent, Registration, RegistrationSettings
from offenraum.registration.models.registrations import HOLDING
from offenraum.registration.rules import decide

COUNT_POOL: Final = (
    "SELECT COUNT(place), SUM(CASE WHEN state = 'waiting' THEN 1 ELSE 0 END), MAX(place) "
    "FROM registration_registration WHERE conference_id = %s AND ended_at IS NULL AND {which}"
)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many hold a place and wait, and the highest number of a place that is held."""

    held: int
    waiting: int
    highest: int


@dataclass(frozen=True, slots=True)
class Pool:
    """The places that somebody can get: those for everybody, or those of a contingent."""

    book: RegistrationSettings
    contingent: Contingent | None = None

    @property
    def capacity(self) -> int:
        return self.contingent.capacity if self.contingent else self.book.capacity

    @property
    def all(self) -> QuerySet[Registration]:
        return Registration.objects.filter(conference=self.book.conference_id, contingent=self.contingent)

    def counts(self) -> Counts:
        """How many hold a place and wait; in SQL, since in a burst composing questions is what takes time."""
        which = "contingent_id = %s" if self.contingent else "contingent_id IS NULL"
        values = [self.book.conference_id, *([self.contingent.pk] if self.contingent else [])]
        with connection.cursor() as cursor:
            cursor.execute(COUNT_POOL.format(which=which), values)
            held, waiting, highest = cursor.fetchone()
        return Counts(held=held, waiting=waiting or 0, highest=highest or 0)

    def taken(self) -> set[int]:
        """The numbers of the places that somebody holds."""
        places = self.all.filter(state__in=HOLDING).values_list("place", flat=True)
        return {place for place in places if place is not None}

    def waiting(self) -> QuerySet[Registration]:
        """The waiting list in its order."""
        return self.all.filter(state=Registration.State.WAITING).order_by("number")


class Queue:
    """The places and the waiting list of a pool while people come in one by one; the caller holds the lock."""

    def __init__(self, pool: Pool) -> None:
        counts = pool.counts()
        self.capacity, self.waiting = pool.capacity, counts.waiting
        self.taken = set(range(1, counts.held + 1)) if counts.held == counts.highest else pool.taken()

    def next(self) -> tuple[int | None, int]:
        """The place for somebody new, or None and the position on the waiting list."""
        place = decide(capacity=self.capacity, taken=self.taken, waiting=self.waiting)
        return place, 0 if place else self.waiting + 1

    def admit(self) -> tuple[int | None, int]:
        """The same, and it is theirs."""
        place, position = self.next()
        if place:
            self.taken.add(place)
        else:
            self.waiting += 1
        return place, position
