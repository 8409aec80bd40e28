"""The programme for other sites: a page for a frame, and the script that puts the frame there."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from offenraum.conference.queries import conference_of, now_of
from offenraum.programme.queries.published import programme_of
from offenraum.programme.queries.timetable import timetable_of
from offenraum.website.frames import framed, widget_script
from offenraum.website.queries import site_of


@require_GET
def programme(request: HttpRequest, slug: str) -> HttpResponse:
    """The programme without header and footer, in a frame of the sites that the organisers have named."""
    conference = conference_of(request, slug)
    found = programme_of(conference)
    with timezone.override(conference.zone):
        context = {
            "conference": conference, "programme": found, "rows": timetable_of(found, now=now_of(conference)),
            "tells_height": "hoehe" in request.GET,
        }
        response = render(request, "pages/embed.html", context)
    return framed(response, site_of(conference))


@require_GET
def widget(request: HttpRequest, slug: str) -> HttpResponse:
    """A script for the municipality's own site that shows the programme as high as it is."""
    conference = conference_of(request, slug)
    title = _("Programme: %(title)s") % {"title": conference.title}
    return widget_script(request.build_absolute_uri(reverse("embed", args=[slug])), title)
