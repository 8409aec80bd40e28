"""A small barcamp day for tests: a conference with rooms, slots, seats, topics and the people who run it."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from offenraum.barcamp.actions.interest import show_interest
from offenraum.barcamp.actions.topics import TopicText, propose_topic
from offenraum.barcamp.models import Round, Topic
from offenraum.conference.models import Conference, Day, Member, Room, Slot, Talk
from offenraum.people.models import Account
from offenraum.seats.actions.making import Person, create_seats
from offenraum.seats.models import Seat

NOON = datetime(2018, 9, 4, 10, 0, tzinfo=UTC)
"""12 o'clock in Cologne, when the plenary of the tests begins."""


def make_conference(slug: str = "kogk18", *, slots: int = 3, rooms: Sequence[int] = (200, 40, 25)) -> Conference:
    """A conference whose plenary begins at NOON; slots of 45 minutes each hour from 13:00 on."""
    conference = Conference.objects.create(slug=slug, title=f"Konferenz {slug}", short_title=slug.upper())
    day = Day.objects.create(conference=conference, date=date(2018, 9, 4))
    for number in range(1, slots + 1):
        starts_at = NOON + timedelta(hours=number)
        Slot.objects.create(conference=conference, day=day, number=number, starts_at=starts_at, minutes=45)
    for position, places in enumerate(rooms, 1):
        Room.objects.create(conference=conference, name=f"Raum {position}", position=position, places=places)
    Talk.objects.create(conference=conference, kind="pitch", title="Sessionplanung", starts_at=NOON, minutes=50)
    return conference


def set_clock(conference: Conference, now: datetime) -> Conference:
    """Let the conference's clock show `now` and stand nearly still."""
    conference.clock_started_at = datetime.now(UTC)
    conference.clock_shows_at, conference.clock_speed = now, 0.01
    conference.save()
    return conference


def make_seats(conference: Conference, count: int, *, checked_in: bool = True) -> list[Seat]:
    people = [Person(name=f"Mensch {n}") for n in range(1, count + 1)]
    made = create_seats(conference=conference, people=people, kind=Seat.Kind.BADGE, now=NOON, checked_in=checked_in)
    return [new.seat for new in made]


def make_topic(
    conference: Conference, title: str = "Offene Haushalte", *, seat: Seat | None = None, host: str = "",
    length: int = 1, needs: tuple[str, ...] = (),
) -> Topic:
    return propose_topic(
        conference=conference, seat=seat, host_name=host or f"Gast von {title}"[:80], key=uuid.uuid4(), now=NOON,
        text=TopicText(title=title, length=length, needs=needs),
    )


def make_topics(conference: Conference, count: int) -> list[Topic]:
    return [make_topic(conference, f"Thema {n}") for n in range(1, count + 1)]


def vote(topic: Topic, seats: Sequence[Seat], *, weight: int = 1, now: datetime = NOON) -> None:
    for seat in seats:
        show_interest(topic_id=topic.pk, seat_id=seat.pk, weight=weight, key=uuid.uuid4(), now=now)


def make_member(conference: Conference, role: str = Member.Role.MODERATOR, name: str = "Ayse") -> Account:
    """An account with a role; its password is its name."""
    account = Account(email=f"{name.lower()}@example.org", name=name)
    account.set_password(name)
    account.save()
    Member.objects.create(conference=conference, account=account, role=role)
    return account


def fresh(round_: Round) -> Round:
    """The round as it is now."""
    return Round.objects.select_related("current", "conference").get(pk=round_.pk)
