"""Who may enter the desk: members of the conference."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from offenraum.conference.models import Conference, Member
from offenraum.conference.queries import conference_by_slug
from offenraum.people.models import Account

P = ParamSpec("P")
DeskView = Callable[Concatenate[HttpRequest, Conference, P], HttpResponse]


def at_desk(view: DeskView[P]) -> Callable[..., HttpResponse]:
    """Give a view the conference of its address, for members only; to others the desk does not exist."""

    @wraps(view)
    @never_cache
    def entered(request: HttpRequest, slug: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        conference = conference_by_slug(slug)
        if conference is None:
            raise Http404
        if not isinstance(request.user, Account):
            return redirect_to_login(request.get_full_path())
        if not Member.objects.filter(conference=conference, account=request.user).exists():
            raise Http404
        with timezone.override(conference.zone):
            return view(request, conference, *args, **kwargs)

    return entered
