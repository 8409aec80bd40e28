"""Reads about conferences."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import F, QuerySet
from django.http import Http404, HttpRequest
from django.utils import timezone

from offenraum.conference.models import Conference, Notice, Room, Slot, Talk, Wall
from offenraum.kit.rows import Rows

MOST_NOTICES: Final = 3
BY_SLUG: Final = Rows(lambda: Conference.objects.filter(slug="any").order_by())


def conference_by_slug(slug: str) -> Conference | None:
    """What every request begins with."""
    return BY_SLUG.first(slug)


def is_hidden(slug: str) -> bool:
    """Whether a conference is there and not published yet."""
    return Conference.objects.filter(slug=slug, is_hidden=True).exists()


def now_of(conference: Conference) -> datetime:
    """The time that this conference's clock shows, in its own zone."""
    return conference.clock.at(timezone.now()).astimezone(conference.zone)


@dataclass(frozen=True, slots=True)
class Grid:
    """The slots and rooms of the barcamp, in order, and the cells that are closed."""

    slots: tuple[Slot, ...]
    rooms: tuple[Room, ...]
    closed: frozenset[tuple[int, int]]


def grid_of(conference: Conference) -> Grid:
    """Slots, rooms and closed (slot id, room id) pairs, in two questions to the database."""
    each = list(Room.objects.filter(conference=conference).annotate(closed_in=F("closures__slot")).order_by("position"))
    slots = tuple(Slot.objects.filter(conference=conference).order_by("starts_at"))
    return Grid(
        slots=slots,
        rooms=tuple({room.pk: room for room in each}.values()),
        closed=frozenset((room.closed_in, room.pk) for room in each if room.closed_in),
    )


def talks_of(conference: Conference) -> QuerySet[Talk]:
    """The fixed programme in order of time."""
    return Talk.objects.filter(conference=conference).select_related("room").prefetch_related("speakers")


def conference_of(request: HttpRequest, slug: str) -> Conference:
    """The conference of an address, read once for each request; Http404 when there is none."""
    if (found := conference_asked(request, slug)) is None:
        raise Http404
    return found


def conference_asked(request: HttpRequest, slug: str) -> Conference | None:
    """The same, or None."""
    known: Conference | None = getattr(request, "conference", None)
    if known is None or known.slug != slug:
        known = request.conference = conference_by_slug(slug)  # type: ignore[attr-defined]
    return known


def wall_numbered(conference: Conference, number: int) -> Wall:
    """How a wall is set; one that nobody has set follows the day."""
    found = Wall.objects.filter(conference=conference, number=number).first()
    return found or Wall(conference=conference, number=number, metres=conference.wall_metres)


def known_walls(conference: Conference) -> list[int]:
    """The numbers of the walls that somebody has set; the first one is always there."""
    return sorted({1, *Wall.objects.filter(conference=conference).values_list("number", flat=True)})


def notices_of(slug: str) -> list[Notice]:
    """The announcements that are current on the conference's clock, the newest first."""
    held = Notice.objects.filter(conference__slug=slug, ended_at__isnull=True).select_related("conference")
    return [one for one in held.order_by("-pk") if one.sent_at <= now_of(one.conference) < one.ends_at][:MOST_NOTICES]
