"""The door of the desk: every view of it begins with the right to a duty."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from offenraum.conference.queries import Access, desk_access
from offenraum.conference.rules import Duty

P = ParamSpec("P")
DeskView = Callable[Concatenate[HttpRequest, Access, P], HttpResponse]


def at_desk(duty: Duty = Duty.MODERATE) -> Callable[[DeskView[P]], Callable[..., HttpResponse]]:
    """Give a view who acts, and the conference of its address in that conference's time; others do not get in."""

    def guarded(view: DeskView[P]) -> Callable[..., HttpResponse]:
        @wraps(view)
        @never_cache
        def entered(request: HttpRequest, slug: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            access = desk_access(request, slug, duty)
            with timezone.override(access.conference.zone):
                return view(request, access, *args, **kwargs)

        return entered

    return guarded
