"""Speakers and what they give."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from offenraum.conference.queries import conference_of, now_of
from offenraum.website.queries import speakers_of, talk_numbered


@require_GET
def speaker(request: HttpRequest, slug: str, speaker: int) -> HttpResponse:
    conference = conference_of(request, slug)
    found = get_object_or_404(speakers_of(conference), pk=speaker)
    return render(request, "website/speaker.html", {"conference": conference, "speaker": found})


@require_GET
def talk(request: HttpRequest, slug: str, talk: int) -> HttpResponse:
    """One item of the fixed programme: coming, running or over."""
    conference = conference_of(request, slug)
    found, now = talk_numbered(conference, talk), now_of(conference)
    if found is None:
        raise Http404
    context = {
        "conference": conference, "talk": found, "page": "programme",
        "is_running": found.starts_at <= now < found.ends_at, "is_over": found.ends_at <= now,
    }
    return render(request, "website/talk.html", context)
