"""All robots of the demonstration: who they are, what they know, what they do at the same time."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Coroutine
from typing import Any

from django.utils.translation import gettext as _

from offenraum.barcamp.models import Topic
from offenraum.conference.queries import now_of
from offenraum.project.demo.crowd import topics_by
from offenraum.project.demo.finished import subjects, themes
from offenraum.project.demo.setup import Demo
from offenraum.project.demo.topics import Brought, DemoTopic
from offenraum.project.robots.robot import Ledger, Robot
from offenraum.project.robots.tastes import Subject, taste_of
from offenraum.project.robots.wire import Site
from offenraum.seats.actions.checkin import check_in
from offenraum.seats.actions.keys import NewSeat

HESITATION_SECONDS = 2.5
BRINGS_AFTER_SECONDS = {Brought.ON_THE_DAY: (1.0, 12.0), Brought.SPONTANEOUS: (50.0, 90.0)}
LOOKS_EARLY = 0.2
LOOKS_AGAIN_SECONDS = (100.0, 150.0)


class Cast:
    """All robots of the demonstration."""

    def __init__(self, demo: Demo, url: str) -> None:
        self.conference = demo.conference
        self.ledger = Ledger()
        self.known = subjects()
        self.subjects: dict[int, Subject] = {}
        self.arrived_count = 0
        self.troubles: list[str] = []
        site = Site.at(url)
        self.robots = {
            new.code: Robot(
                site=site, slug=self.conference.slug, code=new.code, taste=taste_of(new.seat.number, themes()),
                ledger=self.ledger,
            )
            for new in demo.crowd.robots
        }
        self.seats = {new.code: new for new in demo.crowd.robots}
        self.brings = topics_of_hosts(demo)

    async def everybody(self, seconds: float) -> None:
        """All robots, arriving one after the other within so many seconds."""
        await asyncio.to_thread(self.learn)
        gap = seconds / max(1, len(self.robots))
        await asyncio.gather(*(self.live(robot, place * gap) for place, robot in enumerate(self.robots.values())))

    async def live(self, robot: Robot, delay: float) -> None:
        """One robot's day; one that fails leaves, and the progress line says why."""
        await asyncio.sleep(delay)
        try:
            await robot.sign_in()
            await self.check_in(self.seats[robot.code])
            await robot.phone.load()
            await asyncio.gather(*self.doings(robot))
        except Exception as error:
            self.troubles.append(f"{type(error).__name__}: {error}")
        finally:
            robot.close()

    async def check_in(self, new: NewSeat) -> None:
        """The desk at the door scans the badge."""
        await asyncio.to_thread(check_in, seat=new.seat, now=now_of(self.conference))
        self.arrived_count += 1

    def doings(self, robot: Robot) -> list[Coroutine[Any, Any, None]]:
        return [
            robot.phone.follow(),
            robot.vote_as_it_happens(self.subjects, hesitation=HESITATION_SECONDS),
            self.look_around(robot),
            *(self.bring(robot, topic) for topic in self.brings.get(robot.code, [])),
        ]

    async def bring(self, robot: Robot, topic: DemoTopic) -> None:
        """Propose a topic through the form, like everybody."""
        await asyncio.sleep(random.uniform(*BRINGS_AFTER_SECONDS[Brought(topic.brought)]))  # noqa: S311 - play
        number = await robot.propose(form_of(topic))
        self.subjects[number] = self.known[topic.title]

    async def look_around(self, robot: Robot) -> None:
        """Some look through all topics at once, everybody once more towards the end."""
        if robot.chance.random() < LOOKS_EARLY:
            await self.browse(robot)
        await asyncio.sleep(robot.chance.uniform(*LOOKS_AGAIN_SECONDS))
        await self.browse(robot)

    async def browse(self, robot: Robot) -> None:
        await asyncio.to_thread(self.learn)
        await robot.browse(self.subjects)

    def learn(self) -> None:
        """Learn what the topics on the board are about; those of visitors are a surprise."""
        for number, title in Topic.objects.filter(conference=self.conference).values_list("number", "title"):
            self.subjects[number] = self.known.get(title, surprise(number))

    def progress(self) -> str:
        line = _("{people} people are here, {votes} votes are in.").format(
            people=self.arrived_count, votes=self.ledger.acknowledged_count
        )
        return f"{line} {_('In trouble')}: {len(self.troubles)} ({self.troubles[-1]})" if self.troubles else line


def surprise(number: int) -> Subject:
    """What a topic of a visitor is about, for want of knowing better."""
    names = themes()
    return Subject(theme=names[number % len(names)], popularity=8)


def topics_of_hosts(demo: Demo) -> dict[str, list[DemoTopic]]:
    """Badge code to the topics that this robot brings during the demonstration."""
    found: dict[str, list[DemoTopic]] = {}
    for topic in topics_by([Brought.ON_THE_DAY, Brought.SPONTANEOUS]):
        found.setdefault(demo.crowd.hosts[topic.host].code, []).append(topic)
    return found


def form_of(topic: DemoTopic) -> dict[str, str | list[str]]:
    """The topic as the fields of the form."""
    return {
        "title": topic.title, "host_name": topic.host, "about": topic.about, "kind": topic.kind, "level": topic.level,
        "format": topic.format, "length": str(topic.length), "needs": topic.needs, "hashtags": " ".join(topic.hashtags),
    }
