"""From a committed change to the screens: gather changes for a moment, render what they touch, hand it to the hub."""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Callable, Collection, Coroutine, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from typing import Any, ParamSpec, TypeVar

from django.db import close_old_connections

from offenraum.live.bus import EXCHANGE, Bus, Changes
from offenraum.live.delivery import keep
from offenraum.live.hub import Channel, Hub, Tags
from offenraum.live.pace import Pace
from offenraum.live.regions import REGISTRY, region_html
from offenraum.live.versions import Change, Versions, VersionTable, tag_of
from offenraum.live.wire import Key, Part, Tag, part_of_html

P = ParamSpec("P")
T = TypeVar("T")
BEAT_SECONDS = 15
BACKSTOP_SECONDS = (2.0, 5.0)
RENDER_THREADS = 2
SLOW_TOPICS = {"tally"}
CALM_TOPICS = ("measured", "device-")
"""How topics begin that may change many times a second, each time with much to show."""

log = logging.getLogger(__name__)


class Publisher:
    """Keeps the hub's channels at the committed state."""

    def __init__(self, hub: Hub, bus: Bus) -> None:
        self.hub = hub
        self.bus = bus
        self.table = VersionTable()
        self.noticed: dict[Change, Tag] = {}
        self.untold: set[Change] = set()
        self.fast = Pace(first=0.0, gap=0.05)
        self.slow = Pace(first=0.2, gap=0.2)
        self.calm = Pace(first=0.2, gap=0.7)
        self.pool = ThreadPoolExecutor(RENDER_THREADS, thread_name_prefix="render")
        self.tasks: set[asyncio.Task[None]] = set()
        self.turn = asyncio.Lock()
        self.is_looking = False
        self.look_again = False
        self.before_publishing: Callable[[Collection[Change]], Coroutine[Any, Any, None]] | None = None

    async def start(self) -> None:
        self.loop = asyncio.get_running_loop()
        await self.bus.start(self.heard)
        EXCHANGE.listener = self.told
        self.spawn(self.beat_forever())
        self.spawn(self.look_forever())

    async def stop(self) -> None:
        EXCHANGE.listener = None
        for task in list(self.tasks):
            task.cancel()
        await self.bus.stop()
        self.pool.shutdown(wait=False, cancel_futures=True)

    def told(self, changes: Changes) -> None:
        """A commit of this process, on whatever thread."""
        self.table.doubt(changes)
        with suppress(RuntimeError):
            self.loop.call_soon_threadsafe(self.note_own, changes)

    def note_own(self, changes: Changes) -> None:
        self.untold |= changes
        self.note(changes)

    def heard(self, changes: Changes | None) -> None:
        """A message of the bus."""
        if changes is None:
            self.spawn(self.look())
        else:
            self.table.doubt(changes)
            self.note(changes)

    def note(self, changes: Iterable[Change]) -> None:
        slow = {change for change in changes if change[1] in SLOW_TOPICS}
        calm = {change for change in changes if change[1].startswith(CALM_TOPICS)}
        self.schedule(self.slow, slow)
        self.schedule(self.calm, calm)
        self.schedule(self.fast, set(changes) - slow - calm)

    def schedule(self, pace: Pace, changes: set[Change]) -> None:
        due = pace.add(changes, self.loop.time())
        if due is not None:
            self.loop.call_at(due, lambda: self.spawn(self.flush(pace)))

    async def flush(self, pace: Pace) -> None:
        """Publish what has gathered, here and to other processes."""
        async with self.turn:
            changes = pace.take(self.loop.time())
            untold = frozenset(self.untold & changes)
            self.untold -= untold
            if untold:
                self.spawn(self.bus.send(untold))
            if self.before_publishing:
                await self.before_publishing(changes)
            channels = [channel for channel in self.hub.channels.values() if self.watched(channel) & changes]
            if channels:
                versions = await self.update(channels)
                self.noticed |= {change: versions[change] for change in changes if change in versions}

    async def update(self, channels: Collection[Channel]) -> Versions:
        """Look up the versions, then render and push channel by channel: the first need not wait for the last."""
        versions = await self.in_thread(self.table.read, scopes_of(channels))
        for channel in channels:
            await self.bring_up(channel, versions)
            await self.hub.publish(channel)
        return versions

    async def bring_up(self, channel: Channel, versions: Versions) -> None:
        """Render what the channel has in an older version; each region once for all channels."""
        stale = stale_keys(channel, versions)
        if stale:
            channel.update(await self.in_thread(parts_of, stale, versions))

    async def warm(self, channel: Channel) -> None:
        """Bring a new channel to the committed state, once for all who wait for it."""
        if channel.warming is None:
            channel.warming = self.loop.create_task(self.warm_once(channel))
        await asyncio.shield(channel.warming)

    async def warm_once(self, channel: Channel) -> None:
        """Changes from now on are published to the channel anyway, and only what is newer is taken over."""
        try:
            await self.bring_up(channel, await self.in_thread(self.table.read, scopes_of([channel])))
        except BaseException:
            channel.warming = None
            raise

    async def keep_up(self, channel: Channel, seen: Tags) -> None:
        """A page that another process has already shown a newer state waits until this one has it, too."""
        if any(old > tag for old, tag in zip(seen, channel.tags, strict=True)):
            await self.update([channel])

    async def look(self) -> None:
        """Read all versions and note what has changed since; a call during a look leads to one more look."""
        self.look_again = True
        if self.is_looking:
            return
        self.is_looking = True
        try:
            while self.look_again:
                self.look_again = False
                await self.look_once()
        finally:
            self.is_looking = False

    async def look_once(self) -> None:
        found = await self.read_all()
        changed = {change for change, tag in found.items() if self.noticed.get(change) != tag}
        self.noticed |= found
        self.note(changed)

    async def read_all(self) -> Versions:
        return await self.in_thread(self.table.read, self.table.scopes | scopes_of(self.hub.channels.values()))

    async def look_forever(self) -> None:
        """The backstop against a lost notification and a failed rendering."""
        while True:
            await asyncio.sleep(random.uniform(*BACKSTOP_SECONDS))  # noqa: S311 - spreading, not secrecy
            try:
                await self.look_once()
                async with self.turn:
                    await self.update(list(self.hub.channels.values()))
            except Exception as error:
                log.warning("the versions could not be read: %r", error)

    async def beat_forever(self) -> None:
        while True:
            await asyncio.sleep(BEAT_SECONDS)
            await self.hub.beat()

    def watched(self, channel: Channel) -> set[Change]:
        return {(key.scope, topic) for key in channel.keys for topic in REGISTRY.region(key).topics_for(key)}

    async def in_thread(self, call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        return await self.loop.run_in_executor(self.pool, partial(with_fresh_connection, call, *args, **kwargs))

    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        keep(self.tasks, logged(work))


async def logged(work: Coroutine[Any, Any, None]) -> None:
    """What fails here is made good by the backstop."""
    try:
        await work
    except Exception as error:
        log.warning("publishing failed: %r", error)


def with_fresh_connection(call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Database connections of these threads are checked before each use, as Django does for requests."""
    close_old_connections()
    return call(*args, **kwargs)


def tag_of_key(key: Key, versions: Versions) -> Tag:
    return tag_of(versions, scope=key.scope, topics=REGISTRY.region(key).topics_for(key))


def stale_keys(channel: Channel, versions: Versions) -> list[Key]:
    return [key for key, tag in zip(channel.keys, channel.tags, strict=True) if tag_of_key(key, versions) > tag]


def scopes_of(channels: Iterable[Channel]) -> set[str]:
    return {key.scope for channel in channels for key in channel.keys}


def parts_of(keys: Iterable[Key], versions: Versions) -> dict[Key, Part]:
    return {key: part for key in keys if (part := part_of(key, versions)) is not None}


def part_of(key: Key, versions: Versions) -> Part | None:
    """The region as it goes over the stream; None when it cannot be rendered."""
    try:
        rendered = region_html(key, versions)
    except Exception as error:
        log.warning("region %s: %r", key, error)
        return None
    return part_of_html(rendered.tag, rendered.html, lambda: rendered.gzip)
