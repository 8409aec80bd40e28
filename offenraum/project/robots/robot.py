"""One robot attendee: signs in with a badge, brings a topic, watches and votes."""

from __future__ import annotations

import asyncio
import random
import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field

from offenraum.project.robots.browser import JSON, Answer, Browser
from offenraum.project.robots.page import ShownRegion, Votable, hidden_fields, votables_in
from offenraum.project.robots.screen import Screen
from offenraum.project.robots.tastes import Habit, Subject, Taste
from offenraum.project.robots.wire import Site, Unreachable

TRIES = 6
PAUSE_SECONDS = 0.4


class Refused(Exception):
    """The server did not let a robot do what people must be able to do."""


@dataclass(slots=True)
class Wish:
    """A robot's last tap on a topic, and whether the server has acknowledged it."""

    topic: int
    weight: int
    key: uuid.UUID
    is_acknowledged: bool = False
    is_refused: bool = False
    earlier: Wish | None = None

    @property
    def standing(self) -> Wish | None:
        """The last tap that the server has acknowledged."""
        return self if self.is_acknowledged or self.earlier is None else self.earlier.standing

    @property
    def standing_weight(self) -> int:
        """What counts by the server's own acknowledgements."""
        standing = self.standing
        return standing.weight if standing and standing.is_acknowledged else 0


@dataclass
class Ledger:
    """What all robots together have measured."""

    vote_seconds: list[float] = field(default_factory=list)
    sent_count: int = 0
    acknowledged_count: int = 0
    refused_count: int = 0
    retried_count: int = 0


class Robot:
    """One seat with a phone."""

    def __init__(
        self, *, site: Site, slug: str, code: str, taste: Taste, ledger: Ledger, page: str = "jetzt"
    ) -> None:
        self.slug = slug
        self.code = code
        self.taste = taste
        self.ledger = ledger
        self.browser = Browser(site)
        self.phone = Screen(Browser(site), f"/{slug}/{page}", on_change=self.notice)
        self.wishes: dict[int, Wish] = {}
        self.csrf = ""
        self.chance = random.Random(taste.seed)  # noqa: S311 - play, not secrets
        self.current: Votable | None = None
        self.noticed = asyncio.Event()

    async def sign_in(self) -> None:
        """Type the code of the badge."""
        place = f"/{self.slug}/platz"
        form = await self.browser.get(place)
        fields = hidden_fields(form.text) | {"code": self.code}
        answer = await self.browser.post(place, fields)
        if answer.status != 302:
            raise Refused(f"signing in answered {answer.status}")
        await self.read_own_state()
        self.phone.browser.cookies = dict(self.browser.cookies)

    async def read_own_state(self) -> dict[int, int]:
        """The own interests as the server knows them (topic id to weight), and a fresh right to send."""
        answer = await self.browser.get(f"/{self.slug}/platz/stand.json", accept=JSON)
        if answer.status != 200:
            raise Refused(f"the own state answered {answer.status}")
        self.csrf = answer.json["csrf"]
        return {int(topic): weight for topic, weight in answer.json["interests"].items()}

    async def propose(self, fields: Mapping[str, str | list[str]]) -> int:
        """Bring a topic; returns its number."""
        address = f"/{self.slug}/themen/neu"
        form = await self.browser.get(address)
        answer = await self.browser.post(address, hidden_fields(form.text) | dict(fields))
        if answer.status != 302:
            raise Refused(f"proposing answered {answer.status}")
        return int(answer.head.header("location").partition("?")[0].rsplit("/", 1)[1])

    def notice(self, region: ShownRegion) -> None:
        """Look at what has changed on the phone: is there a new pitch to vote on?"""
        if "/pitch/" not in region.key:
            return
        found = votables_in(region.html)
        self.current = found[0] if found else None
        self.noticed.set()

    async def vote_as_it_happens(self, subjects: Mapping[int, Subject], *, hesitation: float) -> None:
        """Vote on each pitch a moment after it has appeared, until cancelled."""
        while True:
            await self.noticed.wait()
            self.noticed.clear()
            if self.current:
                current = self.current
                await asyncio.sleep(self.chance.uniform(0.1, hesitation))
                await self.consider(current, subjects.get(current.number))

    async def browse(self, subjects: Mapping[int, Subject]) -> None:
        """Read the list of topics and vote on what is new to this robot."""
        answer = await self.browser.get(f"/{self.slug}/themen")
        for topic in votables_in(answer.text):
            await self.consider(topic, subjects.get(topic.number))

    async def consider(self, topic: Votable, subject: Subject | None) -> None:
        """Vote by taste, with this person's habits."""
        known = subject or Subject(theme="", popularity=5)
        weight = self.taste.weight_for(topic.number, known)
        if not weight or topic.number in self.wishes or self.taste.habit is Habit.NEVER:
            return
        await self.want(topic, weight)
        if self.taste.habit is Habit.TWICE:
            await self.want(topic, weight)
        elif self.taste.habit is Habit.AGAIN:
            await self.send(topic, self.wishes[topic.number])
        elif self.taste.habit is Habit.UNDO and self.chance.random() < 0.4:
            await self.want(topic, 0)

    async def want(self, topic: Votable, weight: int) -> None:
        """Tap: a new wish with a key of its own, sent until the server has answered."""
        key = uuid.UUID(int=self.chance.getrandbits(128), version=4)
        wish = Wish(topic=topic.topic, weight=weight, key=key, earlier=self.wishes.get(topic.number))
        self.wishes[topic.number] = wish
        self.ledger.sent_count += 1
        for attempt in range(TRIES):
            if await self.send(topic, wish):
                return
            self.ledger.retried_count += 1
            await asyncio.sleep(PAUSE_SECONDS * (attempt + 1))

    async def send(self, topic: Votable, wish: Wish) -> bool:
        """Send a wish once; a retry carries the same key. False when the server must be asked again."""
        started = time.perf_counter()
        address = f"/{self.slug}/themen/{topic.number}/interesse"
        try:
            answer = await self.browser.post(
                address, {"weight": wish.weight, "key": str(wish.key)}, accept=JSON, csrf=self.csrf
            )
        except Unreachable:
            return False
        return self.note(wish, answer, seconds=time.perf_counter() - started)

    async def vote_unheard(self, topic: Votable) -> bool:
        """Vote after the close, when no vote may count any more; whether the server took it all the same."""
        address = f"/{self.slug}/themen/{topic.number}/interesse"
        fields = {"weight": 1, "key": str(uuid.UUID(int=self.chance.getrandbits(128), version=4))}
        answer = await self.browser.post(address, fields, accept=JSON, csrf=self.csrf)
        return answer.status == 200

    def note(self, wish: Wish, answer: Answer, *, seconds: float) -> bool:
        """Remember what the server said about a wish."""
        if answer.status == 200:
            self.ledger.vote_seconds.append(seconds)
            self.ledger.acknowledged_count += not wish.is_acknowledged
            wish.is_acknowledged = True
        elif answer.status == 409:
            self.ledger.refused_count += 1
            wish.is_refused = True
        return answer.status in (200, 409)

    def close(self) -> None:
        self.browser.close()
        self.phone.browser.close()
