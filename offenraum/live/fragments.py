"""GET /frag/<key>: the bytes of a rendered region, compressed beforehand, without Django."""

from __future__ import annotations

import time
from dataclasses import dataclass

from django.core.exceptions import ObjectDoesNotExist
from django.db import DatabaseError
from django.http import Http404

from offenraum.live import http
from offenraum.live.http import Headers, Receive, Scope, Send, header_of, query_of, refuse, respond
from offenraum.live.openness import Openness
from offenraum.live.publisher import Publisher, tag_of_key
from offenraum.live.regions import CACHE, REGISTRY, Region, RegionError, Rendered, read_region_key, region_html
from offenraum.live.tokens import TokenError, read_token
from offenraum.live.wire import Key, Tag, read_tag

PREFIX = "/frag/"
KEPT_ANSWERS = 1000
NEVER = -1
FOREVER = b"max-age=31536000, immutable"
HTML: Headers = [
    (b"content-type", b"text/html; charset=utf-8"),
    (b"vary", b"accept-encoding"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
]


@dataclass(frozen=True, slots=True)
class Ready:
    """A whole answer, good for as long as the state of the versions stays."""

    state: int
    status: int
    body: bytes
    headers: Headers


class Fragments:
    """The app for everything below /frag/."""

    def __init__(self, publisher: Publisher, openness: Openness) -> None:
        self.publisher = publisher
        self.openness = openness
        self.ready: dict[tuple[str, bytes, str, str], Ready] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] != "GET":
            await refuse(send, 405, "only GET")
            return
        accepted, held = header_of(scope, b"accept-encoding"), header_of(scope, b"if-none-match")
        asked = (scope["path"], scope["query_string"], accepted, held)
        ready = self.ready.get(asked)
        if ready is None or ready.state != self.publisher.table.state:
            ready = await self.answer(scope, accepted=accepted, held=held)
            self.keep(asked, ready)
        await respond(send, ready.status, ready.body, ready.headers)

    def keep(self, asked: tuple[str, bytes, str, str], ready: Ready) -> None:
        """Remember what may be shown to everybody."""
        if ready.state == NEVER:
            return
        if len(self.ready) >= KEPT_ANSWERS:
            self.ready.clear()
        self.ready[asked] = ready

    async def answer(self, scope: Scope, *, accepted: str, held: str) -> Ready:
        try:
            return await self.found(scope, accepted=accepted, held=held)
        except (RegionError, ObjectDoesNotExist, Http404, ValueError):
            return refusal(404, b"no such region")
        except TokenError:
            return refusal(403, b"not for everybody")
        except DatabaseError:
            return refusal(503, b"the database does not answer")

    async def found(self, scope: Scope, *, accepted: str, held: str) -> Ready:
        key = read_region_key(scope["path"].removeprefix(PREFIX))
        region = REGISTRY.region(key)
        query = query_of(scope["query_string"])
        is_public = region.audience == "public" and "token" not in query
        if is_public:
            await self.openness.check([key])
        else:
            check_right(key, query)
        wanted = query.get("v", [""])[0]
        state = self.publisher.table.state
        rendered = await self.rendered(key, region, read_tag(wanted))
        headers = [*HTML, *headers_of(rendered, region, wanted)]
        lasting = state if is_public and self.is_still(state, key, region) else NEVER
        if rendered.etag in held:
            return Ready(lasting, 304, b"", headers)
        encoding, body = packed(rendered, accepted)
        return Ready(lasting, 200, body, [*headers, *encoding])

    def is_still(self, state: int, key: Key, region: Region) -> bool:
        """Whether nothing has changed since, and a change would be noticed."""
        table = self.publisher.table
        return state == table.state and table.is_sure(scope=key.scope, topics=region.topics_for(key))

    async def rendered(self, key: Key, region: Region, wanted: Tag) -> Rendered:
        """From the cache when this process knows that nothing has changed, else looked up and rendered in a thread."""
        table = self.publisher.table
        if table.is_sure(scope=key.scope, topics=region.topics_for(key)):
            tag = tag_of_key(key, table.seen)
            held = CACHE.get(key, max(tag, wanted))
            if held is not None and held.is_compressed:
                return held
        return await self.publisher.in_thread(self.look_and_render, key)

    def look_and_render(self, key: Key) -> Rendered:
        return region_html(key, self.publisher.table.read({key.scope})).compress()


def refusal(status: int, reason: bytes) -> Ready:
    return Ready(NEVER, status, reason, [http.PLAIN, http.NO_STORE, *([http.RETRY] if status == 503 else [])])


def check_right(key: Key, query: dict[str, list[str]]) -> None:
    """Regions of the desk, and all of a conference that is not published, are shown only with a token for them."""
    if key not in read_token(query.get("token", [""])[0], time.time()).keys:
        raise TokenError("another region")


def headers_of(rendered: Rendered, region: Region, wanted: str) -> Headers:
    """An address with its version never changes; one without is asked again each time."""
    reach = b"public, " if region.audience == "public" else b"private, "
    lasting = FOREVER if wanted == rendered.version_tag else b"no-cache"
    return [
        (b"cache-control", reach + lasting),
        (b"etag", b"W/" + rendered.etag.encode()),
        (b"x-version", rendered.version_tag.encode()),
    ]


def packed(rendered: Rendered, accepted: str) -> tuple[Headers, bytes]:
    offers = {part.split(";")[0].strip() for part in accepted.split(",")}
    if "br" in offers:
        return [(b"content-encoding", b"br")], rendered.brotli
    if "gzip" in offers:
        return [(b"content-encoding", b"gzip")], rendered.gzip
    return [], rendered.html
