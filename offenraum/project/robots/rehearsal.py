"""The dress rehearsal: a whole round with robots on a copy of a conference, and what it found."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict

from asgiref.sync import sync_to_async
from django.utils.translation import gettext as _

from offenraum.barcamp.queries import public_topics
from offenraum.conference.models import Conference
from offenraum.conference.queries import grid_of
from offenraum.live.versions import read_versions
from offenraum.programme.queries.published import latest_edition
from offenraum.project.robots.audience import Audience
from offenraum.project.robots.browser import Browser
from offenraum.project.robots.commits import Commit, commit_of, waits
from offenraum.project.robots.day import DayReport, hold_day
from offenraum.project.robots.freshness import stale_screens
from offenraum.project.robots.moderator import Moderator
from offenraum.project.robots.page import Votable
from offenraum.project.robots.paper import Paper, equals_recount, without_phone
from offenraum.project.robots.recount import Recount, recount
from offenraum.project.robots.report import Report, milliseconds, percentile
from offenraum.project.robots.screen import Screen
from offenraum.project.robots.wire import Site
from offenraum.seats.actions.keys import NewSeat

ARRIVING, PITCHING, LAST_CALL = 0.3, 0.55, 0.1
TOPICS_PER_CELL = 4 / 3
LATE_VOTERS = 10
HESITATION = 0.8


class NobodyCame(Exception):
    """No robot could sign in; the message holds what the first one met."""


class Rehearsal:
    """One rehearsal; `seconds` is how long arriving, pitches and last call take together."""

    def __init__(
        self, *, conference: Conference, seats: Sequence[NewSeat], urls: Sequence[str], seconds: float, login: str,
        tell: Callable[[str], None],
    ) -> None:
        self.conference = conference
        self.seconds = seconds
        self.login = login
        self.tell = tell
        self.moderator = Moderator(site=Site.at(urls[0]), slug=conference.slug)
        self.paper = Paper(conference=conference, seats=without_phone(seats), moderator=self.moderator)
        phones = seats[: len(seats) - len(self.paper.seats)]
        self.audience = Audience(conference=conference, seats=phones, urls=urls, check_in=self.moderator.check_in)
        self.watched: list[tuple[Commit, frozenset[Screen]]] = []
        self.topic_count = min(len(phones), topics_for(conference))
        self.late_count = 0
        self.seconds_to_plan = 0.0
        self.day = DayReport()
        self.edition = 0
        self.is_undone_exactly = False

    async def run(self) -> Report:
        """Play it all and take stock."""
        try:
            await self.moderator.sign_in(self.login)
            await self.audience.arrive(self.seconds * ARRIVING, self.topic_count)
            if not self.audience.here:
                raise NobodyCame(self.audience.troubles[0])
            await self.paper.arrive()
            await self.audience.all_live()
            await self.hold_round()
            published = await self.publish()
            self.day = await hold_day(self.conference, self.step)
            return await self.take_stock(published)
        finally:
            await self.audience.leave()
            self.moderator.close()

    async def hold_round(self) -> None:
        """Open, pitch after pitch, last call with everybody at once, close, some too late."""
        await self.step("runde", "/runde/oeffnen")
        pause = self.seconds * PITCHING / max(1, self.topic_count)
        self.audience.begin_voting(pause * HESITATION)
        await self.paper.bring()
        for turn in range(self.topic_count + 1):
            await asyncio.gather(self.pitch(turn), asyncio.sleep(pause))
        await self.step("runde", "/runde/letzter-aufruf")
        await asyncio.gather(self.audience.rush(), self.paper.hand_in(), asyncio.sleep(self.seconds * LAST_CALL))
        await self.step("runde/ende", "/runde/schliessen")
        await self.vote_too_late()
        self.is_undone_exactly = await self.paper.merge_and_undo()

    async def pitch(self, turn: int) -> None:
        """The next topic comes to the stage; for some of them hands are counted."""
        await self.step("runde", "/runde/weiter")
        await self.paper.raise_hands(turn)

    async def step(self, page: str, part: str) -> Commit:
        """Press a button of the desk, and remember what every open screen must show from then on."""
        live = frozenset(screen for screen in self.audience.screens if screen.is_live.is_set())
        before = await sync_to_async(read_versions)([self.conference.slug])
        await self.moderator.press(page, part)
        commit = await sync_to_async(commit_of)(self.conference, before)
        self.watched.append((commit, live))
        return commit

    async def vote_too_late(self) -> None:
        """Votes after the close must be refused."""
        topics = await sync_to_async(numbers_of)(self.conference)
        late = [robot.vote_unheard(topics[0]) for robot in self.audience.here[:LATE_VOTERS] if topics]
        self.late_count = sum(await asyncio.gather(*late))

    async def publish(self) -> Commit:
        """Let the planner make the draft and publish it."""
        self.tell(_("The vote is closed; the planner works."))
        await self.moderator.plan()
        self.seconds_to_plan = time.time() - (self.watched[-1][0].at or 0.0)
        published = await self.step("fassungen", "/fassungen/veroeffentlichen")
        latest = await sync_to_async(latest_edition)(self.conference)
        self.edition = latest.number if latest else 0
        return published

    async def take_stock(self, published: Commit) -> Report:
        """Compare every screen and every vote with the server's state."""
        audience = self.audience
        browser = Browser(audience.sites[0])
        stale = await stale_screens(audience.screens, browser=browser, scope=self.conference.slug)
        browser.close()
        votes = await sync_to_async(recount)(
            conference=self.conference, robots=audience.robots, late=self.late_count
        )
        equals = await sync_to_async(equals_recount)(self.conference)
        return self.report(votes, stale=len(stale), edition=self.edition, published=published, equals=equals)

    def report(self, votes: Recount, *, stale: int, edition: int, published: Commit, equals: bool) -> Report:
        vote_seconds = self.audience.ledger.vote_seconds
        events = [wait for commit, live in self.watched for screen in live for wait in waits(commit, screen)]
        return Report(
            people=len(self.audience.here) + len(self.paper.seats),
            topics=len(self.audience.subjects) + 1,
            votes_sent=votes.sent,
            votes_acknowledged=votes.acknowledged,
            votes_counted=votes.counted,
            votes_lost=votes.lost,
            votes_double=votes.double,
            vote_p50_ms=milliseconds(percentile(vote_seconds, 0.5)),
            vote_p99_ms=milliseconds(percentile(vote_seconds, 0.99)),
            event_p50_ms=milliseconds(percentile(events, 0.5)),
            event_p99_ms=milliseconds(percentile(events, 0.99)),
            screens=len(self.audience.screens),
            screens_stale=stale,
            edition=edition,
            seconds_close_to_plan=round(self.seconds_to_plan, 2),
            seconds_publish_to_all_screens=round(self.seconds_to_all_screens(published), 2),
            tally_equals_recount=equals,
            merges_undone_exactly=self.is_undone_exactly,
            **asdict(self.day),
        )

    def seconds_to_all_screens(self, published: Commit) -> float:
        return max((wait for screen in self.audience.screens for wait in waits(published, screen)), default=0.0)


def topics_for(conference: Conference) -> int:
    """So many topics that a quarter of them finds no place."""
    grid = grid_of(conference)
    return max(1, round((len(grid.slots) * len(grid.rooms) - len(grid.closed)) * TOPICS_PER_CELL))


def numbers_of(conference: Conference) -> list[Votable]:
    return [Votable(topic.number, topic.pk) for topic in public_topics(conference)]
