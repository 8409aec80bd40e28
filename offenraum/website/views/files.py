"""What is no page: the colours of a conference, its days for a calendar."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET

from offenraum.conference.calendar import days_calendar
from offenraum.conference.queries import conference_of
from offenraum.kit.calendars import MEDIA_TYPE
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
    content = days_calendar(conference_of(request, slug), language=get_language() or "")
    if content is None:
        raise Http404
    headers = {"Content-Disposition": f'attachment; filename="{slug}.ics"'}
    return HttpResponse(content, content_type=MEDIA_TYPE, headers=headers)
