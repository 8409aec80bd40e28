"""Reads about the market: stands, demonstrations, questions, votes, and who may change a stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Count, F, Q, QuerySet, Sum
from django.http import HttpRequest

from offenraum.barcamp.models import Topic
from offenraum.conference.models import Conference
from offenraum.conference.queries import now_of
from offenraum.conference.queries.access import access_of
from offenraum.conference.queries.times import event_ends_at
from offenraum.conference.rules import Duty
from offenraum.market.models import (
    Booking,
    Contact,
    DemoSlot,
    Dot,
    DotVote,
    FloorPlan,
    Stand,
    StandKey,
    StandQuestion,
    StandReport,
    StandWish,
)
from offenraum.market.rules import PLAN, is_over
from offenraum.people.queries import digest_of, used_second_factor
from offenraum.seats.models import Seat
from offenraum.sensors.queries import Newest, newest_of

STAND_SESSION_KEY: Final = "stands"
NEXT_DEMOS: Final = 4
SHOWN_TOPICS: Final = (Topic.State.RELEASED, Topic.State.MERGED)


def stands_of(conference: Conference) -> QuerySet[Stand]:
    """What the market shows, by number."""
    return Stand.objects.filter(conference=conference, hidden_at=None).select_related("conference")


def stand_numbered(conference: Conference, number: int) -> Stand | None:
    """A stand, hidden or not; who may see it is for the view to say."""
    found = Stand.objects.filter(conference=conference, number=number).select_related("conference", "topic", "device")
    return found.prefetch_related("media__picture").first()


def market_stands(conference: Conference) -> QuerySet[Stand]:
    """The list of the market: each stand with its wishes counted, its first picture and its sensor at hand."""
    counted = with_sensors(stands_of(conference)).annotate(wish_count=Count("wishes"))
    return counted.prefetch_related("media__picture")


def with_sensors(stands: QuerySet[Stand]) -> QuerySet[Stand]:
    return stands.select_related("device").prefetch_related("device__channels")


@dataclass(frozen=True, slots=True)
class Listed:
    """A stand in a list, with what its sensor measures now."""

    stand: Stand
    newest: Newest | None


def listed(stands: Iterable[Stand], *, now: datetime) -> list[Listed]:
    return [Listed(stand, newest_of(stand.device, now=now) if stand.device else None) for stand in stands]


def plan_of(conference: Conference) -> FloorPlan | None:
    return FloorPlan.objects.filter(conference=conference).select_related("picture__conference").first()


@dataclass(frozen=True, slots=True)
class Spot:
    """A stand on the floor plan, in the pixels of its picture."""

    stand: Stand
    x: int
    y: int


def placed_on(plan: FloorPlan, stands: Iterable[Stand]) -> list[Spot]:
    width, height = plan.picture.width, plan.picture.height
    return [
        Spot(stand, stand.x * width // PLAN, stand.y * height // PLAN)
        for stand in stands if stand.x is not None and stand.y is not None
    ]


def is_archived(conference: Conference) -> bool:
    return is_over(ends_at=event_ends_at(conference), now=now_of(conference))


def stand_of_key(conference: Conference, key: str) -> StandKey | None:
    """The key behind an exhibitor's link, while it opens its stand."""
    found = StandKey.objects.filter(stand__conference=conference, secret_hash=digest_of(key), ended_at=None)
    return found.select_related("stand__conference").first()


def is_exhibitor(request: HttpRequest, stand: Stand) -> bool:
    """Whether this browser was opened with a key to this stand."""
    key = request.session.get(STAND_SESSION_KEY, {}).get(str(stand.pk), "")
    return bool(key) and StandKey.objects.filter(stand=stand, secret_hash=digest_of(key), ended_at=None).exists()


def is_organiser(request: HttpRequest, conference: Conference) -> bool:
    access = access_of(request, conference)
    return bool(access and access.may(Duty.ORGANISE) and used_second_factor(request))


def next_demos(conference: Conference, *, now: datetime) -> list[DemoSlot]:
    """What is demonstrated now and next, with the free places."""
    found = with_free_places(DemoSlot.objects.filter(stand__conference=conference, stand__hidden_at=None))
    soon = found.filter(starts_at__gte=now).select_related("stand__conference")
    return list(soon.order_by("starts_at", "pk")[:NEXT_DEMOS])


def with_free_places(demos: QuerySet[DemoSlot]) -> QuerySet[DemoSlot]:
    return demos.annotate(free=F("places") - Count("bookings"))


def demos_of(stand: Stand) -> QuerySet[DemoSlot]:
    return with_free_places(DemoSlot.objects.filter(stand=stand)).order_by("starts_at", "pk")


def questions_of(stand: Stand) -> QuerySet[StandQuestion]:
    return StandQuestion.objects.filter(stand=stand, hidden_at=None)


@dataclass(frozen=True, slots=True)
class Own:
    """What one seat has left at one stand."""

    has_wished: bool
    contact: Contact | None
    booked: frozenset[int]


def own_of(stand: Stand, seat: Seat | None) -> Own:
    if seat is None:
        return Own(has_wished=False, contact=None, booked=frozenset())
    booked = Booking.objects.filter(demo__stand=stand, seat=seat).values_list("demo_id", flat=True)
    return Own(
        has_wished=StandWish.objects.filter(stand=stand, seat=seat).exists(),
        contact=Contact.objects.filter(stand=stand, seat=seat).first(), booked=frozenset(booked),
    )


@dataclass(frozen=True, slots=True)
class Figures:
    """What an exhibitor learns about the interest in a stand: counts, no people."""

    wishes: int
    contacts: int
    questions: int
    open_questions: int
    booked: int


def figures_of(stand: Stand) -> Figures:
    questions = questions_of(stand)
    return Figures(
        wishes=stand.wishes.count(), contacts=stand.contacts.count(), questions=questions.count(),
        open_questions=questions.filter(answered_at=None).count(),
        booked=Booking.objects.filter(demo__stand=stand).count(),
    )


@dataclass(frozen=True, slots=True)
class Result:
    """A choice with its dots; None while the vote runs, because early counts sway later votes."""

    pk: int
    name: str
    address: str
    own: int
    total: int | None


def votes_of(conference: Conference) -> QuerySet[DotVote]:
    """Votes that everybody sees: open ones and those whose result is known."""
    return DotVote.objects.filter(conference=conference).exclude(state=DotVote.State.PLANNED)


def results_of(vote: DotVote, seat: Seat | None) -> list[Result]:
    """Choices in their order, after the close by dots; with what this seat has given."""
    own = dict(Dot.objects.filter(choice__vote=vote, seat=seat).values_list("choice", "count")) if seat else {}
    is_closed = vote.state == DotVote.State.CLOSED
    choices = vote.choices.select_related("stand__conference").annotate(total=Sum("given__count"))
    found = [
        Result(
            pk=choice.pk, name=choice.name, own=own.get(choice.pk, 0), total=(choice.total or 0) if is_closed else None,
            address=choice.stand.address if choice.stand and choice.stand.hidden_at is None else "",
        )
        for choice in choices
    ]
    return sorted(found, key=lambda one: -(one.total or 0))


def open_reports(conference: Conference) -> QuerySet[StandReport]:
    found = StandReport.objects.filter(stand__conference=conference, settled_at=None)
    return found.select_related("stand", "question")


def desk_stands(conference: Conference) -> QuerySet[Stand]:
    """Every stand with what its organiser asks about: letters, wishes, open questions."""
    return Stand.objects.filter(conference=conference).select_related("conference").annotate(
        wish_count=Count("wishes", distinct=True),
        key_count=Count("keys", filter=Q(keys__ended_at=None), distinct=True),
    ).order_by("number")


def stand_of_topic(conference: Conference, number: int) -> Stand | None:
    """The stand from which a topic came, while both are shown."""
    found = stands_of(conference).filter(topic__number=number, topic__state__in=SHOWN_TOPICS)
    return found.first()
