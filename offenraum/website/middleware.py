"""Conferences that nobody may see yet, and conferences with a domain of their own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeVar

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from offenraum.conference.models import Conference
from offenraum.conference.queries import access_of, conference_asked

DESK: Final = "/regie/"
OF_ALL: Final = ("konto", "static", "live", "frag", "medien", "farben", "api", "metrics")
View = Callable[..., HttpResponse]
T = TypeVar("T")


class ConferenceMiddleware:
    """Hide what is not published, and let a domain begin with its conference."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if slug := slug_of_domain(request.get_host()):
            if request.path_info == "/":
                request.path_info = f"/{slug}/"
            elif request.method == "GET" and is_short(request.path_info, slug):
                return redirect(f"/{slug}{request.get_full_path()}")
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: View, args: Any, kwargs: dict[str, Any]) -> None:
        """A conference that is not published is not there, except for those who run it."""
        slug = kwargs.get("slug")
        if slug is None or request.path_info.startswith(f"/{slug}{DESK}"):
            return
        conference = asked(lambda: conference_asked(request, slug))
        if conference is not None and conference.is_hidden and access_of(request, conference) is None:
            raise Http404


def slug_of_domain(host: str) -> str:
    """The conference that a domain belongs to; the installation's own address and numbers belong to none."""
    name = host.partition(":")[0].lower()
    if host == settings.ADDRESS.partition("://")[2] or "." not in name or name.replace(".", "").isdigit():
        return ""
    return asked(lambda: Conference.objects.filter(domain=name).values_list("slug", flat=True).first()) or ""


def asked(question: Callable[[], T]) -> T | None:
    """The answer of the database; nothing while it is away: the view asks it too, and says that it is."""
    try:
        return question()
    except (InterfaceError, OperationalError):
        return None


def is_short(path: str, slug: str) -> bool:
    """An address without the conference, as it stands on posters: /programm."""
    first = path.strip("/").partition("/")[0]
    return bool(first) and first != slug and first not in OF_ALL and not Conference.objects.filter(slug=first).exists()
