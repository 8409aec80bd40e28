"""The sign of a room: what it says at each moment, and the same as a picture of black and white."""

from __future__ import annotations

from datetime import datetime, timedelta
from io import BytesIO

import pytest
from django.test import Client
from django.utils import timezone, translation
from PIL import Image

from offenraum.conference.actions.notices import send_notice
from offenraum.conference.models import Conference, Room, Speaker, Talk
from offenraum.pages.pictures import door_png, sheet_of, tag_of
from offenraum.pages.queries.door import door_of
from offenraum.pages.words import Sign, sign_of
from offenraum.programme.actions.draft import remove_placement
from offenraum.programme.rules import Place
from offenraum.programme.rules.day import left_room
from tests.builders import new_key, publish
from tests.day import NOON, make_conference, make_topic, set_clock
from tests.hostile import TAKEN

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
ONE = NOON + 60 * MINUTE


@pytest.fixture
def conference() -> Conference:
    """Ayşe's session is in room 2 at 13:00, Tom's there at 14:00."""
    conference = set_clock(make_conference(), NOON)
    publish(conference, {
        make_topic(conference, "Offene Haushalte", host="Ayşe"): (1, 2),
        make_topic(conference, "Radwege", host="Tom"): (2, 2),
    })
    return conference


def sign(conference: Conference, now: datetime, *, room: int = 2) -> Sign:
    found = Room.objects.get(conference=conference, position=room)
    with translation.override("de"), timezone.override(conference.zone):
        return sign_of(door_of(conference, found, now=now))


@pytest.mark.parametrize(("minutes", "state", "title", "following"), [
    (0, "", "Frei bis 13:00 Uhr", "Danach 13:00: Offene Haushalte"),
    (51, "Gleich, um 13:00 Uhr", "Offene Haushalte", "Danach 14:00: Radwege"),
    (60, "Läuft bis 13:45", "Offene Haushalte", "Danach 14:00: Radwege"),
    (101, "Bis 13:45. Bitte zum Ende kommen.", "Offene Haushalte", "Danach 14:00: Radwege"),
    (106, "Die Zeit ist um. Bitte sprechen Sie im Foyer weiter.", "Offene Haushalte", "Danach 14:00: Radwege"),
    (110, "Gleich, um 14:00 Uhr", "Radwege", ""),
    (240, "", "Frei", ""),
])
def test_door_leads_through_its_day(
    conference: Conference, minutes: int, state: str, title: str, following: str
) -> None:
    shown = sign(conference, NOON + minutes * MINUTE)
    assert (shown.state, shown.title, shown.following) == (state, title, following)


def test_door_shows_a_keynote_and_asks_nobody_to_leave_it(conference: Conference) -> None:
    room = Room.objects.get(position=1)
    talk = Talk.objects.create(
        conference=conference, kind="keynote", title="Verwaltung im Wandel", starts_at=NOON, minutes=30, room=room
    )
    talk.speakers.add(Speaker.objects.create(conference=conference, name="Dr. Beispiel"))
    shown = sign(conference, NOON + 28 * MINUTE, room=1)
    assert (shown.state, shown.title, shown.by) == ("Läuft bis 12:30", "Verwaltung im Wandel", "Dr. Beispiel")
    assert sign(conference, NOON + 31 * MINUTE, room=1).title == "Frei"


def test_old_door_sends_people_to_the_new_place(conference: Conference) -> None:
    first, second = conference.topics.order_by("number")
    remove_placement(topic=first, seen=first.placement.version)
    publish(conference, {first: (1, 3)}, now=NOON + 40 * MINUTE)
    assert sign(conference, NOON + 50 * MINUTE).moved == ("Verlegt auf 13:00, Raum 3: Offene Haushalte",)
    second.state = "withdrawn"
    second.save()
    assert sign(conference, ONE + 50 * MINUTE).moved == ()


def test_rule_names_whom_an_earlier_plan_has_in_the_room() -> None:
    here, other = Place(1, 2), Place(1, 3)
    plans = [{7: other, 8: here, 9: Place(3, 2)}, {7: here, 8: here, 9: Place(2, 2), 5: here}, {7: here}]
    assert left_room(plans, room=2, slots=[1]) == [7, 5]
    assert left_room(plans, room=2, slots=[1, 2]) == [7, 9, 5]
    assert left_room([], room=2, slots=[1]) == []


def address(conference: Conference, position: int = 2) -> str:
    return f"/{conference.slug}/tuer/{Room.objects.get(conference=conference, position=position).pk}.png"


def test_picture_is_pure_black_on_white_and_says_what_the_page_says(conference: Conference) -> None:
    answer = Client().get(address(conference))
    shown = Image.open(BytesIO(answer.content))
    assert (answer["Content-Type"], shown.size, shown.mode) == ("image/png", (800, 480), "1")
    assert set(shown.convert("L").tobytes()) == {0, 255}
    page = Client().get(address(conference).removesuffix(".png")).content.decode()
    with timezone.override(conference.zone):
        sheet = sheet_of(conference, Room.objects.get(position=2), now=NOON)
    for line in (sheet["title"], sheet["following"], sheet["edition"], sheet["room"]):
        assert line
        assert line in page.replace("\u00ad", "")


def test_picture_is_sent_again_only_when_it_changes(conference: Conference) -> None:
    path = address(conference)
    first = Client().get(path)
    assert (first["Cache-Control"], first["Refresh"]) == ("no-cache", "60")
    again = Client().get(path, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    send_notice(
        conference=conference, text="Bitte Fenster schließen", kind="news", minutes=30, sent_by="Jana", key=new_key(),
        now=NOON,
    )
    changed = Client().get(path, headers={"If-None-Match": first["ETag"]})
    assert (changed.status_code, changed["ETag"] == first["ETag"]) == (200, False)


def test_picture_tells_how_old_it_is(conference: Conference) -> None:
    room = Room.objects.get(position=2)

    def sheet(minutes: int) -> dict[str, object]:
        with translation.override("de"), timezone.override(conference.zone):
            return sheet_of(conference, room, now=NOON + minutes * MINUTE)

    assert [sheet(minutes)["stand"] for minutes in (0, 9, 10)] == ["Stand 12:00", "Stand 12:00", "Stand 12:10"]
    assert tag_of(sheet(1)) == tag_of(sheet(9)) != tag_of(sheet(10))


def test_picture_can_be_drawn_of_anything_people_write(conference: Conference) -> None:
    room = Room.objects.get(position=2)
    with timezone.override(conference.zone):
        sheet = sheet_of(conference, room, now=ONE)
    long = {"title": " ".join(TAKEN)[:200], "by": "W" * 300, "moved": ("x" * 200,), "full": "y " * 200, "phase": "over"}
    shown = Image.open(BytesIO(door_png(sheet | long | {"notice": "n" * 160, "mark": "Tisch 1"})))
    assert shown.size == (800, 480)
