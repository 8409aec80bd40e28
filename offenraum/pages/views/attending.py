"""Pages put together from several slices: start, now, my plan, wall, door, and what a browser knows of its own seat."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import fields
from functools import partial
from typing import Any, Final

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from offenraum.barcamp.queries import interests_of, topics_hosted_by
from offenraum.conference.models import Conference, Room
from offenraum.conference.queries import conference_of, now_of
from offenraum.gathering.models import Feedback
from offenraum.gathering.queries import own_feedback
from offenraum.gathering.queries.visits import Visit, visit_of
from offenraum.gathering.rules import HEADS
from offenraum.live.shared import render_shared
from offenraum.pages.pictures import door_png, sheet_of, tag_of
from offenraum.pages.queries.home import home_of, listed_conferences
from offenraum.programme.queries.differences import News, news_of
from offenraum.programme.queries.published import own_plan, own_topics, programme_of
from offenraum.programme.queries.structured import structured_data
from offenraum.programme.queries.why import share_of
from offenraum.seats.models import Seat
from offenraum.seats.queries import calendar_key, seat_of

REFRESH_SECONDS: Final = "60"


@require_GET
def conferences(request: HttpRequest) -> HttpResponse:
    """The conferences of this installation; straight to the one when there is only one."""
    listed = listed_conferences(today=timezone.localdate())
    if len(listed.coming) + len(listed.past) == 1:
        return redirect(f"/{(listed.coming + listed.past)[0].slug}/")
    return render(request, "pages/conferences.html", {"listed": listed})


@require_GET
def start(request: HttpRequest, slug: str) -> HttpResponse:
    """What, when, where, and the way in."""
    conference = conference_of(request, slug)
    home = home_of(conference, now=now_of(conference))
    shown = {field.name: getattr(home, field.name) for field in fields(home)}
    context = {
        "conference": conference, "page": "start", "structured": structured_data(conference), **shown,
    }
    return render(request, "pages/start.html", context)


@require_GET
def now(request: HttpRequest, slug: str) -> HttpResponse:
    """Now and next, the own plan first; during the round the current pitch."""
    conference = conference_of(request, slug)
    seat = seat_of(request, conference)
    shown, programme = now_of(conference), programme_of(conference)
    coming = [p for p in own_plan(seat=seat, programme=programme) if p.session.ends_at > shown] if seat else []
    context = {
        "conference": conference, "seat": seat, "coming": coming[:2], "page": "now", "key": uuid.uuid4(),
        "interests": interests_of(seat=seat) if seat else {}, "news": news_for(conference, seat),
    }
    return render(request, "pages/now.html", context)


def news_for(conference: Conference, seat: Seat | None) -> News | None:
    """What changed in the last hour, the own plan first."""
    with timezone.override(conference.zone):
        return news_of(conference, own_topics(seat) if seat else set(), now=now_of(conference))


@require_GET
def my_plan(request: HttpRequest, slug: str) -> HttpResponse:
    """The own plan of a seat: what it wants and hosts, with clashes."""
    conference = conference_of(request, slug)
    seat = seat_of(request, conference)
    programme = programme_of(conference)
    context = {
        "conference": conference, "seat": seat, "programme": programme, "page": "plan",
        "planned": own_plan(seat=seat, programme=programme) if seat else [],
        "own": topics_hosted_by(seat=seat) if seat else [], "now": now_of(conference),
        "wanted": len(own_topics(seat)) if seat else 0, "share": share_of(seat) if seat else None,
        "news": news_for(conference, seat), "calendar": calendar_key(seat) if seat else "",
    }
    return render(request, "pages/my_plan.html", context)


@require_GET
def session(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The page of a session: when and where, notes, questions, links; for its host the heads, afterwards feedback."""
    visit = visit_of(request, slug, number)
    if visit.seat is None and not len(get_messages(request)):
        shown = [visit.conference, visit.topic, visit.may_count]
        return render_shared(request, "pages/session.html", partial(described, visit), scope=slug, shown=shown)
    return render(request, "pages/session.html", described(visit))


def described(visit: Visit) -> dict[str, Any]:
    """What the page of a session shows; that it has begun raises a version, as every beginning does."""
    planned = [one for one in programme_of(visit.conference).sessions if one.topic.pk == visit.topic.pk]
    return {
        "conference": visit.conference, "topic": visit.topic, "seat": visit.seat, "visit": visit, "planned": planned,
        "page": "programme", "has_begun": any(one.starts_at <= now_of(visit.conference) for one in planned),
        "values": Feedback.Value.choices, "heads": HEADS,
        "own": own_feedback(topic=visit.topic, seat=visit.seat) if visit.seat else None,
    }


@require_GET
def wall(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The projector."""
    return render(request, "pages/wall.html", {"conference": conference_of(request, slug), "wall": number})


@require_GET
def door(request: HttpRequest, slug: str, room: int) -> HttpResponse:
    """The sign of a room."""
    conference = conference_of(request, slug)
    found = get_object_or_404(Room, conference=conference, pk=room)
    context = {"conference": conference, "room": found, "now": now_of(conference)}
    return render(request, "pages/door.html", context)


@require_GET
def door_picture(request: HttpRequest, slug: str, room: int) -> HttpResponse:
    """The same sign as a picture for e-ink, asked for each minute; unchanged it is not sent again."""
    conference = conference_of(request, slug)
    found = get_object_or_404(Room, conference=conference, pk=room)
    with timezone.override(conference.zone):
        sheet = sheet_of(conference, found, now=now_of(conference))
    return conditional(request, tag=tag_of(sheet), draw=partial(door_png, sheet))


def conditional(request: HttpRequest, *, tag: str, draw: Callable[[], bytes]) -> HttpResponse:
    """A picture with its mark; nothing is drawn for who has it already."""
    headers = {"ETag": f'"{tag}"', "Cache-Control": "no-cache", "Refresh": REFRESH_SECONDS}
    if tag in request.headers.get("If-None-Match", ""):
        return HttpResponseNotModified(headers=headers)
    return HttpResponse(draw(), content_type="image/png", headers=headers)


@require_GET
def offline(request: HttpRequest, slug: str) -> HttpResponse:
    """What a browser without network shows in place of a page that it has not kept."""
    return render(request, "pages/offline.html", {"conference": conference_of(request, slug)})


@never_cache
@require_GET
def standing(request: HttpRequest, slug: str) -> HttpResponse:
    """What the browser paints onto shared pages: the own seat, its interests, and the token for its votes."""
    conference = conference_of(request, slug)
    seat = seat_of(request, conference)
    return JsonResponse(
        {
            "seat": seat.number if seat else None,
            "interests": interests_of(seat=seat) if seat else {},
            "csrf": get_token(request),
        }
    )


@require_GET
def imprint(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/imprint.html", {"operator": settings.OPERATOR})


@require_GET
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/accessibility.html", {"operator": settings.OPERATOR})
