"""A screen that stays current the way a browser does: a page, its regions, the stream, reconnecting."""

from __future__ import annotations

import asyncio
import gzip
import json
import random
import time
from base64 import b64decode
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urlencode

from offenraum.project.robots.browser import Browser
from offenraum.project.robots.events import EventReader, StreamEvent
from offenraum.project.robots.page import ShownRegion, regions_in
from offenraum.project.robots.wire import Head, Line, Unreachable

SILENCE_SECONDS = 25.0
AGAIN_SECONDS = (0.5, 2.0)


@dataclass(frozen=True, slots=True)
class Arrival:
    """When a version of a region was on the screen, in seconds since 1970."""

    key: str
    version: str
    at: float


class Screen:
    """What one page shows, from loading it until it is closed."""

    def __init__(self, browser: Browser, path: str, *, on_change: Callable[[ShownRegion], None] | None = None) -> None:
        self.browser = browser
        self.path = path
        self.on_change = on_change
        self.shown: dict[str, ShownRegion] = {}
        self.arrivals: list[Arrival] = []
        self.is_live = asyncio.Event()
        self.fetching: set[asyncio.Task[None]] = set()

    async def load(self) -> None:
        """Open the page."""
        answer = await self.browser.get(self.path)
        if answer.status != 200:
            raise Unreachable(f"{self.path} answered {answer.status}")
        for region in regions_in(answer.text):
            self.show(region)

    async def follow(self) -> None:
        """Stay current until cancelled; reconnect after every break."""
        while True:
            with suppress(Unreachable, OSError, EOFError, TimeoutError, ValueError):
                await self.follow_once()
            self.is_live.clear()
            await asyncio.sleep(random.uniform(*AGAIN_SECONDS))  # noqa: S311 - spreading, not secrecy

    async def follow_once(self) -> None:
        line, head = await self.browser.stream(self.stream_address())
        try:
            if head.status != 200:
                raise Unreachable(f"the stream answered {head.status}")
            await self.read(line, head)
        finally:
            line.close()

    def stream_address(self) -> str:
        """The regions of this page, and what it shows of them."""
        keys = sorted(self.shown)
        since = ".".join(self.shown[key].version for key in keys)
        return "/live/stream?" + urlencode([*(("key", key) for key in keys), ("since", since)])

    async def read(self, line: Line, head: Head) -> None:
        reader = EventReader()
        pieces = line.pieces(head)
        while True:
            async with asyncio.timeout(SILENCE_SECONDS):
                piece = await anext(pieces, b"")
            if not piece:
                return
            for event in reader.feed(piece):
                self.take(event)

    def take(self, event: StreamEvent) -> None:
        """Apply one event of the stream."""
        self.is_live.set()
        if event.name != "region":
            return
        told = json.loads(event.data)
        if "html" in told:
            self.show(ShownRegion(told["key"], told["version"], told["html"]))
        elif "packed" in told:
            html = gzip.decompress(b64decode(told["packed"])).decode()
            self.show(ShownRegion(told["key"], told["version"], html))
        else:
            task = asyncio.create_task(self.fetch(told["key"], told["fetch"], told["within"] / 1000))
            self.fetching.add(task)
            task.add_done_callback(self.fetching.discard)

    async def fetch(self, key: str, address: str, within: float) -> None:
        """Get a large region, a little later than the others do."""
        await asyncio.sleep(random.uniform(0, within))  # noqa: S311 - spreading, not secrecy
        for _attempt in range(3):
            with suppress(Unreachable):
                answer = await self.extra_browser().get(address)
                if answer.status == 200:
                    self.show(ShownRegion(key, answer.head.header("x-version"), answer.text))
                    return

    def extra_browser(self) -> Browser:
        """A browser fetches beside what else it does."""
        return Browser(self.browser.site, language=self.browser.language)

    def show(self, region: ShownRegion) -> None:
        """Put a region on the screen, unless a newer state is there already."""
        before = self.shown.get(region.key)
        if before and version_order(before.version) >= version_order(region.version):
            return
        self.shown[region.key] = region
        self.arrivals.append(Arrival(region.key, region.version, time.time()))
        if self.on_change:
            self.on_change(region)


def version_order(version: str) -> tuple[int, int]:
    """Epoch and count of a version, so that the newer one is the greater."""
    epoch, _dash, count = version.partition("-")
    return int(epoch, 16), int(count, 16)
