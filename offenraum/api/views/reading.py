"""Everything public, for reading."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Query, Router
from ninja.pagination import LimitOffsetPagination, paginate

from offenraum.api.schemas import (
    ConferenceOut,
    EditionOut,
    Problem,
    ProgrammeOut,
    RoomOut,
    SessionOut,
    SlotOut,
    TopicOut,
)
from offenraum.barcamp.models import Topic
from offenraum.barcamp.queries import public_topics, tallies
from offenraum.conference.models import Conference
from offenraum.conference.queries import conference_of, grid_of
from offenraum.programme.formats.schedule import Schedule
from offenraum.programme.queries.published import latest_edition
from offenraum.programme.queries.schedule import published_editions, schedule_of

router = Router(tags=["reading"])
MISSING = {404: Problem, 422: Problem}


class Pages(LimitOffsetPagination):
    """`?limit=&offset=`; answers `{items, count}`."""


@router.get("/conferences", response=list[ConferenceOut], url_name="conferences")
@paginate(Pages)
def conferences(request: HttpRequest) -> list[ConferenceOut]:
    """The conferences of this installation, the newest first."""
    return [conference_out(one) for one in Conference.objects.filter(is_hidden=False).order_by("-created_at", "-pk")]


@router.get("/conferences/{slug:slug}", response={200: ConferenceOut} | MISSING, url_name="conference")
def conference(request: HttpRequest, slug: str) -> ConferenceOut:
    return conference_out(conference_of(request, slug))


def conference_out(one: Conference) -> ConferenceOut:
    latest = latest_edition(one)
    return ConferenceOut(
        address=one.slug, title=one.title, about=one.about, venue=one.venue, time_zone=one.time_zone,
        edition=latest.number if latest else None, url=f"{settings.ADDRESS}/{one.slug}/",
    )


@router.get("/conferences/{slug:slug}/rooms", response={200: list[RoomOut]} | MISSING, url_name="rooms")
def rooms(request: HttpRequest, slug: str) -> list[RoomOut]:
    return [RoomOut.from_orm(room) for room in grid_of(conference_of(request, slug)).rooms]


@router.get("/conferences/{slug:slug}/slots", response={200: list[SlotOut]} | MISSING, url_name="slots")
def slots(request: HttpRequest, slug: str) -> list[SlotOut]:
    return [SlotOut.from_orm(slot) for slot in grid_of(conference_of(request, slug)).slots]


@router.get("/conferences/{slug:slug}/topics", response=list[TopicOut], url_name="topics")
@paginate(Pages)
def topics(
    request: HttpRequest, slug: str, hashtag: str = Query("", max_length=40)  # type: ignore[type-arg]
) -> list[TopicOut]:
    """Topics that everybody may see, by number; `hashtag` keeps those that carry it."""
    conference = conference_of(request, slug)
    found = public_topics(conference).order_by("number")
    return topics_out(conference, (one for one in found if not hashtag or hashtag in one.hashtags))


@router.get("/conferences/{slug:slug}/topics/{int:number}", response={200: TopicOut} | MISSING, url_name="topic")
def topic(request: HttpRequest, slug: str, number: int) -> TopicOut:
    conference = conference_of(request, slug)
    return topics_out(conference, [get_object_or_404(public_topics(conference), number=number)])[0]


def topics_out(conference: Conference, found: Iterable[Topic]) -> list[TopicOut]:
    """With what they were given, once their vote is over."""
    known = tallies(conference)
    return [topic_out(conference, one, tally.total if (tally := known.get(one.pk)) else 0) for one in found]


def topic_out(conference: Conference, one: Topic, total: int) -> TopicOut:
    return TopicOut(
        number=one.number, title=one.title, about=one.about, kind=one.kind, level=one.level, format=one.format,
        length=one.length, hashtags=one.hashtags, hosts=[host.name for host in one.hosts.all()],
        interest=total if one.round and one.round.is_closed else None,
        url=f"{settings.ADDRESS}/{conference.slug}/themen/{one.number}",
    )


@router.get("/conferences/{slug:slug}/programme", response={200: ProgrammeOut} | MISSING, url_name="programme")
def programme(request: HttpRequest, slug: str) -> ProgrammeOut:
    """The latest edition with the fixed programme; what fell out of it is marked as cancelled."""
    schedule = schedule_of(conference_of(request, slug))
    return ProgrammeOut(edition=schedule.edition, changed_at=schedule.changed_at, sessions=sessions_out(schedule))


def sessions_out(schedule: Schedule) -> list[SessionOut]:
    return [
        SessionOut(
            key=one.key, title=one.title, text=one.text, kind=one.kind, starts_at=schedule.local(one.starts_at),
            ends_at=schedule.local(one.ends_at), room=one.room, people=[human.name for human in one.humans],
            is_cancelled=one.is_cancelled, url=schedule.address(one),
        )
        for one in schedule.entries
    ]


@router.get("/conferences/{slug:slug}/editions", response={200: list[EditionOut]} | MISSING, url_name="editions")
def editions(request: HttpRequest, slug: str) -> list[EditionOut]:
    """Every edition, the newest first."""
    conference = conference_of(request, slug)
    with timezone.override(conference.zone):
        return [
            EditionOut(number=one.number, published_at=one.at, name=one.name, changes=list(one.sentences))
            for one in published_editions(conference)
        ]
