"""Everybody who takes part in a rehearsal: robots with phones, the wall, the doors."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from typing import Any, Final

from offenraum.conference.models import Conference, Room
from offenraum.project.robots.browser import Browser
from offenraum.project.robots.ending import end_all
from offenraum.project.robots.robot import Ledger, Robot
from offenraum.project.robots.screen import Screen
from offenraum.project.robots.tastes import Subject, taste_of
from offenraum.project.robots.wire import Site
from offenraum.seats.actions.keys import NewSeat

THEMES: Final = ("daten", "beteiligung", "verwaltung", "werkzeuge", "vor-ort")
PAGES: Final = ("jetzt", "jetzt", "themen", "jetzt", "programm", "themen", "jetzt")
NEEDS_EVERY = 5
DOUBLE_EVERY = 13


class Audience:
    """The robots of a rehearsal by seat id, and all screens."""

    def __init__(
        self, *, conference: Conference, seats: Sequence[NewSeat], urls: Sequence[str],
        check_in: Callable[[int], Awaitable[None]],
    ) -> None:
        self.conference = conference
        self.check_in = check_in
        self.sites = [Site.at(url) for url in urls]
        self.ledger = Ledger()
        self.subjects: dict[int, Subject] = {}
        self.seats = {new.seat.pk: new for new in seats}
        self.robots = {new.seat.pk: self.robot(place, new) for place, new in enumerate(seats)}
        self.posters = [Screen(Browser(self.site(place)), path) for place, path in enumerate(paths_of(conference))]
        self.troubles: list[str] = []
        self.here: list[Robot] = []
        self.tasks: set[asyncio.Task[None]] = set()

    def robot(self, place: int, new: NewSeat) -> Robot:
        return Robot(
            site=self.site(place), slug=self.conference.slug, code=new.code, taste=taste_of(new.seat.number, THEMES),
            ledger=self.ledger, page=PAGES[place % len(PAGES)],
        )

    def site(self, place: int) -> Site:
        """The servers take turns."""
        return self.sites[place % len(self.sites)]

    @property
    def screens(self) -> list[Screen]:
        return [*(robot.phone for robot in self.here), *self.posters]

    async def arrive(self, seconds: float, topic_count: int) -> None:
        """All sign in, check in and open their page, one after the other; the first ones bring a topic each."""
        gap = seconds / len(self.robots)
        await asyncio.gather(*(self.hang_up(screen) for screen in self.posters))
        entries = (
            self.enter(seat, delay=place * gap, number=place + 1 if place < topic_count else 0)
            for place, seat in enumerate(self.robots)
        )
        await asyncio.gather(*entries)

    async def hang_up(self, screen: Screen) -> None:
        await screen.load()
        self.spawn(screen.follow())

    async def enter(self, seat: int, *, delay: float, number: int) -> None:
        """One robot comes in; one that cannot is reported."""
        await asyncio.sleep(delay)
        robot = self.robots[seat]
        try:
            await robot.sign_in()
            await self.check_in(self.seats[seat].seat.number)
            if number:
                self.subjects[await robot.propose(topic_form(number))] = subject_of(number)
            await robot.phone.load()
        except Exception as error:
            self.troubles.append(f"{type(error).__name__}: {error}")
            return
        self.here.append(robot)
        self.spawn(robot.phone.follow())

    async def all_live(self) -> None:
        """Wait until every screen's stream is open."""
        await asyncio.gather(*(screen.is_live.wait() for screen in self.screens))

    def begin_voting(self, hesitation: float) -> None:
        """From now on the robots vote on each pitch as it appears."""
        for robot in self.here:
            self.spawn(robot.vote_as_it_happens(self.subjects, hesitation=hesitation))

    async def rush(self) -> None:
        """The last call: everybody looks through the list in the same moment."""
        results = await asyncio.gather(
            *(robot.browse(self.subjects) for robot in self.here), return_exceptions=True
        )
        self.troubles += [f"{type(error).__name__}: {error}" for error in results if isinstance(error, Exception)]

    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self.tasks.add(task)
        task.add_done_callback(self.forget)

    def forget(self, task: asyncio.Task[None]) -> None:
        self.tasks.discard(task)
        if not task.cancelled() and (error := task.exception()):
            self.troubles.append(f"{type(error).__name__}: {error}")

    async def leave(self) -> None:
        await end_all(self.tasks)
        for robot in self.robots.values():
            robot.close()


def paths_of(conference: Conference) -> list[str]:
    """The wall, and the door of every room."""
    rooms = Room.objects.filter(conference=conference)
    return [f"/{conference.slug}/leinwand/1", *(f"/{conference.slug}/tuer/{room.pk}" for room in rooms)]


def subject_of(number: int) -> Subject:
    """What the rehearsal's topic with this number is about: few draw many, many draw few."""
    return Subject(theme=THEMES[number % len(THEMES)], popularity=6 + (number * 7) % 5)


def topic_form(number: int) -> dict[str, str | list[str]]:
    """A topic of the rehearsal as the fields of the form."""
    return {
        "title": f"Probethema {number}", "host_name": f"Roboter {number}",
        "about": f"Dieses Thema bringt ein Roboter zur Generalprobe mit; es ist das {number}. und vergeht mit ihr.",
        "kind": "topic", "format": "discussion", "level": "all",
        "length": "2" if number % DOUBLE_EVERY == 0 else "1",
        "needs": ["step_free"] if number % NEEDS_EVERY == 0 else [], "hashtags": THEMES[number % len(THEMES)],
    }
