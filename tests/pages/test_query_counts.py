"""A page asks the database the same number of questions however much it shows."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from offenraum.barcamp.models import Interest, Topic, TopicHost
from offenraum.conference.models import Conference, Room, Slot, Speaker, Talk
from offenraum.live.regions import region_html
from offenraum.live.wire import Key
from offenraum.opendata.views.exports import FORMATS
from offenraum.programme.models import Cell, Placement
from offenraum.seats.actions.keys import NewSeat
from tests.builders import CLOSE, close, make_seat, open_a_round, public_keys, publish, sign_in
from tests.day import NOON, make_conference, make_seats, set_clock

pytestmark = pytest.mark.django_db
PAGES = ["/", "/jetzt", "/themen", "/themen/1", "/themen/neu", "/themen/aehnlich?q=Thema", "/programm", "/mein-plan",
         "/platz", "/platz/stand.json", "/leinwand/1"]
MOST_ON_THE_PROGRAMME = 12


def hall(slug: str, sessions: int, *, rooms: int = 3) -> tuple[Conference, NewSeat]:
    """A published programme of so many sessions; its visitor hosts, wants and has all of them."""
    slots = -(-sessions // rooms)
    conference = set_clock(make_conference(slug, slots=slots, rooms=[50] * rooms), NOON)
    bring_talks(conference, sessions)
    new = make_seat(conference)
    topics = bring_topics(conference, new, sessions)
    close(open_a_round(conference, pitches=1))
    place_all(conference, topics)
    publish(conference, {}, now=CLOSE)
    return set_clock(conference, NOON + timedelta(minutes=65)), new


def bring_talks(conference: Conference, count: int) -> None:
    for number in range(min(count, 20)):
        at = NOON - timedelta(minutes=10 * number + 30)
        talk = Talk.objects.create(conference=conference, kind="keynote", title=f"K{number}", starts_at=at, minutes=10)
        talk.speakers.add(Speaker.objects.create(conference=conference, name=f"Sprecherin {number}"))


def bring_topics(conference: Conference, new: NewSeat, count: int) -> list[Topic]:
    topics = Topic.objects.bulk_create(
        Topic(conference=conference, number=n, title=f"Thema {n}", state="released", key=uuid.uuid4(), created_at=NOON)
        for n in range(1, count + 1)
    )
    TopicHost.objects.bulk_create(TopicHost(topic=topic, seat=new.seat, name="Bernd") for topic in topics)
    others = make_seats(conference, 2)
    Interest.objects.bulk_create(
        Interest(topic=topic, seat=seat, weight=1, key=uuid.uuid4(), changed_at=NOON)
        for topic in topics for seat in [new.seat, *others]
    )
    return topics


def place_all(conference: Conference, topics: list[Topic]) -> None:
    rooms = list(Room.objects.filter(conference=conference))
    cells = [(slot, room) for slot in Slot.objects.filter(conference=conference) for room in rooms]
    placements = Placement.objects.bulk_create(
        Placement(conference=conference, topic=topic, slot=slot, room=room)
        for topic, (slot, room) in zip(topics, cells, strict=False)
    )
    Cell.objects.bulk_create(Cell(placement=p, slot=p.slot, room=p.room) for p in placements)


def asked(browser: Client, address: str) -> list[str]:
    with CaptureQueriesContext(connection) as context:
        assert browser.get(address).status_code == 200, address
    return [query["sql"] for query in context.captured_queries]


def counts(slug: str, sessions: int, *, seated: bool) -> dict[str, int]:
    conference, new = hall(slug, sessions)
    browser = sign_in(new) if seated else Client()
    door = Room.objects.filter(conference=conference).first()
    pages = [page for page in [*PAGES, f"/tuer/{door.pk}"] if seated or page != "/themen/neu"]
    return {page.rstrip("0123456789"): len(asked(browser, f"/{slug}{page}")) for page in pages}


@pytest.mark.parametrize("seated", [False, True])
def test_pages_ask_as_much_for_three_rows_as_for_one(seated: bool) -> None:
    assert counts("viele", 3, seated=seated) == counts("eins", 1, seated=seated)


@pytest.mark.parametrize("seated", [False, True])
def test_pages_ask_as_much_for_thirty_rows_as_for_three(seated: bool) -> None:
    assert counts("viele", 30, seated=seated) == counts("drei", 3, seated=seated)


def test_programme_asks_at_most_eight_questions_for_40_and_for_400_sessions() -> None:
    hall("klein", 40, rooms=8)
    hall("gross", 400, rooms=8)
    small, large = (asked(Client(), f"/{slug}/programm") for slug in ("klein", "gross"))
    assert len(small) == len(large)
    assert len(large) <= MOST_ON_THE_PROGRAMME, "\n".join(large)


OPEN = ["/", "/programm", "/session/1", "/suche?q=Thema", "/daten/programme.json",
        *(f"/export/{name}" for name in FORMATS if not name.endswith(".pdf"))]


@pytest.mark.timeout(300)
@pytest.mark.parametrize("count", [200, pytest.param(1000, marks=pytest.mark.long)])
def test_public_pages_and_files_ask_as_much_for_many_sessions_as_for_40(count: int) -> None:
    hall("klein", 40, rooms=8)
    hall("gross", count, rooms=8)
    small, large = ({page: len(asked(Client(), f"/{slug}{page}")) for page in OPEN} for slug in ("klein", "gross"))
    assert large == small


def test_regions_ask_as_much_for_thirty_rows_as_for_three() -> None:
    few, many = (region_counts(hall(slug, count)[0]) for slug, count in (("wenige", 3), ("viele", 30)))
    assert many == few


def region_counts(conference: Conference) -> dict[str, int]:
    keys: dict[str, Key] = {key.name: key for key in public_keys(conference)}
    found = {}
    for name, key in keys.items():
        with CaptureQueriesContext(connection) as context:
            region_html(key)
        found[name] = len(context.captured_queries)
    return found
