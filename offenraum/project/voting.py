"""A hall that votes within seconds: votes are taken on the event loop and stored together, without a thread for each.

Taken is only what is plainly right, by the checks that Django itself makes of a form: host, session, CSRF. Everything
else goes the long way through Django, which says in the person's language why a vote is not taken.
"""

from __future__ import annotations

import json
import re
import uuid

from django.conf import settings
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden, QueryDict, parse_cookie
from django.middleware.csrf import CsrfViewMiddleware
from django.utils import timezone

from offenraum.barcamp.actions.interest import Tap, take_votes
from offenraum.barcamp.queries.interest import Asked
from offenraum.kit.group_commit import takes_from_loop
from offenraum.live.http import JSON, NO_STORE, App, Receive, Scope, Send, header_of, respond
from offenraum.project.gatherer import Gatherer
from offenraum.project.guard import replay
from offenraum.project.wsgi import environ_of
from offenraum.seats.queries import device_hash_of

ADDRESS = re.compile(r"/([-a-zA-Z0-9_]{1,80})/themen/([0-9]{1,9})/interesse", re.ASCII)
MOST_AT_ONCE = 200
MOST_BYTES = 1000
WEIGHTS = {"0", "1", "2"}
FORM = "application/x-www-form-urlencoded"
CHECKED = {b"host", b"cookie", b"origin", b"referer", b"x-csrftoken", b"x-forwarded-proto"}


class Told(HttpRequest):
    """As much of a request as the checks ask for."""

    def __init__(self, scope: Scope, body: bytes) -> None:
        super().__init__()
        headers = [header for header in scope["headers"] if header[0] in CHECKED]
        self.META = environ_of({**scope, "headers": headers}, b"")
        self.method = "POST"
        self.POST = QueryDict(body)
        self.COOKIES = parse_cookie(self.META.get("HTTP_COOKIE", ""))
        self.session = SessionStore(self.COOKIES.get(settings.SESSION_COOKIE_NAME))

    def _get_scheme(self) -> str:
        return str(self.META["wsgi.url_scheme"])


class QuietCsrf(CsrfViewMiddleware):
    """Django's check; the page that explains a refusal is made on the long way."""

    def _reject(self, request: HttpRequest, reason: str) -> HttpResponse:
        return HttpResponseForbidden(reason)


CSRF = QuietCsrf(lambda _request: HttpResponse())


class Voting:
    """The ASGI app in front of the pages; `receive` hands it the whole body (the guard does)."""

    def __init__(self, pages: App) -> None:
        self.pages = pages
        self.votes = Gatherer(take_votes, most=MOST_AT_ONCE, refused=False)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        address = ADDRESS.fullmatch(scope["path"])
        if address is None or not (is_plain(scope) and takes_from_loop()):
            await self.pages(scope, receive, send)
            return
        body = (await receive())["body"]
        tap = tap_of(scope, body, slug=address[1], number=int(address[2]))
        if tap is not None and await self.votes.take(tap):
            await respond(send, 200, json.dumps({"weight": tap.weight}).encode(), [JSON, NO_STORE])
        else:
            await self.pages(scope, replay(body, receive), send)


def is_plain(scope: Scope) -> bool:
    """Whether the request looks like the one that the page's script sends."""
    return (
        scope["method"] == "POST" and not scope["query_string"] and header_of(scope, b"content-type").startswith(FORM)
        and "application/json" in header_of(scope, b"accept")
    )


def tap_of(scope: Scope, body: bytes, *, slug: str, number: int) -> Tap | None:
    """The vote of a script whose right to send it is proven; None leaves it to Django to decide and to say."""
    if len(body) > MOST_BYTES:
        return None
    try:
        request = Told(scope, body)
        device_hash = device_hash_of(request, slug)
        weight, key = request.POST.get("weight"), uuid.UUID(request.POST.get("key", ""))
        if device_hash and weight in WEIGHTS and is_own_form(request):
            return Tap(Asked(slug, number, device_hash, timezone.now()), int(weight), key)
    except (SuspiciousOperation, ValueError):
        pass
    return None


def is_own_form(request: HttpRequest) -> bool:
    """Django's checks of the host and against forged requests."""
    request.get_host()
    CSRF.process_request(request)
    return CSRF.process_view(request, HttpResponse, (), {}) is None
