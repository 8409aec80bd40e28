"""The product's addresses, a bare view and a page that computes."""

from __future__ import annotations

import base64
import random
import time

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, path

from offenraum.project.urls import urlpatterns as product

PAGE_TEXT = base64.b64encode(random.Random(1).randbytes(15_000))


def bare(request: HttpRequest) -> HttpResponse:
    """The least a Django view can do."""
    return HttpResponse(b"ok")


def page(request: HttpRequest) -> HttpResponse:
    """A page of 20 KB that needs nothing else; it is there when its last paragraph is."""
    return HttpResponse(b"<!doctype html><html lang=de><title>20 KB</title><div>" + PAGE_TEXT + b"</div><p>The end")


def slow(request: HttpRequest) -> HttpResponse:
    """Keeps the processor busy in Python for `ms` milliseconds, as a large page does."""
    end = time.thread_time() + int(request.GET["ms"]) / 1000
    count = 0
    while time.thread_time() < end:
        count += sum(range(50))
    return HttpResponse(str(count))


urlpatterns: list[URLPattern | URLResolver] = [
    path("bench/bare", bare), path("bench/page", page), path("bench/slow", slow), *product,
]
