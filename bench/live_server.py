"""The product's server with one region of 1 KB, and `/bench/change` that commits a change of it."""

from __future__ import annotations

import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "offenraum.project.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.db import transaction  # noqa: E402

from offenraum.live.changes import announce  # noqa: E402
from offenraum.live.http import Receive, Scope, Send, respond  # noqa: E402
from offenraum.live.regions import Region, register  # noqa: E402
from offenraum.project.asgi import Application  # noqa: E402
from offenraum.project.commands.migrate import migrate  # noqa: E402
from offenraum.project.commands.serve import listen, server_of  # noqa: E402

SIZE = int(sys.argv[2])


class BenchApplication(Application):
    """The whole server and the trigger."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"] == "/bench/change":
            await self.publisher.in_thread(change)
            await respond(send, 200, b"", [])
        else:
            await super().__call__(scope, receive, send)


def change() -> None:
    with transaction.atomic():
        announce(scope="bench", topics=["board"])


if __name__ == "__main__":
    migrate()
    change()
    register([Region("board", ("board",), "public", lambda _: "~" + "x" * SIZE)])
    server_of(BenchApplication(settings.OPTIONS), settings.OPTIONS).run(sockets=[listen("127.0.0.1", int(sys.argv[1]))])
