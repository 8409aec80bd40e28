"""Conferences that nobody may see yet, except who prepares them, and conferences with a domain of their own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.conf import settings
from django.core.validators import slug_re
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from offenraum.conference.models import Conference
from offenraum.conference.queries import conference_asked
from offenraum.conference.queries.access import access_of
from offenraum.kit.unavailable import answers_outages
from offenraum.live.documents import DEPENDS

DESK: Final = "/regie/"
OF_ALL: Final = ("konto", "static", "live", "frag", "medien", "farben", "api", "metrics", "sitemap.xml",
                 "robots.txt")
View = Callable[..., HttpResponse]


def prepares(view: View) -> View:
    """A view that is there before its conference is published; it looks itself at who asks."""
    view.prepares = True  # type: ignore[attr-defined]
    return view


class ConferenceMiddleware:
    """Hide what is not published, and let a domain begin with its conference."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    @answers_outages
    def __call__(self, request: HttpRequest) -> HttpResponse:
        first = request.path_info.strip("/").partition("/")[0]
        if is_domain(request.get_host()) and not is_known(request, first) and (slug := slug_of_domain(request)):
            if not first:
                request.path_info = f"/{slug}/"
            elif request.method == "GET":
                return redirect(f"/{slug}{request.get_full_path()}")
        return kept_back(request, self.get_response(request))

    @answers_outages
    def process_view(self, request: HttpRequest, view: View, args: Any, kwargs: dict[str, Any]) -> HttpResponse | None:
        """A conference that is not published is not there, except for those who run it."""
        slug = kwargs.get("slug")
        if slug is None or request.path_info.startswith(f"/{slug}{DESK}") or hasattr(view, "prepares"):
            return None
        conference = conference_asked(request, slug)
        if conference is not None and conference.is_hidden and access_of(request, conference) is None:
            raise Http404
        return None


def is_domain(host: str) -> bool:
    """Whether a host may be some conference's own; the installation's own address and numbers are not."""
    name = host.partition(":")[0]
    return host != settings.ADDRESS.partition("://")[2] and "." in name and not name.replace(".", "").isdigit()


def is_known(request: HttpRequest, first: str) -> bool:
    """Whether an address begins with what all domains have, or with a conference, which its view asks for anyway."""
    return first in OF_ALL or (slug_re.match(first) is not None and conference_asked(request, first) is not None)


def slug_of_domain(request: HttpRequest) -> str | None:
    name = request.get_host().partition(":")[0].lower()
    return Conference.objects.filter(domain=name).values_list("slug", flat=True).first()


def kept_back(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """What the team sees of a conference that is not published must not be kept anywhere for others."""
    conference = getattr(request, "conference", None)
    if conference is not None and conference.is_hidden:
        answer.headers["Cache-Control"] = "private, no-store"
        answer.headers.pop(DEPENDS, None)
    return answer
