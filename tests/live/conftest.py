"""Regions that show what is in the database, and a server that pushes them."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from django.conf import settings

from offenraum.live.regions import Region, RegionRequest
from offenraum.project.asgi import Application
from offenraum.project.regions import REGISTRY
from tests.live.servers import RunningServer, change, count, running

LARGE = "x" * 6000
HUGE = random.Random(1).randbytes(20_000).hex()


def show(topic: str, ending: str = "") -> str:
    return f"<p>{topic} {count(topic)}</p>{ending}"


def probe_regions() -> list[Region]:
    """Small, large, slow, of a room, and of the desk."""
    return [
        Region("board", ("board",), "public", lambda _: show("board"), variants=16),
        Region("plenum", ("round",), "public", lambda _: show("round", LARGE)),
        Region("archive", ("round",), "public", lambda _: show("round", HUGE)),
        Region("figures", ("tally",), "public", lambda _: show("tally")),
        Region("door", ("room-{argument}",), "public", lambda request: show(f"room-{request.argument}")),
        Region("secret", ("plan",), "desk", lambda _: show("plan")),
        Region("broken", ("board",), "public", broken),
    ]


def broken(request: RegionRequest) -> str:
    raise LookupError(f"nothing in {request.scope}")


@pytest.fixture
def regions(transactional_db: None) -> Iterator[None]:
    """The probe regions, each of whose topics has changed once."""
    before = dict(REGISTRY.regions)
    REGISTRY.register(probe_regions())
    change("board", "round", "tally", "room-7", "plan")
    yield
    REGISTRY.regions = before


@pytest.fixture
def server(regions: None) -> Iterator[RunningServer]:
    """The whole server on the database of the test."""
    with running(Application(settings.OPTIONS)) as server:
        yield server
