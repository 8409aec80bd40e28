"""Django's pages behind the event loop: a thread of the pool is held only while Django itself works.

One hand-over to a thread and one back for each page. An answer that is made while it is sent (an export) gets a thread
of another pool, so that slow downloads take none from the pages.
"""

from __future__ import annotations

import asyncio
import io
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from django.db import connections
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from offenraum.kit.crew import crew
from offenraum.live.http import Headers, Receive, Scope, Send

DOWNLOADS = 8
UNPREFIXED = {b"content-type": "CONTENT_TYPE", b"content-length": "CONTENT_LENGTH"}


@dataclass(frozen=True, slots=True)
class Answer:
    """What Django answered; without a body its parts are still to be made."""

    status: int
    headers: Headers
    body: bytes | None
    response: HttpResponseBase


class Pages:
    """The ASGI app of all pages; `receive` hands it the whole body (the guard does)."""

    def __init__(self, handler: WSGIHandler, *, threads: int) -> None:
        self.handler = handler
        self.pool = ThreadPoolExecutor(threads, thread_name_prefix="page")
        self.downloads = ThreadPoolExecutor(DOWNLOADS, thread_name_prefix="download")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        environ = environ_of(scope, (await receive())["body"])
        loop = asyncio.get_running_loop()
        answer = await loop.run_in_executor(self.pool, answer_of, self.handler, environ)
        await send({"type": "http.response.start", "status": answer.status, "headers": answer.headers})
        if answer.body is None:
            await loop.run_in_executor(self.downloads, send_parts, answer.response, send, loop)
        await send({"type": "http.response.body", "body": answer.body or b""})


def answer_of(handler: WSGIHandler, environ: dict[str, Any]) -> Answer:
    """Run Django, on a thread of the pool."""
    with crew.at_work():
        response = handler(environ, start_response)
    fields = [*response.items(), *(("set-cookie", cookie.OutputString()) for cookie in response.cookies.values())]
    headers = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in fields]
    body = whole(response) if isinstance(response, HttpResponse) else None
    return Answer(response.status_code, headers, body, response)


def start_response(_status: str, _headers: Any, _error: Any = None, /) -> Callable[[bytes], object]:
    """WSGI wants to be called; the response itself says all of it."""
    return bytes


def whole(response: HttpResponse) -> bytes:
    body = b"".join(response)
    response.close()
    return body


def send_parts(response: HttpResponseBase, send: Send, loop: asyncio.AbstractEventLoop) -> None:
    """Make and send part by part, each when the connection has taken the one before."""
    try:
        for part in parts_of(response):
            message = {"type": "http.response.body", "body": part, "more_body": True}
            asyncio.run_coroutine_threadsafe(sending(send, message), loop).result()
    finally:
        response.close()
        connections.close_all()


def parts_of(response: HttpResponseBase) -> Iterator[bytes]:
    if not isinstance(response, StreamingHttpResponse):
        raise TypeError(type(response))
    return iter(response)


async def sending(send: Send, message: dict[str, Any]) -> None:
    await send(message)


def environ_of(scope: Scope, body: bytes) -> dict[str, Any]:
    """What WSGI (PEP 3333) asks for."""
    host, port = scope.get("server") or ("localhost", 80)
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": scope["path"].encode().decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_NAME": host,
        "SERVER_PORT": str(port),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "REMOTE_ADDR": (scope.get("client") or ("",))[0],
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope["scheme"],
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    for name, value in scope["headers"]:
        if b"_" in name:  # would be taken for the header with dashes, which a proxy sets and people must not
            continue
        key = UNPREFIXED.get(name) or "HTTP_" + name.decode("latin-1").upper().replace("-", "_")
        text = value.decode("latin-1")
        environ[key] = f"{environ[key]},{text}" if key in environ else text
    environ["CONTENT_LENGTH"] = str(len(body))
    return environ
