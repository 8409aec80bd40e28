"""Who is in the demonstration: hosts, attendees, badges for visitors, and the topics brought before the day."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from offenraum.barcamp.actions.topics import propose_topic, set_absences
from offenraum.conference.models import Conference, Slot
from offenraum.project.demo import day
from offenraum.project.demo.names import invented_people
from offenraum.project.demo.topics import Brought, DemoTopic, demo_topics, hosts
from offenraum.seats.actions.keys import NewSeat
from offenraum.seats.actions.making import Person, create_seats
from offenraum.seats.models import Seat

VISITORS = 3
NAMESPACE = uuid.UUID("0c5d4c0a-2018-5904-8000-6b6f676b3138")
AWAY = {"Dr. Ruth Paragraphenau": (1,), "Thorben Ideenbach": (4, 5), "Anneliese Dorfenried": (2,)}


@dataclass(frozen=True, slots=True)
class Crowd:
    """The seats of the demonstration: those of the hosts by name, all that robots take, those for visitors."""

    hosts: dict[str, NewSeat]
    robots: tuple[NewSeat, ...]
    visitors: tuple[NewSeat, ...]


def create_crowd(*, conference: Conference, people: int, now: datetime) -> Crowd:
    """Badges for the hosts, for as many people as wanted in all, and a few for visitors, who may vote at once."""
    names = [Person(name=name) for name in hosts()]
    everybody = [*names, *invented_people(max(0, people - len(names)))]
    visitors = [Person(name=_("Visitor {number}").format(number=number)) for number in range(1, VISITORS + 1)]
    kind = Seat.Kind.REGISTRATION
    seats = create_seats(conference=conference, people=everybody, kind=kind, now=now)
    guests = create_seats(conference=conference, people=visitors, kind=kind, now=now, checked_in=True)
    by_name = dict(zip(hosts(), seats, strict=False))
    return Crowd(hosts=by_name, robots=tuple(seats[:people]), visitors=tuple(guests))


def bring_topics(*, conference: Conference, crowd: Crowd, topics: Iterable[DemoTopic], now: datetime) -> None:
    """Propose these topics in their hosts' names, a minute apart."""
    for minutes, topic in enumerate(topics):
        propose_topic(
            conference=conference, seat=crowd.hosts[topic.host].seat, host_name=topic.host, text=topic.text,
            key=uuid.uuid5(NAMESPACE, topic.title), now=now + timedelta(minutes=minutes),
        )


def note_absences(*, conference: Conference, crowd: Crowd) -> None:
    """Some hosts are away in some slots."""
    slots = {slot.number: slot for slot in Slot.objects.filter(conference=conference)}
    for host, numbers in AWAY.items():
        set_absences(seat=crowd.hosts[host].seat, slots=[slots[number] for number in numbers])


def topics_by(brought: Sequence[Brought]) -> list[DemoTopic]:
    """The topics brought at these times; themes take turns, so that the board is mixed."""
    chosen = [topic for topic in demo_topics() if topic.brought in brought]
    return sorted(chosen, key=lambda topic: uuid.uuid5(NAMESPACE, topic.title).bytes)


def weeks_before() -> datetime:
    """When the first topics were brought."""
    return day.at(9, 0) - timedelta(days=20)
