"""A page of probe regions with the real browser modules."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs

from django.conf import settings

from offenraum.live.http import Receive, Scope, Send, respond
from offenraum.live.regions import region_html
from offenraum.live.tokens import keys_of_scope, token_for
from offenraum.project.asgi import Application
from tests.live.servers import SCOPE

MODULES = Path(__file__).resolve().parent.parent.parent / "frontend/js"
BOOT = "import { startStream } from './islands/stream.js'; startStream()"
CSP = (b"content-security-policy", b"default-src 'none'; script-src 'self'; connect-src 'self'")
NOW = 2_000_000_000.0


class ProbeApplication(Application):
    """The whole server, and `/probe?region=board&region=plenum` as a page."""

    def __init__(self) -> None:
        super().__init__(settings.OPTIONS)
        self.parts |= {"probe": self.page, "js": self.module, "token": self.token}

    async def page(self, scope: Scope, receive: Receive, send: Send) -> None:
        names = parse_qs(scope["query_string"].decode())["region"]
        html = await self.publisher.in_thread(page_html, names)
        await respond(send, 200, html.encode(), [(b"content-type", b"text/html; charset=utf-8"), CSP])

    async def module(self, scope: Scope, receive: Receive, send: Send) -> None:
        name = scope["path"].removeprefix("/js/")
        text = BOOT if name == "boot.js" else (MODULES / name).read_text()
        await respond(send, 200, text.encode(), [(b"content-type", b"text/javascript")])

    async def token(self, scope: Scope, receive: Receive, send: Send) -> None:
        """What the desk does after it has checked who asks."""
        keys = keys_of_scope(parse_qs(scope["query_string"].decode())["key"], scope=SCOPE)
        body = b'{"token": "%s"}' % token_for(keys, NOW).encode()
        await respond(send, 200, body, [(b"content-type", b"application/json")])


def page_html(names: list[str]) -> str:
    sections = "".join(section(name) for name in names)
    token = ' data-stream-token-url="/token"' if "secret" in names else ""
    return (
        f'<!doctype html><html lang="de"><title>Probe</title><script type="module" src="/js/boot.js"></script>'
        f'<body{token}><p id="live" role="status" data-text-live="Live" data-text-stale="Stand {{time}}" '
        f'data-text-offline="Getrennt {{time}}"></p>{sections}</body></html>'
    )


def section(name: str) -> str:
    key = f"{SCOPE}/{name}/de/0"
    rendered = region_html(key)
    html = rendered.html.decode()
    return f'<section id="{name}" data-region="{key}" data-version="{rendered.version_tag}">{html}</section>'
