"""The programme for other sites: a page for a frame, and the script that puts the frame there."""

from __future__ import annotations

import json
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from offenraum.conference.queries import conference_of, now_of
from offenraum.programme.queries.published import programme_of
from offenraum.programme.queries.timetable import timetable_of
from offenraum.website.queries import site_of
from offenraum.website.rules.frames import origins_of

WIDGET: Final = """(() => {
  const told = %(told)s
  const frame = document.createElement('iframe')
  Object.assign(frame, { src: told.address + '?hoehe=1', title: told.title, loading: 'lazy' })
  frame.style.cssText = 'width:100%%;height:600px;border:0'
  document.currentScript.after(frame)
  addEventListener('message', ({ source, data }) => {
    if (source === frame.contentWindow && data?.offenraumHeight > 0) frame.style.height = `${data.offenraumHeight}px`
  })
})()
"""


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
    return let_frame(response, origins_of(site_of(conference).frame_hosts))


def let_frame(response: HttpResponse, origins: list[str]) -> HttpResponse:
    """Allow frames on these sites only; without any the page stays as closed as all others."""
    if origins:
        response._csp_replace = {"frame-ancestors": origins}  # type: ignore[attr-defined]
        response.xframe_options_exempt = True
    return response


@require_GET
def widget(request: HttpRequest, slug: str) -> HttpResponse:
    """A script for the municipality's own site that shows the programme as high as it is."""
    conference = conference_of(request, slug)
    told = {
        "address": request.build_absolute_uri(reverse("embed", args=[slug])),
        "title": _("Programme: %(title)s") % {"title": conference.title},
    }
    script = WIDGET % {"told": json.dumps(told).replace("<", "\\u003c")}
    headers = {"Cache-Control": "public, max-age=3600", "Cross-Origin-Resource-Policy": "cross-origin"}
    return HttpResponse(script, content_type="text/javascript; charset=utf-8", headers=headers)
