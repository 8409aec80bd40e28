"""What the tests of attendees' pages stand on: signed-in browsers, open and closed rounds, a published programme."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from html import unescape
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.test import Client

from offenraum.barcamp.actions.rounds import close_round, next_pitch, open_round, plan_round
from offenraum.barcamp.models import Round, Topic
from offenraum.conference.models import Conference, Room, Slot
from offenraum.live.wire import Key
from offenraum.market.models import Stand
from offenraum.programme.actions.draft import place_topic
from offenraum.programme.actions.editions import publish_edition
from offenraum.programme.models import Edition
from offenraum.programme.queries.published import latest_edition
from offenraum.project.regions import REGISTRY
from offenraum.seats.actions.keys import NewSeat
from offenraum.seats.actions.making import Person, create_seats
from offenraum.seats.models import Seat
from offenraum.sensors.models import Device
from tests.day import NOON, fresh

CLOSE = NOON + timedelta(minutes=37)


def make_seat(conference: Conference, name: str = "Bernd", *, checked_in: bool = True) -> NewSeat:
    """A seat with its keys in clear text."""
    (made,) = create_seats(
        conference=conference, people=[Person(name=name)], kind=Seat.Kind.BADGE, now=NOON, checked_in=checked_in
    )
    return made


def sign_in(new: NewSeat, client: Client | None = None) -> Client:
    """A browser that has scanned the badge and pressed the button."""
    browser = client or Client(headers={"accept-language": "de"})
    answer = browser.post(f"/{new.seat.conference.slug}/platz/{new.badge_secret}")
    assert answer.status_code == 302, answer.content.decode()
    return browser


def make_browser(conference: Conference, name: str = "Bernd") -> Client:
    return sign_in(make_seat(conference, name))


def open_a_round(conference: Conference, *, pitches: int = 0, now: datetime = NOON) -> Round:
    """A running round in which so many pitches have begun."""
    planned = plan_round(conference=conference)
    open_round(round_=planned, version=planned.version, now=now)
    for _ in range(pitches):
        going = fresh(planned)
        next_pitch(round_=going, version=going.version, now=now)
    return fresh(planned)


def close(round_: Round, *, now: datetime = CLOSE) -> Round:
    seen = fresh(round_)
    close_round(round_=seen, version=seen.version, now=now)
    return fresh(round_)


def place(conference: Conference, places: Mapping[Topic, tuple[int, int]]) -> None:
    """Put topics into the draft: number of the slot, position of the room."""
    for topic, (slot, room) in places.items():
        place_topic(
            topic=topic, slot=Slot.objects.get(conference=conference, number=slot),
            room=Room.objects.get(conference=conference, position=room), seen=None,
        )


def publish(conference: Conference, places: Mapping[Topic, tuple[int, int]], *, now: datetime = CLOSE) -> Edition:
    """Place topics and publish the next edition."""
    place(conference, places)
    latest = latest_edition(conference)
    return publish_edition(
        conference=conference, after=latest.number if latest else 0, published_by="moderator", now=now
    )


def public_keys(conference: Conference, *, language: str = "de") -> list[Key]:
    """Every public region of a conference with every argument that exists, in two orders of topics."""
    arguments: dict[str, Iterable[object]] = {
        "door": Room.objects.filter(conference=conference).values_list("pk", flat=True),
        **dict.fromkeys(
            ("place", "why", "contributions", "notes", "pad", "topic-stand"),
            Topic.objects.filter(conference=conference).values_list("number", flat=True),
        ),
        **dict.fromkeys(
            ("stand-questions", "stand-demos"),
            Stand.objects.filter(conference=conference).values_list("number", flat=True),
        ),
        "device": Device.objects.filter(conference=conference).values_list("number", flat=True),
        "wall": [1],
    }
    return [
        Key(conference.slug, region.name, language, variant, str(argument))
        for region in REGISTRY.regions.values()
        if region.audience == "public"
        for variant in range(min(2, region.variants))
        for argument in arguments.get(region.name, [""])
    ]


def text_of(answer: HttpResponse) -> str:
    """What a person reads of a page, with single spaces."""
    body = re.sub(r"<(script|style|template)\b.*?</\1>", " ", answer.content.decode(), flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


def sent(values: Mapping[str, object]) -> dict[str, Any]:
    """A form as a browser sends it, also with characters that no browser sends: `client.post(address, **sent(…))`."""
    body = urlencode(values, doseq=True, errors="surrogatepass")
    return {"data": body, "content_type": "application/x-www-form-urlencoded"}


def new_key() -> uuid.UUID:
    return uuid.uuid4()
