"""Which conferences everybody may watch: looked up once for each change of their setting, not for each request."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from offenraum.live.publisher import Publisher
from offenraum.live.regions import RegionError
from offenraum.live.versions import Change, tag_of
from offenraum.live.wire import Key, Tag

TOPICS: Final = ("clock",)
"""What rises when a conference is shown or hidden."""


class Openness:
    """Refuses regions of conferences that are not published, as if there were none, and ends their open streams."""

    def __init__(self, publisher: Publisher, is_hidden: Callable[[str], bool]) -> None:
        self.publisher = publisher
        self.is_hidden = is_hidden
        self.known: dict[str, tuple[Tag, bool]] = {}
        publisher.before_publishing = self.close

    async def check(self, keys: Iterable[Key]) -> None:
        """RegionError when one of these is of a hidden conference."""
        for scope in {key.scope for key in keys}:
            if await self.hides(scope):
                raise RegionError(scope)

    async def close(self, changes: Iterable[Change]) -> None:
        """End the streams of guests whose conference was hidden, before anything more of it reaches them."""
        for scope in {scope for scope, topic in changes if topic in TOPICS}:
            if (guests := self.publisher.hub.guests(scope)) and await self.hides(scope):
                await self.publisher.hub.end(guests)

    async def hides(self, scope: str) -> bool:
        table = self.publisher.table
        if not table.is_sure(scope=scope, topics=TOPICS):
            await self.publisher.in_thread(table.read, {scope})
        tag = tag_of(table.seen, scope=scope, topics=TOPICS)
        known = self.known.get(scope)
        if known is None or known[0] != tag:
            known = (tag, await self.publisher.in_thread(self.is_hidden, scope))
            if scope in table.scopes:
                self.known[scope] = known
        return known[1]
