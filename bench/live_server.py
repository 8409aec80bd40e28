"""The product's server with a region of 1 KB and, below `/bench/`, triggers that commit changes."""

from __future__ import annotations

import argparse
import os
import sys
import uuid
from collections.abc import Callable

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "offenraum.project.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.db import transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from offenraum.barcamp.actions.interest import show_interest  # noqa: E402
from offenraum.barcamp.actions.topics import TopicText, propose_topic  # noqa: E402
from offenraum.barcamp.queries import public_topics  # noqa: E402
from offenraum.conference.models import Conference  # noqa: E402
from offenraum.live.changes import announce  # noqa: E402
from offenraum.live.http import Receive, Scope, Send, respond  # noqa: E402
from offenraum.live.regions import Region, register  # noqa: E402
from offenraum.project.asgi import Application  # noqa: E402
from offenraum.project.commands.demo import prepare  # noqa: E402
from offenraum.project.commands.migrate import migrate  # noqa: E402
from offenraum.project.commands.serve import SWITCH_SECONDS, listen, server_of  # noqa: E402
from offenraum.project.demo.setup import Demo  # noqa: E402

PEOPLE = 40


class BenchApplication(Application):
    """The whole server and the triggers."""

    def __init__(self, triggers: dict[str, Callable[[], object]]) -> None:
        super().__init__(settings.OPTIONS)
        self.triggers = triggers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"] in self.triggers:
            await self.publisher.in_thread(self.triggers[scope["path"]])
            await respond(send, 200, b"", [])
        else:
            await super().__call__(scope, receive, send)


def change() -> None:
    with transaction.atomic():
        announce(scope="bench", topics=["board"])


class Hall:
    """People of the demonstration who bring topics and vote."""

    def __init__(self, demo: Demo) -> None:
        self.conference = demo.conference
        self.seats = [new.seat for new in demo.crowd.robots]
        self.topic = public_topics(demo.conference)[0]
        self.count = 0

    def bring_topic(self) -> None:
        self.count += 1
        text = TopicText(title=f"Neues Thema {self.count:04}")
        propose_topic(
            conference=self.conference, seat=self.seats[self.count % PEOPLE], host_name="Ayse", text=text,
            key=uuid.uuid4(), now=timezone.now(),
        )

    def vote(self) -> None:
        self.count += 1
        show_interest(
            topic_id=self.topic.pk, seat_id=self.seats[self.count % PEOPLE].pk, weight=1 + self.count // PEOPLE % 2,
            key=uuid.uuid4(), now=timezone.now(),
        )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("port", type=int)
    parser.add_argument("--bytes", type=int, default=1000)
    parser.add_argument("--demo", choices=["before", "finished"], help="set up the demonstration first")
    parser.add_argument("--real-clock", action="store_true", help="as at a real conference")
    parser.add_argument("--switch-ms", type=float, default=SWITCH_SECONDS * 1000, help="turn of a thread")
    given = parser.parse_args()
    sys.setswitchinterval(given.switch_ms / 1000)
    settings.ROOT_URLCONF = "bench.urls"
    migrate()
    triggers: dict[str, Callable[[], object]] = {"/bench/change": change}
    if given.demo:
        demo, _login = prepare(argparse.Namespace(people=PEOPLE, finished=given.demo == "finished"))
        if given.real_clock:
            Conference.objects.update(clock_started_at=None, clock_shows_at=None)
        hall = Hall(demo)
        triggers |= {"/bench/topic": hall.bring_topic, "/bench/vote": hall.vote}
    change()
    register([
        Region("board", ("board",), "public", lambda _: "~" + "x" * given.bytes),
        Region("figures", ("tally",), "public", lambda _: "tally"),
    ])
    server_of(BenchApplication(triggers), settings.OPTIONS).run(sockets=[listen("127.0.0.1", given.port)])


if __name__ == "__main__":
    main()
