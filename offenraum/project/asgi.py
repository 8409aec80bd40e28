"""The whole server as one ASGI app: stream, regions and static files on the event loop, pages in a pool of threads."""

from __future__ import annotations

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection

import offenraum.project.regions  # noqa: F401 - what pages show is known from here on
from offenraum.conference.queries import is_hidden
from offenraum.kit import group_commit
from offenraum.kit.crew import crew
from offenraum.live.bus import make_bus
from offenraum.live.delivery import DirectDelivery
from offenraum.live.documents import Documents, is_document, is_visit
from offenraum.live.fragments import Fragments
from offenraum.live.http import App, Receive, Scope, Send
from offenraum.live.hub import Hub
from offenraum.live.openness import Openness
from offenraum.live.publisher import Publisher
from offenraum.live.stream import Stream
from offenraum.project.assets import Assets
from offenraum.project.guard import BodyGuard, Limits
from offenraum.project.media import Media
from offenraum.project.options import Options
from offenraum.project.uplinking import Uplinking
from offenraum.project.voting import Voting
from offenraum.project.wsgi import Pages

AT_WORK, WAITING_EACH = 3, 3
"""On SQLite so many threads work at a time, and so many times the set number may wait for the common commit."""


class Application:
    """Chooses by the first segment of the path; begins and ends what lives as long as the server."""

    def __init__(self, options: Options) -> None:
        pages = Pages(get_wsgi_application(), threads=threads_for(options))
        self.hub = Hub(DirectDelivery)
        self.publisher = Publisher(self.hub, make_bus())
        self.pages = BodyGuard(Uplinking(Voting(pages)), limits_of(options))
        self.documents = Documents(self.publisher, self.pages)
        openness = Openness(self.publisher, is_hidden)
        self.parts: dict[str, App] = {
            "live": Stream(self.hub, self.publisher, openness),
            "frag": Fragments(self.publisher, openness),
            "static": Assets(settings.STATIC_URL),
            "medien": Media(settings.DATA / "medien"),
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            rest = self.documents if is_document(scope["path"]) or is_visit(scope) else self.pages
            part = self.parts.get(scope["path"].lstrip("/").partition("/")[0], rest)
            await part(scope, receive, send)
        elif scope["type"] == "lifespan":
            await self.live(receive, send)

    async def end_streams(self) -> None:
        await self.hub.end(self.hub.clients())

    async def live(self, receive: Receive, send: Send) -> None:
        await receive()
        group_commit.start()
        await self.publisher.start()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await self.publisher.stop()
        group_commit.stop()
        crew.core.end()
        await send({"type": "lifespan.shutdown.complete"})


def limits_of(options: Options) -> Limits:
    return Limits(connections=options.connections, body_bytes=options.body_megabytes << 20)


def threads_for(options: Options) -> int:
    """How many threads make pages: on PostgreSQL each keeps a connection, on SQLite few work and many may wait."""
    if connection.vendor != "sqlite":
        return options.threads
    crew.limit(AT_WORK)
    return WAITING_EACH * options.threads
