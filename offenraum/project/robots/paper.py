"""People without a phone at a rehearsal: hands, ballots, a topic on the spot; and a merge that is undone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from asgiref.sync import sync_to_async

from offenraum.barcamp.models import TopicHost
from offenraum.barcamp.queries import Tally, public_topics, tallies
from offenraum.barcamp.queries.recount import recount
from offenraum.conference.models import Conference
from offenraum.project.robots.moderator import Moderator
from offenraum.seats.actions.keys import NewSeat

EVERY: Final = 10
"""One of ten people comes without a phone."""
MARKS: Final = 4
HANDS_EVERY: Final = 3
SPONTANEOUS: Final = {"title": "Spontan auf der Bühne", "host_name": "Ohne Telefon"}
State = tuple[dict[int, Tally], list[tuple[object, ...]]]


def without_phone(seats: Sequence[NewSeat]) -> Sequence[NewSeat]:
    """The last ones of the seats."""
    return seats[len(seats) - len(seats) // EVERY :]


class Paper:
    """What the desk types for people without a phone."""

    def __init__(self, *, conference: Conference, seats: Sequence[NewSeat], moderator: Moderator) -> None:
        self.conference = conference
        self.seats = seats
        self.moderator = moderator

    async def arrive(self) -> None:
        for new in self.seats:
            await self.moderator.check_in(new.seat.number)

    async def bring(self) -> None:
        """Somebody stands up with a topic."""
        await self.moderator.fill("runde", "/runde/thema", SPONTANEOUS)

    async def raise_hands(self, turn: int) -> None:
        """Hands are counted on some pitches, guessed on others."""
        if self.seats and turn % HANDS_EVERY == 0:
            count = 1 + turn % len(self.seats)
            await self.moderator.fill("runde", "/runde/haende", {"hands": f"~{count}" if turn % 2 else str(count)})

    async def hand_in(self) -> None:
        """Every ballot is typed; one is corrected, and the correction taken back."""
        numbers = await sync_to_async(numbers_of)(self.conference)
        lines = [line_of(new.seat.number, numbers) for new in self.seats]
        for line in lines:
            await self.type(line)
        if lines:
            await self.type(f"{self.seats[0].seat.number}! {numbers[0]}")
            await self.type("-")

    async def type(self, line: str) -> None:
        await self.moderator.fill("stimmzettel", "/stimmzettel/tippen", {"line": line})

    async def merge_and_undo(self) -> bool:
        """Whether a merge and its undo leave votes and hosts exactly as they were."""
        numbers = await sync_to_async(numbers_of)(self.conference)
        if len(numbers) < MARKS:
            return True
        before = await sync_to_async(state_of)(self.conference)
        await self.moderator.press(f"zusammenlegen/{numbers[0]}/{numbers[1]}", "/zusammenlegen/tun")
        between = await sync_to_async(state_of)(self.conference)
        await self.moderator.press("zusammenlegen", "/trennen")
        return between != before and await sync_to_async(state_of)(self.conference) == before


def line_of(seat: int, numbers: Sequence[int]) -> str:
    """What a person without a phone marks: a few topics, others for each."""
    marks = sorted({numbers[(seat * 7 + step * 3) % len(numbers)] for step in range(MARKS)})
    return f"{seat}: {' '.join(str(mark) for mark in marks)}"


def numbers_of(conference: Conference) -> list[int]:
    return [topic.number for topic in public_topics(conference).order_by("number")]


def state_of(conference: Conference) -> State:
    hosts = TopicHost.objects.filter(topic__conference=conference).order_by("topic", "name")
    return tallies(conference), list(hosts.values_list("topic", "topic__state", "seat", "name"))


def equals_recount(conference: Conference) -> bool:
    """Whether the tally is what comes out when the rows are counted in another way."""
    return tallies(conference) == recount(conference)
