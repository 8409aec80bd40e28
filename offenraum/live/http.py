"""The few words of ASGI that the live part speaks."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine, MutableMapping
from typing import Any
from urllib.parse import parse_qs

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Message = dict[str, Any]
Send = Callable[[Message], Coroutine[Any, None, None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]
NO_SNIFF = (b"x-content-type-options", b"nosniff")
NO_STORE = (b"cache-control", b"no-store")
PLAIN = (b"content-type", b"text/plain; charset=utf-8")
RETRY = (b"retry-after", b"5")
JSON = (b"content-type", b"application/json")


def query_of(query: bytes) -> dict[str, list[str]]:
    """The fields of a query; what is not UTF-8 is replaced."""
    return parse_qs(query.decode("latin-1"), max_num_fields=100, errors="replace")


def header_of(scope: Scope, name: bytes) -> str:
    """The first header of this lower-case name, or nothing."""
    return next((value.decode("latin-1") for key, value in scope["headers"] if key == name), "")


async def respond(send: Send, status: int, body: bytes, headers: Headers) -> None:
    """Send a whole answer."""
    length = [] if status == 304 else [(b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": [*headers, *length, NO_SNIFF]})
    await send({"type": "http.response.body", "body": body})


async def refuse(send: Send, status: int, reason: str) -> None:
    again: Headers = [RETRY] if status == 503 else []
    await respond(send, status, reason.encode(), [PLAIN, NO_STORE, *again])
