"""Pages that are the same for everybody whom we do not know: rendered once for each state and language."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string

from offenraum.live.documents import DEPENDS
from offenraum.live.regions import RegionCache
from offenraum.live.templatetags.live import language_of_page, versions_of_page
from offenraum.live.versions import tag_of
from offenraum.live.wire import Key, Tag

TOKEN, MOMENT = (secrets.token_hex(16) for _ in range(2))
"""Stand in a kept page for what each request gets of its own: its token for forms and the milliseconds of now."""

KEPT_PAGES: Final = 200


@dataclass(frozen=True, slots=True)
class Page:
    """One page as of a state."""

    tag: Tag
    html: str


PAGES: RegionCache[Page] = RegionCache(places=KEPT_PAGES)


def render_shared(
    request: HttpRequest, template: str, context: Callable[[], dict[str, Any]], *, scope: str, shown: Iterable[object]
) -> HttpResponse:
    """The page of somebody without a seat here; `context` makes what the template shows.

    Nothing personal is in it. It is kept as long as no version of the scope rises and the rows and values `shown`,
    which the template shows besides regions, stay as they are.
    """
    versions = versions_of_page(request, scope)
    tag = tag_of(versions, scope=scope, topics=[topic for _scope, topic in versions])
    seen = [bool(request.COOKIES), *(values_of(one) for one in shown)]
    key = Key(scope, template, language_of_page(), 0, repr(seen))
    holes = {"csrf_token": TOKEN, "moment": MOMENT}

    def make() -> Page:
        return Page(tag, render_to_string(template, context() | holes, request))

    page = make() if connection.in_atomic_block else PAGES.get(key, tag) or PAGES.made(key, tag, make)
    response = HttpResponse(filled(page.html, request))
    if TOKEN not in page.html and MOMENT not in page.html and not request.COOKIES:
        response.headers[DEPENDS] = " ".join([scope, *sorted(topic for _scope, topic in versions)])
    return response


def filled(html: str, request: HttpRequest) -> str:
    """The page with what this request gets of its own; asking for a token sets a cookie, so only if it is needed."""
    if TOKEN in html:
        html = html.replace(TOKEN, get_token(request))
    return html.replace(MOMENT, str(int(time.time() * 1000)))


def values_of(shown: object) -> object:
    """The columns of a row; any other value as it is."""
    if isinstance(shown, Model):
        return [getattr(shown, field.attname) for field in shown._meta.concrete_fields]
    return shown
