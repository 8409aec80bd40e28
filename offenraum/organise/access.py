"""The door of the organisers' pages."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from offenraum.conference.models import Conference, Member
from offenraum.conference.queries.access import Access, desk_access
from offenraum.conference.rules import Duty
from offenraum.people.models import Account
from offenraum.people.queries import SecondFactorNeeded, account_of, used_second_factor

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, Access, P], HttpResponse]


def as_organiser(view: View[P]) -> Callable[..., HttpResponse]:
    """Give a view the conference of its address and who organises it, in that conference's time."""

    @wraps(view)
    @never_cache
    def entered(request: HttpRequest, slug: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        access = desk_access(request, slug, Duty.ORGANISE)
        with timezone.override(access.conference.zone):
            return view(request, access, *args, **kwargs)

    return entered


def organiser_of_any(request: HttpRequest) -> Account:
    """Whoever organises a conference here may make another one."""
    account = account_of(request)
    if not organised_by(account):
        raise PermissionDenied
    if not used_second_factor(request):
        raise SecondFactorNeeded
    return account


def organised_by(account: Account) -> list[Conference]:
    """The conferences that an account organises, the newest first."""
    found = Member.objects.filter(account=account, role=Member.Role.ORGANISER).select_related("conference")
    return [member.conference for member in found.order_by("-conference__created_at")]
