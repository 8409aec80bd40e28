"""Compares what every screen shows at the end with the server's fresh state."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence

from asgiref.sync import sync_to_async

from offenraum.live.versions import read_versions, tag_of
from offenraum.live.wire import read_key
from offenraum.project.regions import REGISTRY
from offenraum.project.robots.browser import Browser
from offenraum.project.robots.page import comparable
from offenraum.project.robots.screen import Screen
from offenraum.project.robots.wire import Unreachable

PATIENCE_SECONDS = 5.0
LOOK_SECONDS = 0.25
Fresh = dict[str, tuple[str, str]]


async def stale_screens(screens: Sequence[Screen], *, browser: Browser, scope: str) -> list[Screen]:
    """The screens that do not show the committed state within a few seconds after the last change."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        fresh = await fresh_state({key for screen in screens for key in screen.shown}, browser=browser, scope=scope)
        stale = [screen for screen in screens if is_stale(screen, fresh)]
        if not stale or time.monotonic() > deadline:
            return stale
        await asyncio.sleep(LOOK_SECONDS)


async def fresh_state(keys: set[str], *, browser: Browser, scope: str) -> Fresh:
    """Each region with the version that the database holds and the bytes that the server answers now."""
    versions = await sync_to_async(read_versions)([scope])
    fresh: Fresh = {}
    for text in sorted(keys):
        key = read_key(text)
        answer = await browser.get(f"/frag/{text}")
        if answer.status != 200:
            raise Unreachable(f"/frag/{text} answered {answer.status}")
        tag = tag_of(versions, scope=scope, topics=REGISTRY.region(key).topics_for(key))
        fresh[text] = (str(tag), comparable(answer.text))
    return fresh


def is_stale(screen: Screen, fresh: Fresh) -> bool:
    """Whether any region of this screen differs from the fresh state."""
    return not screen.shown or bool(stale_regions(screen, fresh))


def stale_regions(screen: Screen, fresh: Fresh) -> list[str]:
    """The keys of the regions that differ, in version or in content."""
    return [key for key, shown in screen.shown.items() if (shown.version, comparable(shown.html)) != fresh[key]]
