"""Public files and pages that depend on nothing but versions: kept as bytes, answered without Django or database."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import Any, Final

from offenraum.kit.strangers import is_first_visit
from offenraum.live.http import App, Headers, Receive, Scope, Send, header_of, respond
from offenraum.live.publisher import Publisher

DEPENDS: Final = "X-Depends"
"""The header by which a page says that everybody may have it until one of these changes: `<scope> <topic> …`."""

SEGMENT: Final = "export"
PAGE: Final = re.compile(r"/[^/]+/(programm|session/\d+)")
KEPT: Final = 200
LARGEST: Final = 1 << 20
QUERIES: Final = {b"", b"lang=de", b"lang=en", b"lang=de-x-leicht"}
"""What a file may be asked; anything else changes nothing, and must not make it be written anew."""

CONDITION: Final = b"if-none-match"
BODY: Final = {b"content-length", b"transfer-encoding"}
DEPENDENCY: Final = DEPENDS.lower().encode()
PRIVATE: Final = {b"set-cookie", b"content-length", b"vary", b"etag", DEPENDENCY}


def is_document(path: str) -> bool:
    """Whether the second part of a path says that a file is asked for."""
    return path.split("/", 3)[2:3] == [SEGMENT]


def is_visit(scope: Scope) -> bool:
    """Whether a browser without any cookie asks for a page that is the same for all of them in one language."""
    is_page = PAGE.fullmatch(scope["path"]) is not None and not scope["query_string"]
    return is_page and not any(name == b"cookie" for name, _value in scope["headers"])


@dataclass(frozen=True, slots=True)
class Kept:
    """A whole answer, good for as long as the state of the versions stays."""

    state: int
    tag: str
    body: bytes
    headers: Headers


Asked = tuple[str, bytes, str, str, bool]
"""Path, question, encodings and, for a page, languages and whether it is the first, which brings its styles along."""


class Documents:
    """In front of the pages: answers what it has kept, keeps what pages say may be kept."""

    def __init__(self, publisher: Publisher, pages: App) -> None:
        self.publisher = publisher
        self.pages = pages
        self.kept: dict[Asked, Kept] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] not in {"GET", "HEAD"}:
            await self.pages(scope, receive, send)
            return
        if scope["query_string"] not in QUERIES:
            scope = {**scope, "query_string": b""}
        asked = asked_of(scope)
        kept = self.kept.get(asked)
        if kept is None or kept.state != self.publisher.table.state:
            kept = await self.ask(scope, receive, send, asked)
        if kept is not None:
            await answer(scope, send, kept)

    async def ask(self, scope: Scope, receive: Receive, send: Send, asked: Asked) -> Kept | None:
        """The page's own answer; None when it may not be kept and has been passed on.

        What is not there for everybody may be there for this browser: a conference that is not published, for its team.
        """
        table = self.publisher.table
        slug = scope["path"].split("/", 2)[1]
        if slug not in table.scopes:
            await self.publisher.in_thread(table.read, {slug})
        state = table.state
        heard = Heard()
        await self.pages(unconditional(scope), receive, heard)
        topics = heard.header(DEPENDENCY).split()
        is_page = not is_document(scope["path"])
        is_personal = is_page and bool(heard.header(b"set-cookie"))
        is_lasting = heard.status == 200 and len(heard.body) <= LARGEST and topics[:1] == [slug] and not is_personal
        if not is_lasting or state != table.state or not table.is_sure(scope=slug, topics=topics[1:]):
            if heard.status == 404 and not is_page and header_of(scope, b"cookie"):
                await self.pages(without_body(scope), receive, send)
            else:
                await heard.pass_on(send)
            return None
        kept = Kept(state, heard.tag, bytes(heard.body), headers_of(heard, is_page=is_page))
        if len(self.kept) >= KEPT:
            self.kept.clear()
        self.kept[asked] = kept
        return kept


def asked_of(scope: Scope) -> Asked:
    file = (scope["path"], scope["query_string"], header_of(scope, b"accept-encoding"))
    if is_document(scope["path"]):
        return (*file, "", False)
    is_first = is_first_visit(header_of(scope, b"sec-fetch-site"), header_of(scope, b"sec-fetch-dest"))
    return (*file, header_of(scope, b"accept-language"), is_first)


def headers_of(heard: Heard, *, is_page: bool) -> Headers:
    """What goes out with a kept answer; a page says that with cookies or other languages it would be another one."""
    headers = [(name, value) for name, value in heard.headers if name not in PRIVATE]
    varies = b"accept-encoding" + (b", accept-language, cookie, sec-fetch-site, sec-fetch-dest" if is_page else b"")
    return [*headers, (b"etag", heard.tag.encode("latin-1")), (b"vary", varies)]


async def answer(scope: Scope, send: Send, kept: Kept) -> None:
    held = [part.strip().removeprefix("W/") for part in header_of(scope, CONDITION).split(",")]
    is_known = kept.tag.removeprefix("W/") in held or held == ["*"]
    await respond(send, 304 if is_known else 200, b"" if is_known else kept.body, kept.headers)


def unconditional(scope: Scope) -> Scope:
    """The same request as if nobody had an earlier answer, so that the whole answer comes."""
    headers = [(name, value) for name, value in scope["headers"] if name not in {CONDITION, b"cookie"}]
    return {**scope, "method": "GET", "headers": headers}


def without_body(scope: Scope) -> Scope:
    """The same request, of which the body has been read."""
    headers = [(name, value) for name, value in scope["headers"] if name not in BODY]
    return {**scope, "headers": headers}


class Heard:
    """Takes an answer instead of a client."""

    def __init__(self) -> None:
        self.status = 0
        self.headers: Headers = []
        self.body = bytearray()

    async def __call__(self, message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = [(bytes(name).lower(), bytes(value)) for name, value in message["headers"]]
        else:
            self.body += message.get("body", b"")

    def header(self, name: bytes) -> str:
        return next((value.decode("latin-1") for key, value in self.headers if key == name), "")

    @property
    def tag(self) -> str:
        """The tag that the page gave, else one of its content."""
        return self.header(b"etag") or f'"{hashlib.sha256(self.body).hexdigest()[:24]}"'

    async def pass_on(self, send: Send) -> None:
        shown = [(name, value) for name, value in self.headers if name != DEPENDENCY]
        await send({"type": "http.response.start", "status": self.status, "headers": shown})
        await send({"type": "http.response.body", "body": bytes(self.body)})
