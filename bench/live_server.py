"""The product's server with a region of 1 KB and `/bench/change`, which commits a change of it."""

from __future__ import annotations

import argparse
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
from offenraum.project.commands.demo import prepare  # noqa: E402
from offenraum.project.commands.migrate import migrate  # noqa: E402
from offenraum.project.commands.serve import SWITCH_SECONDS, listen, server_of  # noqa: E402

PEOPLE = 40


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


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("port", type=int)
    parser.add_argument("--bytes", type=int, default=1000)
    parser.add_argument("--demo", action="store_true", help="set up the finished demonstration first")
    parser.add_argument("--switch-ms", type=float, default=SWITCH_SECONDS * 1000, help="turn of a thread")
    given = parser.parse_args()
    sys.setswitchinterval(given.switch_ms / 1000)
    settings.ROOT_URLCONF = "bench.urls"
    if given.demo:
        prepare(argparse.Namespace(people=PEOPLE, finished=True))
    migrate()
    change()
    register([Region("board", ("board",), "public", lambda _: "~" + "x" * given.bytes)])
    server_of(BenchApplication(settings.OPTIONS), settings.OPTIONS).run(sockets=[listen("127.0.0.1", given.port)])


if __name__ == "__main__":
    main()
