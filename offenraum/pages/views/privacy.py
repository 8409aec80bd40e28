"""The privacy notice, made from what is stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from offenraum.conference.models import Clearing, Conference
from offenraum.conference.queries import conference_of, now_of
from offenraum.conference.queries.times import clearing_due_at
from offenraum.kit.datamap import LONGEST_DAYS, Keep, said_of
from offenraum.kit.record import activities
from offenraum.website.queries import site_of


@dataclass(frozen=True, slots=True)
class Due:
    """What the deletion clock does when, or did."""

    what: str
    period: str
    due_at: datetime | None
    done: Clearing | None


@require_GET
def notice(request: HttpRequest, slug: str = "") -> HttpResponse:
    """What is stored, why, how long, and who sees it; below a conference also what was deleted when."""
    conference = conference_of(request, slug) if slug else None
    now = now_of(conference) if conference else timezone.now()
    context = {
        "conference": conference, "operator": settings.OPERATOR, "activities": activities(), "now": now,
        "clearings": clearings_of(conference) if conference else [], "page": "privacy",
        "site": site_of(conference) if conference else None,
    }
    with timezone.override(conference.zone if conference else timezone.get_current_timezone()):
        return render(request, "pages/privacy.html", context)


def clearings_of(conference: Conference) -> list[Due]:
    done = {note.keep: note for note in Clearing.objects.filter(conference=conference)}
    return [
        Due(str(keep.what), said_of(keep), clearing_due_at(conference, keep), done.get(keep.value))
        for keep in Keep if keep in LONGEST_DAYS and keep.what
    ]
