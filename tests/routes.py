"""Every address of the product, how to ask it, and what its answer means."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from typing import cast

from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.rights import BODIES, IDS, Outcome
from tests.world import Half


@dataclass(frozen=True)
class Route:
    """One address of the product."""

    name: str
    parameters: frozenset[str]

    def address(self, half: Half) -> str:
        names = IDS.get(self.name, {})
        return reverse(self.name, kwargs={name: half.ids[names.get(name, name)] for name in self.parameters})

    def body(self, half: Half) -> dict[str, object]:
        """The fields of the form; a value like @topic stands for the id of a topic of this conference."""
        fields = BODIES.get(self.name, {"version": "1"})
        return {name: half.ids[value[1:]] if value[:1] in {"@", "="} else value for name, value in fields.items()}


def routes_of(resolver: URLResolver, before: str = "", space: str = "") -> Iterator[Route]:
    for entry in resolver.url_patterns:
        pattern = f"{before}{entry.pattern}"
        if isinstance(entry, URLResolver):
            yield from routes_of(entry, pattern, f"{space}{entry.namespace}:" if entry.namespace else space)
        elif isinstance(entry, URLPattern):
            yield Route(f"{space}{entry.name or pattern}", frozenset(re.findall(r"<(?:\w+:)?(\w+)>", pattern)))


ROUTES = {route.name: route for route in routes_of(get_resolver())}


def outcome(response: HttpResponse) -> Outcome:
    """What an answer means for whoever asked."""
    location = response.headers.get("Location", "")
    if response.status_code == HTTPStatus.FOUND:
        return outcome_of_redirect(location)
    words = {401: "token", 403: "no", 404: "hidden", 405: "method", 409: "late", 410: "gone", 413: "form", 422: "form"}
    return words.get(response.status_code, "ok" if response.status_code < HTTPStatus.BAD_REQUEST else "broken")


def outcome_of_redirect(location: str) -> Outcome:
    if location.startswith("/konto/anmelden?next="):
        return "sign-in"
    if location.startswith(("/konto/zweiter-schritt", "/konto/bestaetigen")) and "next=" in location:
        return "factor"
    return "seat" if "/platz?next=" in location else "done"


def request(browser: Client, route: Route, method: str, half: Half) -> HttpResponse:
    address = route.address(half)
    answer = browser.post(address, route.body(half)) if method == "POST" else browser.get(address)
    return cast("HttpResponse", answer)
