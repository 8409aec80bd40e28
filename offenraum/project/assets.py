"""Static files, answered on the event loop: from memory, compressed, and for ever when their name carries a hash."""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import mimetypes
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import brotli
from django.contrib.staticfiles.finders import get_finders

from offenraum.live.http import Headers, Receive, Scope, Send, header_of, refuse, respond

HASHED = re.compile(r"[.-][0-9a-zA-Z]{8,}\.\w+$")
PACKED_TYPES = re.compile(r"text/|javascript|json|xml|svg|manifest|font/ttf")
FOREVER = (b"cache-control", b"public, max-age=31536000, immutable")
WHOLE_SITE = (b"service-worker-allowed", b"/")
"""A worker lies below /static/ and serves the pages of one conference."""

ASK = (b"cache-control", b"public, no-cache")


@dataclass(frozen=True, slots=True)
class Asset:
    """One file, ready to be sent."""

    headers: Headers
    etag: str
    plain: bytes
    packed: dict[str, bytes]


class Assets:
    """The app for everything below /static/; a file is read when it is first asked for."""

    def __init__(self, prefix: str) -> None:
        self.prefix = prefix
        self.files = dict(found_files())
        self.read: dict[str, Asset] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        name = scope["path"].removeprefix(self.prefix)
        if name not in self.files:
            await refuse(send, 404, "no such file")
        elif scope["method"] not in {"GET", "HEAD"}:
            await refuse(send, 405, "only GET")
        else:
            await self.answer(scope, send, await self.asset(name))

    async def answer(self, scope: Scope, send: Send, asset: Asset) -> None:
        if asset.etag in header_of(scope, b"if-none-match"):
            await respond(send, 304, b"", asset.headers)
            return
        accepted = accepted_encodings(header_of(scope, b"accept-encoding"))
        encoding = next((name for name in asset.packed if name in accepted), "")
        headers = [*asset.headers, (b"content-encoding", encoding.encode())] if encoding else asset.headers
        await respond(send, 200, asset.packed[encoding] if encoding else asset.plain, headers)

    async def asset(self, name: str) -> Asset:
        if name not in self.read:
            self.read[name] = await asyncio.to_thread(read_asset, self.files[name])
        return self.read[name]


def accepted_encodings(header: str) -> set[str]:
    """The encodings of an Accept-Encoding header (RFC 9110, 12.5.3), without those it refuses with weight 0."""
    parts = (part.lower().replace(" ", "").partition(";q=") for part in header.split(","))
    return {name for name, _q, weight in parts if not re.fullmatch(r"0(\.0{0,3})?", weight)}


def found_files() -> Iterator[tuple[str, Path]]:
    """All static files of the product and its libraries; the first of a name wins."""
    found = [
        (str(Path(getattr(storage, "prefix", None) or "") / name), Path(storage.path(name)))
        for finder in get_finders()
        for name, storage in finder.list([])
    ]
    return reversed(found)


def read_asset(path: Path) -> Asset:
    """Read and compress; a smaller file beside it (`.br`, `.gz`) was made at set-up and is taken instead."""
    plain = path.read_bytes()
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    etag = hashlib.sha256(plain).hexdigest()[:24]
    headers = [
        (b"content-type", f"{kind}; charset=utf-8".encode() if kind.startswith("text/") else kind.encode()),
        (b"vary", b"accept-encoding"),
        FOREVER if HASHED.search(path.name) else ASK,
        (b"etag", f'W/"{etag}"'.encode()),
    ]
    if path.name.startswith("worker."):
        headers.append(WHOLE_SITE)
    return Asset(headers, etag, plain, packed_forms(path, plain) if PACKED_TYPES.search(kind) else {})


def packed_forms(path: Path, plain: bytes) -> dict[str, bytes]:
    """Brotli before gzip."""
    return {
        "br": beside(path, ".br") or brotli.compress(plain, quality=9),
        "gzip": beside(path, ".gz") or gzip.compress(plain, 9, mtime=0),
    }


def beside(path: Path, ending: str) -> bytes | None:
    made = path.with_name(path.name + ending)
    return made.read_bytes() if made.is_file() else None
