"""The door of the desk: every view of it begins with the right to a duty."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from offenraum.conference.actions.decisions import Decider
from offenraum.conference.queries import now_of
from offenraum.conference.queries.access import Access, desk_access
from offenraum.conference.rules import Duty

P = ParamSpec("P")
DeskView = Callable[Concatenate[HttpRequest, Access, P], HttpResponse]
ENTERED = "desk_access"


def at_desk(duty: Duty = Duty.MODERATE) -> Callable[[DeskView[P]], Callable[..., HttpResponse]]:
    """Give a view who acts, and the conference of its address in that conference's time; others do not get in."""

    def guarded(view: DeskView[P]) -> Callable[..., HttpResponse]:
        @wraps(view)
        @never_cache
        def entered(request: HttpRequest, slug: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            access = desk_access(request, slug, duty)
            request.__dict__[ENTERED] = access
            with timezone.override(access.conference.zone):
                return view(request, access, *args, **kwargs)

        return entered

    return guarded


def decider_of(request: HttpRequest) -> Decider:
    """Who decides in this request, as the log of decisions keeps it."""
    desk: Access = request.__dict__[ENTERED]
    return Decider(
        conference=desk.conference, name=desk.name, role=desk.role, now=now_of(desk.conference),
        account_id=desk.member.account_id if desk.member else None,
    )
