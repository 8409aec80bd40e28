"""The programme for everybody, and the own plan of a seat."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from offenraum.barcamp.queries import topic_of
from offenraum.conference.models import Conference
from offenraum.kit.group_commit import durable
from offenraum.programme.actions.bookmarks import keep_session
from offenraum.programme.queries.published import own_topics
from offenraum.seats.queries import seat_of


@require_GET
def programme(request: HttpRequest, slug: str) -> HttpResponse:
    """Fixed programme and sessions in one."""
    conference = get_object_or_404(Conference, slug=slug)
    seat = seat_of(request, conference)
    own = sorted(own_topics(seat)) if seat else []
    context = {"conference": conference, "seat": seat, "own": own, "page": "programme"}
    return render(request, "programme/programme.html", context)


@require_POST
def keep(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Put a session into the own plan (kept=1) or take it out (kept=0)."""
    conference = get_object_or_404(Conference, slug=slug)
    seat = seat_of(request, conference)
    topic = topic_of(conference=conference, number=number)
    if topic is None:
        raise Http404
    if seat is None:
        return redirect(f"/{slug}/platz?next=/{slug}/mein-plan")
    durable(keep_session, seat=seat, topic=topic, is_kept=request.POST.get("kept") != "0")
    return redirect(f"/{slug}/mein-plan#thema-{number}")
