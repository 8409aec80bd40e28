"""The programme as files: of the latest edition, with a tag, open to every program, nothing that is not public."""

from __future__ import annotations

import json
from io import BytesIO

import pytest
from django.test import Client
from icalendar import Calendar
from lxml import etree
from pypdf import PdfReader
from pytest_django import DjangoAssertNumQueries

from offenraum.barcamp.actions.topics import hide_topic
from offenraum.barcamp.models import Topic
from offenraum.conference.models import Conference
from offenraum.opendata.views.exports import FORMATS
from offenraum.programme.actions.draft import remove_placement
from offenraum.seats.queries import calendar_key
from tests.builders import publish
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
        "Sensoren": ("Raum 2", 1, "CONFIRMED"), "Abgesagt": ("Raum 3", 2, "CANCELLED"),
    }


def test_hidden_session_leaves_calendars_without_its_title(client: Client, conference: Conference) -> None:
    hide_topic(topic=Topic.objects.get(title="Sensoren"))
    found = events(client)
    assert "Sensoren" not in found
    assert found["Abgesagte Session"] == ("Raum 2", 2, "CANCELLED")


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
    assert client.get(f"{HOME}session-77.ics").status_code == 404


def test_files_before_the_first_edition_hold_the_fixed_programme(client: Client) -> None:
    make_conference()
    assert list(events(client)) == ["Sessionplanung"]
    assert client.get(f"{HOME}programme.pdf").status_code == 404


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
