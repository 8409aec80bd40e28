"""Uploaded pictures, answered on the event loop. Only names that we gave are known, only as pictures are they sent."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path
from typing import Final

from offenraum.live.http import Headers, Receive, Scope, Send, header_of, refuse, respond

NAME: Final = re.compile(r"/medien/([0-9]{1,18})/([0-9a-f]{32}(?:-small)?\.webp)")
HEADERS: Final[Headers] = [
    (b"content-type", b"image/webp"),
    (b"cache-control", b"public, max-age=31536000, immutable"),
    (b"content-security-policy", b"default-src 'none'; sandbox"),
    (b"cross-origin-resource-policy", b"cross-origin"),
]


class Media:
    """The app for everything below /medien/."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        asked = NAME.fullmatch(scope["path"])
        file = self.folder / asked[1] / asked[2] if asked else None
        if scope["method"] not in {"GET", "HEAD"}:
            await refuse(send, 405, "only GET")
        elif file is None or not await asyncio.to_thread(file.is_file):
            await refuse(send, 404, "no such picture")
        else:
            await self.answer(scope, send, file)

    async def answer(self, scope: Scope, send: Send, file: Path) -> None:
        """The name is a digest of the content, so whoever has it has the right one."""
        etag = f'"{file.stem}"'
        headers = [*HEADERS, (b"etag", etag.encode())]
        if etag in header_of(scope, b"if-none-match"):
            await respond(send, 304, b"", headers)
        else:
            await respond(send, 200, await asyncio.to_thread(file.read_bytes), headers)
