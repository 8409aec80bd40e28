"""A robot's browser: one kept connection, cookies, forms."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from offenraum.project.robots.wire import Head, HungUp, Line, Site

JSON = "application/json"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server answered."""

    head: Head
    body: bytes

    @property
    def status(self) -> int:
        return self.head.status

    @property
    def text(self) -> str:
        return self.body.decode(errors="replace")

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Browser:
    """Talks to one server the way one browser does; does not follow redirects."""

    def __init__(self, site: Site, *, language: str = "de") -> None:
        self.site = site
        self.language = language
        self.cookies: dict[str, str] = {}
        self.line: Line | None = None

    async def get(self, path: str, *, accept: str = "text/html") -> Answer:
        """Ask for a page."""
        return await self.answer(self.request("GET", path, accept=accept))

    async def post(
        self, path: str, fields: dict[str, Any], *, accept: str = "text/html", csrf: str | None = None
    ) -> Answer:
        """Send a form; whoever sends it again names the same key in it."""
        request = self.request("POST", path, accept=accept, body=urlencode(fields, doseq=True).encode(), csrf=csrf)
        return await self.answer(request)

    async def stream(self, path: str) -> tuple[Line, Head]:
        """Open a stream on a connection of its own."""
        line = await Line.open(self.site)
        return line, await line.send(self.request("GET", path, accept="text/event-stream"))

    async def answer(self, request: bytes) -> Answer:
        """Send a request on the kept connection; on a new one when the server has hung up, as browsers do."""
        kept, self.line = self.line, None
        if kept and not kept.is_closed:
            with suppress(HungUp):
                return await self.answer_on(kept, request)
        elif kept:
            kept.close()
        return await self.answer_on(await Line.open(self.site), request)

    async def answer_on(self, line: Line, request: bytes) -> Answer:
        try:
            head = await line.send(request)
            answer = Answer(head, await line.body(head))
        except BaseException:
            line.close()
            raise
        self.keep_cookies(head)
        if head.keeps_open:
            self.line = line
        else:
            line.close()
        return answer

    def request(self, method: str, path: str, *, accept: str, body: bytes = b"", csrf: str | None = None) -> bytes:
        lines = [
            f"{method} {path} HTTP/1.1", f"Host: {self.site.authority}", f"Accept: {accept}",
            f"Accept-Language: {self.language}", "User-Agent: Offenraum robot",
        ]
        if self.cookies:
            lines.append("Cookie: " + "; ".join(f"{name}={value}" for name, value in self.cookies.items()))
        if method == "POST":
            lines += [
                f"Origin: {self.site.origin}", f"Referer: {self.site.origin}{path}", f"Content-Length: {len(body)}",
                "Content-Type: application/x-www-form-urlencoded",
            ]
        if csrf:
            lines.append(f"X-CSRFToken: {csrf}")
        return "\r\n".join([*lines, "", ""]).encode() + body

    def keep_cookies(self, head: Head) -> None:
        for name, value in head.headers:
            if name == "set-cookie":
                cookie, _equals, content = value.partition(";")[0].partition("=")
                self.cookies[cookie.strip()] = content

    def close(self) -> None:
        if self.line:
            self.line.close()
            self.line = None
