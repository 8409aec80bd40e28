"""Reads about topics, interest and rounds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import connection
from django.db.models import Count, F, Prefetch, Q, QuerySet

from offenraum.barcamp.models import HandCount, Interest, Pitch, Round, Topic, TopicHost
from offenraum.barcamp.rules import total_wanted
from offenraum.conference.models import Conference
from offenraum.kit.clock import Clock
from offenraum.kit.similarity import most_alike
from offenraum.seats.models import Seat

MOST_NUMBER = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Tally:
    """What is known about the interest in one topic; only the desk may see it before the close."""

    topic: int
    named: int
    strong: int
    hands: int | None
    is_estimate: bool
    total: int


def public_topics(conference: Conference) -> QuerySet[Topic]:
    """The topics that everybody may see, with their hosts."""
    return with_hosts(Topic.objects.filter(conference=conference, state=Topic.State.RELEASED))


def desk_topics(conference: Conference) -> QuerySet[Topic]:
    """All topics but the withdrawn ones, with their hosts."""
    return with_hosts(Topic.objects.filter(conference=conference).exclude(state=Topic.State.WITHDRAWN))


def with_hosts(topics: QuerySet[Topic]) -> QuerySet[Topic]:
    return topics.select_related("round").prefetch_related(Prefetch("hosts", TopicHost.objects.select_related("seat")))


def topic_of(*, conference: Conference, number: int) -> Topic | None:
    return with_hosts(Topic.objects.filter(conference=conference, number=number)).first()


def topics_hosted_by(*, seat: Seat) -> QuerySet[Topic]:
    """The topics that this seat brought."""
    return with_hosts(Topic.objects.filter(hosts__seat=seat)).order_by("number")


def interests_of(*, seat: Seat) -> dict[int, int]:
    """Topic id to weight, for one seat."""
    return dict(Interest.objects.filter(seat=seat, weight__gt=0).values_list("topic_id", "weight"))


def interest_of(*, seat_id: int, topic_id: int) -> Interest | None:
    """What this seat last chose for a topic, also when it took it back."""
    return Interest.objects.filter(seat_id=seat_id, topic_id=topic_id).first()


# A hall votes within seconds. For these reads building the statement would cost ten times what running it does.
BALLOT = """
    SELECT topic.id, device.seat_id, conference.clock_started_at, conference.clock_shows_at, conference.clock_speed
    FROM conference_conference conference
    LEFT JOIN barcamp_topic topic ON topic.conference_id = conference.id AND topic.number = %s
    LEFT JOIN seats_seatdevice device ON device.key_hash = %s AND device.ended_at IS NULL
        AND device.seat_id IN (SELECT id FROM seats_seat WHERE conference_id = conference.id)
    WHERE conference.slug = %s
"""


@dataclass(frozen=True, slots=True)
class Ballot:
    """What a vote is about: the topic of a number, the seat of a browser, the time on the conference's clock."""

    topic_id: int | None
    seat_id: int | None
    now: datetime


def ballot_of(*, slug: str, number: int, device_hash: str, real_now: datetime) -> Ballot | None:
    """Look up a vote in one statement; None for an unknown conference."""
    with connection.cursor() as cursor:
        cursor.execute(BALLOT, [min(number, MOST_NUMBER), device_hash, slug])
        row = cursor.fetchone()
    if row is None:
        return None
    topic_id, seat_id, started_at, shows_at, speed = row
    return Ballot(topic_id, seat_id, Clock(in_utc(started_at), in_utc(shows_at), speed).at(real_now))


def in_utc(value: datetime | None) -> datetime | None:
    """SQLite gives times without their zone."""
    return value.replace(tzinfo=UTC) if value and value.tzinfo is None else value


def round_now(conference: Conference) -> Round | None:
    """The running round, else the next planned one, else the last closed one."""
    rounds = list(Round.objects.filter(conference=conference).select_related("current__topic"))
    running = [r for r in rounds if r.is_running]
    planned = [r for r in rounds if r.state == Round.State.PLANNED]
    return next(iter(running + planned + rounds[::-1]), None)


def pitches_of(round_: Round) -> QuerySet[Pitch]:
    """The queue of a round, hidden and withdrawn topics left out."""
    return (
        Pitch.objects.filter(round=round_, topic__state=Topic.State.RELEASED)
        .select_related("topic")
        .prefetch_related("topic__hosts")
        .order_by("position")
    )


def tallies(conference: Conference) -> dict[int, Tally]:
    """Topic id to tally: one voice for each checked-in seat, and the hands on top that no named vote stands for."""
    rows = (
        Interest.objects.filter(counting(), topic__conference=conference)
        .values("topic_id")
        .annotate(named=Count("id"), strong=Count("id", filter=Q(weight__gte=2)))
    )
    named = {row["topic_id"]: (row["named"], row["strong"]) for row in rows}
    hands = latest_hands(conference)
    return {
        topic: tally_of(topic=topic, named=named.get(topic, (0, 0)), hands=hands.get(topic))
        for topic in named.keys() | hands.keys()
    }


def counting(path: str = "") -> Q:
    """Which interests count: of seats that are there, and were there before the topic's round closed."""
    closed_at = f"{path}topic__round__closed_at"
    in_time = Q((f"{closed_at}__isnull", True)) | Q((f"{path}seat__checked_in_at__lte", F(closed_at)))
    return Q((f"{path}weight__gt", 0), (f"{path}seat__checked_in_at__isnull", False)) & in_time


def tally_of(*, topic: int, named: tuple[int, int], hands: tuple[HandCount, int] | None) -> Tally:
    count, later = (hands[0].count, hands[1]) if hands else (None, 0)
    return Tally(
        topic=topic,
        named=named[0],
        strong=named[1],
        hands=count,
        is_estimate=hands[0].is_estimate if hands else False,
        total=total_wanted(named=named[0], hands=count, named_by_paper_or_later=later),
    )


def latest_hands(conference: Conference) -> dict[int, tuple[HandCount, int]]:
    """Topic id to the hands counted last and the named votes that arrived after that count."""
    after = Q(topic__interests__changed_at__gt=F("counted_at"))
    later = Count("topic__interests", filter=counting("topic__interests__") & after)
    counts = HandCount.objects.filter(round__conference=conference).annotate(later=later).order_by("counted_at")
    return {hands.topic_id: (hands, hands.later) for hands in counts}


def topics_by_interest(conference: Conference, topics: Iterable[Topic]) -> list[tuple[Topic, Tally | None]]:
    """Topics with their tally, most wanted first; for the time after the close, and for the desk."""
    known = tallies(conference)
    pairs = [(topic, known.get(topic.pk)) for topic in topics]
    return sorted(pairs, key=lambda pair: (-(pair[1].total if pair[1] else 0), pair[0].number))


def voters_since(conference: Conference, since: datetime) -> int:
    """How many seats changed an interest since then: shows the desk that votes arrive."""
    changed = Interest.objects.filter(topic__conference=conference, changed_at__gte=since)
    return changed.aggregate(seats=Count("seat", distinct=True))["seats"] or 0

def uncounted_interest(*, conference: Conference) -> int:
    """Interests of seats that have not checked in yet; they count once the seat does."""
    return Interest.objects.filter(
        topic__conference=conference, weight__gt=0, seat__checked_in_at__isnull=True
    ).count()


def similar_topics(conference: Conference, *, title: str) -> list[Topic]:
    """Public topics with a title like this one, the most alike first."""
    known = {topic.pk: topic for topic in public_topics(conference)}
    alike = most_alike(title, [(key, topic.title) for key, topic in known.items()])
    return [known[key] for key in alike]
