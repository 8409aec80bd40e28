"""GET /live/stream: server-sent events without Django and without a database for each connection."""

from __future__ import annotations

import asyncio
import json
import logging
import random
import time
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from django.db import DatabaseError

from offenraum.live.http import JSON, NO_SNIFF, NO_STORE, Receive, Scope, Send, header_of, query_of, refuse, respond
from offenraum.live.hub import Client, Hub, chunk
from offenraum.live.openness import Openness
from offenraum.live.publisher import Publisher, tag_of_key
from offenraum.live.regions import REGISTRY, RegionError, read_region_key
from offenraum.live.tokens import KEYS_PER_TOKEN, Grant, TokenError, read_token
from offenraum.live.wire import Key, read_tags

SHORTEST_RETRY_MS = 300
LONGEST_RETRY_MS = 4000
RETRY_MS_PER_CLIENT = 0.75
TOKENS = 8
NEVER = 1 << 60
START = {
    "type": "http.response.start",
    "status": 200,
    "headers": [
        (b"content-type", b"text/event-stream; charset=utf-8"), NO_STORE, (b"x-accel-buffering", b"no"),
        NO_SNIFF,
    ],
}
log = logging.getLogger(__name__)


class Stream:
    """The app for everything below /live/."""

    def __init__(self, hub: Hub, publisher: Publisher, openness: Openness) -> None:
        self.hub = hub
        self.publisher = publisher
        self.openness = openness
        self.routes = {"/live/stream": self.stream, "/live/versions": self.versions}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        route = self.routes.get(scope["path"])
        if route is None or scope["method"] != "GET":
            await refuse(send, 404 if route is None else 405, "no such stream")
            return
        try:
            await route(scope, receive, send)
        except TokenError:
            await refuse(send, 403, "the token is not valid or over")
        except (RegionError, ValueError):
            await refuse(send, 404, "no such region")
        except DatabaseError:
            await refuse(send, 503, "the database does not answer")

    async def stream(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Bring the page from what it shows to the newest state and keep it there."""
        grants = await self.grants(scope)
        keys = keys_of(grants)
        query = asked(scope["query_string"])
        seen = read_tags(header_of(scope, b"last-event-id") or query.since, len(keys))
        client = self.hub.join(keys=keys, seen=seen, send=send, is_guest=not query.tokens)
        try:
            await self.publisher.warm(client.channel)
            await self.publisher.keep_up(client.channel, client.seen)
            await self.greet(client)
            self.end_in_time(client, grants)
            while (await receive())["type"] != "http.disconnect":
                pass
        finally:
            self.hub.leave(client)

    async def greet(self, client: Client) -> None:
        retry = random_retry(self.hub.count())
        body, tags = self.hub.greeting(client)
        await client.send(START)
        await client.send(chunk(b"retry: %d\n\n" % retry + body))
        self.hub.is_greeted(client, tags)

    def end_in_time(self, client: Client, grants: Iterable[Grant]) -> None:
        """Who watches the desk proves the right to do so again and again."""
        ends = [grant.until for grant in grants if any(is_desk(key) for key in grant.keys)]
        if ends:
            asyncio.get_running_loop().call_later(
                max(0, min(ends) - time.time()), lambda: self.publisher.spawn(self.hub.end([client]))
            )

    async def versions(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The versions of a page's regions, for a page that was hidden or offline."""
        keys = keys_of(await self.grants(scope))
        table = self.publisher.table
        if not all(table.is_sure(scope=key.scope, topics=REGISTRY.region(key).topics_for(key)) for key in keys):
            await self.publisher.in_thread(table.read, {key.scope for key in keys})
        told = {str(key): str(tag_of_key(key, table.seen)) for key in keys}
        await respond(send, 200, json.dumps(told).encode(), [JSON, NO_STORE])

    async def grants(self, scope: Scope) -> tuple[Grant, ...]:
        """What the tokens of the address allow, and the public regions that it names without a token."""
        query = asked(scope["query_string"])
        await self.openness.check(query.named.keys)
        return query.named, *(read_token(token, time.time()) for token in query.tokens)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the query of a stream's address says."""

    named: Grant
    tokens: tuple[str, ...]
    since: str


@lru_cache(maxsize=256)
def asked(query: bytes) -> Asked:
    """The query read; a hall that comes back after a cut asks the same a thousand times."""
    fields = query_of(query)
    named = Grant(public_keys(fields.get("key", [])), NEVER)
    return Asked(named, tuple(fields.get("token", [])[:TOKENS]), fields.get("since", [""])[0])


def public_keys(texts: Iterable[str]) -> tuple[Key, ...]:
    """Regions that everybody may see; TokenError when one is the desk's."""
    keys = tuple(read_region_key(text) for text in islice(texts, KEYS_PER_TOKEN))
    if any(is_desk(key) for key in keys):
        raise TokenError("not for everybody")
    return keys


@lru_cache(maxsize=256)
def keys_of(grants: tuple[Grant, ...]) -> tuple[Key, ...]:
    """All regions of several grants, in the order in which a page lists its versions."""
    keys = {key for grant in grants for key in grant.keys}
    for key in keys:
        REGISTRY.region(key)
    if not keys:
        raise TokenError("no region")
    return tuple(sorted(keys, key=str))


def random_retry(clients: int) -> int:
    """Milliseconds until a lost client comes back: soon when there are few, spread when there are many."""
    longest = min(LONGEST_RETRY_MS, 2 * SHORTEST_RETRY_MS + int(clients * RETRY_MS_PER_CLIENT))
    return random.randint(SHORTEST_RETRY_MS, longest)  # noqa: S311 - spreading, not secrecy


def is_desk(key: Key) -> bool:
    return REGISTRY.region(key).audience == "desk"
