"""Reads about interest: what a seat wants, and what a vote is about."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Count, Max, Q, QuerySet
from django.db.models.functions import Coalesce

from offenraum.barcamp.models import BallotMark, Interest, Topic
from offenraum.conference.models import Conference
from offenraum.kit.clock import Clock
from offenraum.seats.models import Seat

MOST_NUMBER = 2**31 - 1
T = TypeVar("T", int, str)


def interests_of(*, seat: Seat) -> dict[int, int]:
    """Topic id to weight, for one seat by phone, as its buttons show it: also of the topic that a wish merged into."""
    rows = Interest.objects.filter(seat=seat, weight__gt=0).values_list("topic_id", "topic__head_id", "weight")
    found: dict[int, int] = {}
    for topic, head, weight in rows:
        for shown in {topic, head or topic}:
            found[shown] = max(weight, found.get(shown, 0))
    return found


def wishes_of(*, seat: Seat) -> dict[int, int]:
    """Topic id to weight, for one seat, by phone or ballot; a merged topic is the one that it was merged into."""
    return {topic: weight for (_seat, topic), weight in united(Seat.objects.filter(pk=seat.pk)).items()}


def wishes_by_seat(conference: Conference) -> dict[int, dict[int, int]]:
    """Seat id to topic id to weight, of all checked-in seats, for topics that can be planned."""
    there = Seat.objects.filter(conference=conference, checked_in_at__isnull=False)
    planned = set(Topic.objects.filter(conference=conference, state="released").values_list("pk", flat=True))
    wishes: dict[int, dict[int, int]] = {}
    for (seat, topic), weight in united(there).items():
        if topic in planned:
            wishes.setdefault(seat, {})[topic] = weight
    return wishes


def united(seats: QuerySet[Seat]) -> dict[tuple[int, int], int]:
    """Seat and topic to weight, by phone or ballot; the strongest wish where several are for what is one topic."""
    head = Coalesce("topic__head", "topic")
    phones = Interest.objects.filter(seat__in=seats, weight__gt=0).annotate(head=head)
    papers = BallotMark.objects.filter(ballot__seat__in=seats, ballot__is_valid=True).annotate(head=head)
    found = dict.fromkeys(papers.values_list("ballot__seat_id", "head"), 1)
    for seat, topic, weight in phones.values_list("seat_id", "head", "weight"):
        found[seat, topic] = max(weight, found.get((seat, topic), 0))
    return found


def interest_of(*, seat_id: int, topic_id: int) -> Interest | None:
    """What this seat last chose for a topic, also when it took it back."""
    return Interest.objects.filter(seat_id=seat_id, topic_id=topic_id).first()


def weight_of(*, seat_id: int, topic_id: int) -> int:
    """What a seat wants of a topic by phone now, of what is merged with it too."""
    one = Q(topic_id=topic_id) | Q(topic__head_id=topic_id)
    return Interest.objects.filter(one, seat_id=seat_id).aggregate(most=Max("weight"))["most"] or 0


# A hall votes within seconds. For these reads building the statement would cost ten times what running it does.
CLOCKS = """
    SELECT id, slug, clock_started_at, clock_shows_at, clock_speed FROM conference_conference WHERE slug IN ({places})
"""
NUMBERED = """
    SELECT conference_id, number, id FROM barcamp_topic WHERE conference_id IN ({places}) AND number IN ({numbers})
"""
SIGNED_IN = """
    SELECT seat.conference_id, device.key_hash, device.seat_id
    FROM seats_seatdevice device JOIN seats_seat seat ON seat.id = device.seat_id
    WHERE device.ended_at IS NULL AND device.key_hash IN ({places})
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a browser says of its vote: the conference's address, the topic's number, the hash of its own key."""

    slug: str
    number: int
    device_hash: str
    real_now: datetime


@dataclass(frozen=True, slots=True)
class Vote:
    """What a vote is about: the topic of a number, the seat of a browser, the time on the conference's clock."""

    topic_id: int | None
    seat_id: int | None
    now: datetime


def vote_of(*, slug: str, number: int, device_hash: str, real_now: datetime) -> Vote | None:
    """Look up a vote; None for an unknown conference."""
    return votes_of([Asked(slug, number, device_hash, real_now)])[0]


def votes_of(asked: Sequence[Asked]) -> list[Vote | None]:
    """Look up many votes in three statements."""
    with connection.cursor() as cursor:
        clocks = {
            slug: (conference, Clock(in_utc(started_at), in_utc(shows_at), speed))
            for conference, slug, started_at, shows_at, speed in rows_of(cursor, CLOCKS, {one.slug for one in asked})
        }
        numbers = {min(one.number, MOST_NUMBER) for one in asked}
        conferences = {conference for conference, _clock in clocks.values()}
        topics = keyed(rows_of(cursor, NUMBERED, conferences, numbers))
        seats = keyed(rows_of(cursor, SIGNED_IN, {one.device_hash for one in asked}))

    def found(one: Asked) -> Vote | None:
        if one.slug not in clocks:
            return None
        conference, clock = clocks[one.slug]
        topic, seat = topics.get((conference, one.number)), seats.get((conference, one.device_hash))
        return Vote(topic, seat, clock.at(one.real_now))

    return [found(one) for one in asked]


def rows_of(cursor: Any, statement: str, values: Collection[Any], numbers: Collection[int] = ()) -> list[Any]:
    if not values:
        return []
    places, more = (",".join(["%s"] * len(some)) for some in (values, numbers))
    cursor.execute(statement.format(places=places, numbers=more), [*values, *numbers])
    rows: list[Any] = cursor.fetchall()
    return rows


def keyed(rows: Iterable[tuple[int, T, int]]) -> dict[tuple[int, T], int]:
    return {(conference, name): found for conference, name, found in rows}


def in_utc(value: datetime | None) -> datetime | None:
    """SQLite gives times without their zone."""
    return value.replace(tzinfo=UTC) if value and value.tzinfo is None else value


def voters_since(conference: Conference, since: datetime) -> int:
    """How many seats changed an interest since then: shows the desk that votes arrive."""
    changed = Interest.objects.filter(topic__conference=conference, changed_at__gte=since)
    return changed.aggregate(seats=Count("seat", distinct=True))["seats"] or 0


def uncounted_interest(*, conference: Conference) -> int:
    """Interests of seats that have not checked in yet; they count once the seat does."""
    return Interest.objects.filter(
        topic__conference=conference, weight__gt=0, seat__checked_in_at__isnull=True
    ).count()
