"""The HTTP/1.1 that robots speak: light enough for hundreds of them beside the server on two cores."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator
from dataclasses import dataclass
from urllib.parse import urlsplit

CONNECT_SECONDS = 10.0
ANSWER_SECONDS = 30.0
CHUNK = 65_536


class Unreachable(Exception):
    """The server did not answer, or broke off."""


class HungUp(Unreachable):
    """The server closed the connection before it answered."""


@dataclass(frozen=True, slots=True)
class Site:
    """Where a server listens."""

    host: str
    port: int
    is_secure: bool

    @classmethod
    def at(cls, url: str) -> Site:
        """The server of an address like http://127.0.0.1:8000."""
        parts = urlsplit(url)
        is_secure = parts.scheme == "https"
        return cls(parts.hostname or "127.0.0.1", parts.port or (443 if is_secure else 80), is_secure)

    @property
    def origin(self) -> str:
        return f"{'https' if self.is_secure else 'http'}://{self.authority}"

    @property
    def authority(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == (443 if self.is_secure else 80) else f"{host}:{self.port}"


@dataclass(frozen=True, slots=True)
class Head:
    """Status and headers of an answer, names in lower case; a name may occur more than once."""

    status: int
    headers: tuple[tuple[str, str], ...]

    def header(self, name: str) -> str:
        return next((value for key, value in self.headers if key == name), "")

    @property
    def is_chunked(self) -> bool:
        return self.header("transfer-encoding").lower() == "chunked"

    @property
    def keeps_open(self) -> bool:
        return self.header("connection").lower() != "close"


class Line:
    """One TCP connection to the server."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader = reader
        self.writer = writer

    @classmethod
    async def open(cls, site: Site) -> Line:
        secure = ssl.create_default_context() if site.is_secure else None
        try:
            async with asyncio.timeout(CONNECT_SECONDS):
                return cls(*await asyncio.open_connection(site.host, site.port, ssl=secure))
        except (OSError, TimeoutError) as error:
            raise Unreachable(str(error)) from error

    @property
    def is_closed(self) -> bool:
        """Whether the server has ended this connection, as it does after some idle seconds."""
        return self.reader.at_eof()

    async def send(self, request: bytes) -> Head:
        """Send a request and read the head of its answer."""
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                self.writer.write(request)
                await self.writer.drain()
                return read_head(await self.reader.readuntil(b"\r\n\r\n"))
        except (EOFError, ConnectionError) as error:
            raise HungUp(str(error)) from error
        except (OSError, TimeoutError, ValueError, asyncio.LimitOverrunError) as error:
            raise Unreachable(str(error)) from error

    async def body(self, head: Head) -> bytes:
        """The whole body of an answer."""
        if head.status in (204, 304):
            return b""
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                if not head.is_chunked and head.header("content-length"):
                    return await self.reader.readexactly(int(head.header("content-length")))
                return b"".join([piece async for piece in self.pieces(head)])
        except (OSError, EOFError, TimeoutError, ValueError) as error:
            raise Unreachable(str(error)) from error

    async def pieces(self, head: Head) -> AsyncIterator[bytes]:
        """The body as it arrives."""
        if not head.is_chunked:
            while piece := await self.reader.read(CHUNK):
                yield piece
            return
        while size := int((await self.reader.readuntil(b"\r\n")).split(b";")[0], 16):
            yield (await self.reader.readexactly(size + 2))[:-2]
        await self.reader.readuntil(b"\r\n")

    def close(self) -> None:
        self.writer.close()


def read_head(raw: bytes) -> Head:
    first, *lines = raw.decode("latin-1").rstrip("\r\n").split("\r\n")
    pairs = (line.partition(":") for line in lines)
    protocol, _space, status = first.partition(" ")
    if not protocol.startswith("HTTP/1."):
        raise ValueError(f"no HTTP: {first[:80]!r}")
    return Head(int(status[:3]), tuple((name.lower(), value.strip()) for name, _colon, value in pairs))
