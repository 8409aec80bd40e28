"""The programme as files: of the latest edition, with a tag, open to every program, nothing that is not public."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from django.test import Client
from icalendar import Calendar
from lxml import etree
from pypdf import PdfReader
from pytest_django import DjangoAssertNumQueries

from offenraum.barcamp.actions.topics import TopicText, edit_topic, hide_topic, release_topic
from offenraum.barcamp.models import Topic
from offenraum.conference.models import Conference, Room, Slot, Talk
from offenraum.opendata.views.exports import FORMATS
from offenraum.programme.actions.draft import remove_placement
from offenraum.seats.queries import calendar_key
from offenraum.website.actions.contents import keep_entry
from offenraum.website.models import News
from tests.builders import CLOSE, make_seat, publish
from tests.day import NOON, make_conference, make_seats, make_topic, make_topics, set_clock, vote

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]
HOME = "/kogk18/export/"


@pytest.fixture
def conference() -> Conference:
    """Three sessions; the second moves, the third falls out."""
    conference = set_clock(make_conference(), NOON)
    titles = ("Offene Haushalte", "Sensoren", "Abgesagt")
    budget, sensors, off = (make_topic(conference, title, host="Ayşe") for title in titles)
    Topic.objects.filter(conference=conference).update(state=Topic.State.RELEASED)
    publish(conference, {budget: (1, 1), sensors: (2, 1), off: (3, 3)})
    for moving in (off, sensors):
        remove_placement(topic=moving, seen=moving.placement.version)
    publish(conference, {sensors: (2, 2)})
    return conference


def events(client: Client, name: str = "programme.ics") -> dict[str, tuple[str, int, str]]:
    """Title to room, sequence and status."""
    file = Calendar.from_ical(client.get(HOME + name).content)
    return {
        str(one["SUMMARY"]): (str(one["LOCATION"]), int(one["SEQUENCE"]), str(one["STATUS"]))
        for one in file.walk("VEVENT")
    }


@pytest.mark.parametrize("name", FORMATS)
def test_file_has_a_tag_that_spares_writing_it_again(
    client: Client, conference: Conference, name: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    first = client.get(HOME + name)
    assert (first.status_code, first.headers["Access-Control-Allow-Origin"]) == (200, "*")
    with django_assert_max_num_queries(3):
        again = client.get(HOME + name, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    publish(conference, {make_topics(conference, 1)[0]: (3, 1)})
    assert client.get(HOME + name, headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_calendar_tells_moves_and_what_fell_out(client: Client, conference: Conference) -> None:
    assert events(client) == {
        "Sessionplanung": ("Plenum", 0, "CONFIRMED"), "Offene Haushalte": ("Raum 1", 0, "CONFIRMED"),
        "Sensoren": ("Raum 2", 1, "CONFIRMED"), "Abgesagt": ("Raum 3", 1, "CANCELLED"),
    }


def test_hidden_session_leaves_calendars_without_its_title(client: Client, conference: Conference) -> None:
    topic = Topic.objects.get(title="Sensoren")
    hide_topic(topic=topic)
    found = events(client)
    assert "Sensoren" not in found
    assert found["Abgesagte Session"] == ("Raum 2", 2, "CANCELLED")
    release_topic(topic=topic)
    assert events(client)["Sensoren"] == ("Raum 2", 3, "CONFIRMED")


def said(client: Client, name: str) -> tuple[str, int, datetime, datetime]:
    """UID, sequence, stamp and last change of the only entry of a file."""
    (one,) = Calendar.from_ical(client.get(HOME + name).content).walk("VEVENT")
    return str(one["UID"]), int(one["SEQUENCE"]), one["DTSTAMP"].dt, one["LAST-MODIFIED"].dt


def test_session_whose_host_changes_it_is_told_as_changed(client: Client, conference: Conference) -> None:
    before = said(client, "session-1.ics")
    assert said(client, "session-1.ics") == before
    topic = Topic.objects.get(number=1)
    host = make_seat(conference).seat
    later = CLOSE + timedelta(minutes=5)
    edit_topic(topic=topic, text=TopicText(title="Haushalte"), host_name="Bernd", seat=host, version=1, now=later)
    assert said(client, "session-1.ics") == (before[0], before[1] + 1, later, later)


def test_session_whose_slot_has_another_time_is_told_as_changed(client: Client, conference: Conference) -> None:
    before = said(client, "session-1.ics")
    assert before[2:] == (CLOSE, CLOSE)
    Slot.objects.filter(conference=conference, number=1).update(minutes=40)
    later = CLOSE + timedelta(hours=1)
    publish(conference, {}, now=later)
    assert said(client, "session-1.ics") == (before[0], before[1] + 1, later, later)


def test_fixed_point_that_the_team_changes_is_told_as_changed(client: Client, conference: Conference) -> None:
    talk = Talk.objects.get(conference=conference)
    name = f"talk-{talk.pk}.ics"
    before = said(client, name)
    assert (said(client, name), before[1]) == (before, 0)
    later = datetime.now(UTC).replace(microsecond=0) + timedelta(days=1)
    for revision, entry in enumerate((talk, Room.objects.filter(conference=conference)[0], conference), 1):
        keep_entry(conference=conference, entry=entry, now=later)
        assert said(client, name) == (before[0], revision, later, later)
    news = News(conference=conference, title="Neu", text="Neu")
    keep_entry(conference=conference, entry=news, now=later + timedelta(days=1))
    assert said(client, name) == (before[0], 3, later, later)


def test_own_calendar_holds_what_somebody_wants_and_opens_only_with_its_key(
    client: Client, conference: Conference
) -> None:
    (seat,) = make_seats(conference, 1)
    vote(Topic.objects.get(title="Sensoren"), [seat])
    key = calendar_key(seat)
    assert list(events(client, f"mein-plan/{key}.ics")) == ["Sensoren"]
    assert client.get(f"{HOME}mein-plan/{key[:-1]}.ics").status_code == 404
    make_conference("fremd19")
    assert client.get(f"/fremd19/export/mein-plan/{key}.ics").status_code == 404


def test_one_session_for_a_calendar(client: Client, conference: Conference) -> None:
    assert events(client, "session-1.ics") == {"Offene Haushalte": ("Raum 1", 0, "CONFIRMED")}
    for name in ("session-77", "talk-0", "programm-1", "session-x"):
        assert client.get(f"{HOME}{name}.ics").status_code == 404


def test_files_before_the_first_edition_hold_the_fixed_programme(client: Client) -> None:
    make_conference()
    assert list(events(client)) == ["Sessionplanung"]
    assert client.get(f"{HOME}programme.pdf").status_code == 200
    assert client.get(f"{HOME}plan.pdf").status_code == 404


def test_print_and_feed_say_which_edition_they_are(client: Client, conference: Conference) -> None:
    text = PdfReader(BytesIO(client.get(f"{HOME}programme.pdf").content)).pages[0].extract_text()
    assert "Fassung 2" in text
    feed = etree.fromstring(client.get(f"{HOME}changes.atom").content)
    titles = [one.text for one in feed.iter("{http://www.w3.org/2005/Atom}title")]
    assert [title.partition(",")[0] for title in titles[1:]] == ["Fassung 2", "Fassung 1"]


@pytest.mark.parametrize("name", ["schedule.xml", "programme.ics", "changes.atom"])
def test_questions_to_the_database_do_not_grow_with_the_sessions(
    client: Client, name: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    conference = make_conference(slots=12, rooms=range(10, 50))
    made = make_topics(conference, 40)
    Topic.objects.filter(conference=conference).update(state=Topic.State.RELEASED)
    publish(conference, {topic: (1 + n // 10, 1 + n % 10) for n, topic in enumerate(made)})
    with django_assert_max_num_queries(19):
        assert client.get(HOME + name).status_code == 200


def test_unknown_file_and_conference_are_not_found(client: Client, conference: Conference) -> None:
    assert client.get(f"{HOME}programme.exe").status_code == 404
    assert client.get("/nirgends/export/schedule.xml").status_code == 404


def test_start_page_carries_the_conference_for_search_engines(client: Client, conference: Conference) -> None:
    page = client.get("/kogk18/").content.decode()
    data = json.loads(page.partition('<script type="application/ld+json">')[2].partition("</script>")[0])
    assert {one["name"] for one in data["subEvent"]} == {"Sessionplanung", "Offene Haushalte", "Sensoren", "Abgesagt"}
