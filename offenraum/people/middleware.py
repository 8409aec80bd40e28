"""Each request knows its account only while the browser's sign-in lives; missing rights lead to the sign-in page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from offenraum.people.actions import note_use
from offenraum.people.models import Account
from offenraum.people.queries import SecondFactorNeeded, SignInNeeded, account_of, has_second_factor, sign_in_of
from offenraum.people.rules import is_due, is_live


class SignInMiddleware:
    """Replace `request.user`, still lazily, by nobody when the sign-in behind the cookie has ended."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        named = request.user
        request.user = SimpleLazyObject(lambda: signed_in(request, named))  # type: ignore[assignment]
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, SignInNeeded):
            return led_to(request, "account_login")
        if isinstance(exception, SecondFactorNeeded):
            is_set_up = has_second_factor(account_of(request))
            return led_to(request, "mfa_reauthenticate" if is_set_up else "mfa_activate_totp")
        return None


def signed_in(request: HttpRequest, named: Any) -> Account | AnonymousUser:
    """The account that the cookie names, if this very sign-in still lives; its use is noted."""
    now = timezone.now()
    sign_in = sign_in_of(request) if named.is_authenticated else None
    if sign_in is None or sign_in.account_id != named.pk:
        return AnonymousUser()
    if not is_live(signed_in_at=sign_in.signed_in_at, seen_at=sign_in.seen_at, ended_at=sign_in.ended_at, now=now):
        return AnonymousUser()
    if is_due(seen_at=sign_in.seen_at, now=now):
        note_use(sign_in=sign_in, now=now)
    return named  # type: ignore[no-any-return]


def led_to(request: HttpRequest, name: str) -> HttpResponse:
    """Send a person to a page and back afterwards; tell a script in words and by status."""
    target = f"{reverse(name)}?{urlencode({'next': way_back(request)})}"
    if request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate":
        return HttpResponseRedirect(target)
    refusal = JsonResponse({"error": _("Your sign-in has ended. Please sign in again.")}, status=401)
    refusal.headers["HX-Redirect"] = target
    return refusal


def way_back(request: HttpRequest) -> str:
    """The page a person was on: this one, or the one whose form was sent."""
    if request.method == "GET":
        return request.get_full_path()
    try:
        return urlsplit(request.headers.get("Referer", "")).path or "/"
    except ValueError:
        return "/"
