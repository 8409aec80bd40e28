"""The first page that a browser opens brings its styles along: a slow line waits for one answer, not for two."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable
from functools import lru_cache
from hashlib import sha256
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from offenraum.kit.strangers import is_first_visit
from offenraum.kit.templatetags.kit import BUILT
from offenraum.website.rules.colours import is_key, style_of

SHEET: Final = re.compile(rb'<link rel="stylesheet" href="(/[^"]+\.css)">')
COLOURS: Final = re.compile(r"/farben/([0-9a-f-]+)\.css")
FILE: Final = re.compile(r"url\((?=[\w-])(?!data:)")
"""A file beside the sheet: inside a page its address would begin at the page's."""


class FirstVisitMiddleware:
    """Put the sheets of a page into it when a stranger comes from elsewhere; the policy names each by its hash."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.streaming or not response.get("Content-Type", "").startswith("text/html"):
            return response
        patch_vary_headers(response, ["Sec-Fetch-Site", "Sec-Fetch-Dest"])
        asked = request.headers.get("Sec-Fetch-Site", ""), request.headers.get("Sec-Fetch-Dest", "")
        return with_styles(response) if is_first_visit(*asked) and not request.COOKIES else response


def with_styles(response: HttpResponse) -> HttpResponse:
    hashes: list[str] = []

    def inside(link: re.Match[bytes]) -> bytes:
        if (style := style_at(link[1].decode())) is None:
            return link[0]
        hashes.append(f"'sha256-{b64encode(sha256(style).digest()).decode()}'")
        return b"<style>%s</style>" % style

    response.content = SHEET.sub(inside, response.content)
    if hashes:
        response._csp_update = {"style-src": hashes}  # type: ignore[attr-defined]
    return response


@lru_cache(maxsize=50)
def style_at(address: str) -> bytes | None:
    """A sheet of ours as it may stand in any page; None for what we do not make."""
    if (colours := COLOURS.fullmatch(address)) and is_key(colours[1]):
        return style_of(colours[1]).encode()
    folder, _slash, name = address.rpartition("/")
    if folder != f"{settings.STATIC_URL}kit" or not (BUILT / name).is_file():
        return None
    return FILE.sub(f"url({folder}/", (BUILT / name).read_text()).encode()
