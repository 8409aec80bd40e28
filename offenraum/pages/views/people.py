"""Who is there: speakers of the fixed programme, and attendees who want to be seen."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from offenraum.conference.queries import conference_of
from offenraum.seats.queries import listed_seats
from offenraum.website.queries import speakers_of


@require_GET
def people(request: HttpRequest, slug: str) -> HttpResponse:
    """Speakers with their pictures; attendees by name, only those who have said so."""
    conference = conference_of(request, slug)
    context = {"conference": conference, "speakers": speakers_of(conference), "attendees": listed_seats(conference)}
    return render(request, "pages/people.html", context)
