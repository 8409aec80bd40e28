"""What is no page: the colours of a conference, its days for a calendar."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET

from offenraum.conference.queries import conference_of
from offenraum.kit.language import localised
from offenraum.website.calendar import calendar_of
from offenraum.website.queries import days_of
from offenraum.website.rules.colours import is_key, style_of


@require_GET
@cache_control(public=True, max_age=31_536_000, immutable=True)
def colours(request: HttpRequest, colours: str) -> HttpResponse:
    """The style sheet of one or two colours; its name says all of it, so it may be kept for ever."""
    if not is_key(colours):
        raise Http404
    return HttpResponse(style_of(colours), content_type="text/css; charset=utf-8")


@require_GET
def calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """The days of a conference, to keep them free."""
    conference = conference_of(request, slug)
    days = days_of(conference)
    if not days:
        raise Http404
    address = f"{settings.ADDRESS}/{slug}/"
    content = calendar_of(
        uid=f"{slug}@{settings.ADDRESS.partition('://')[2]}", title=localised(conference, "title"), days=days,
        place=", ".join(filter(None, (conference.venue, conference.street, conference.city))), text=address,
        address=address, stamped_at=conference.created_at,
    )
    headers = {"Content-Disposition": f'attachment; filename="{slug}.ics"'}
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)
