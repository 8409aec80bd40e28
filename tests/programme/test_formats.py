"""Files as the programs that read them want them."""

from __future__ import annotations

import json
from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import jsonschema_rs
import pytest
from hypothesis import given, settings
from icalendar import Calendar
from lxml import etree

from offenraum.programme.formats.atom import Published, changes_atom
from offenraum.programme.formats.calendar import calendar
from offenraum.programme.formats.giggity import giggity_json
from offenraum.programme.formats.json_ld import event_json_ld
from offenraum.programme.formats.schedule import Schedule, hours
from offenraum.programme.formats.schedule_json import schedule_json
from offenraum.programme.formats.schedule_xml import NoDays, schedule_xml
from offenraum.programme.formats.tables import COLUMNS, programme_csv, programme_xlsx
from tests.programme.schedules import NOON, make_entry, make_schedule, public_schema, schedules


@given(schedules())
@settings(max_examples=40, deadline=None)
def test_schedule_xml_of_any_programme_fits_the_public_schema(schedule: Schedule) -> None:
    schema = etree.XMLSchema(etree.parse(public_schema("schedule.xml.xsd")))
    schema.assertValid(etree.fromstring(schedule_xml(schedule)))


@given(schedules())
@settings(max_examples=40, deadline=None)
def test_schedule_json_of_any_programme_fits_the_public_schema(schedule: Schedule) -> None:
    schema = json.loads(public_schema("schema.json").read_text())
    jsonschema_rs.validator_for(schema).validate(json.loads(schedule_json(schedule)))


def test_schedule_xml_names_what_apps_show() -> None:
    root = etree.fromstring(schedule_xml(make_schedule(make_entry(12))))
    (event,) = root.iter("event")
    assert {one.tag: one.text for one in event if one.text and one.text.strip()} == {
        "room": "Raum 1", "title": "Offene Haushalte", "type": "discussion", "date": "2018-09-04T12:00:00+02:00",
        "start": "12:00", "duration": "00:45", "abstract": "Wer liest sie?", "slug": "kogk18-0012",
        "track": "#haushalt", "language": "de", "url": "https://example.org/kogk18/session/12",
    }
    assert event.attrib["id"] == "12"
    assert [one.text for one in event.iter("person")] == ["Bernd"]
    assert (root.findtext("version"), root.findtext("conference/acronym")) == ("3", "kogk18")


def test_schedule_xml_without_a_day_is_not_written() -> None:
    with pytest.raises(NoDays):
        schedule_xml(make_schedule(make_entry(is_cancelled=True)))


def test_guid_is_the_same_in_each_format_and_edition() -> None:
    first, later = make_schedule(make_entry()), make_schedule(make_entry(room="Raum 2"), edition=9)
    xml = [next(etree.fromstring(schedule_xml(one)).iter("event")).get("guid") for one in (first, later)]
    event = json.loads(schedule_json(first))["schedule"]["conference"]["days"][0]["rooms"]["Raum 1"][0]
    assert xml == [event["guid"]] * 2


@pytest.mark.parametrize(("slug", "acronym"), [("kogk18", "kogk18"), ("A", "a___"), ("oe-nrw", "oe_nrw")])
def test_acronym_has_only_letters_that_schemas_allow(slug: str, acronym: str) -> None:
    assert make_schedule(slug=slug).acronym == acronym


@pytest.mark.parametrize(("minutes", "text"), [(45, "00:45"), (60, "01:00"), (615, "10:15")])
def test_hours_are_written_with_two_digits(minutes: int, text: str) -> None:
    assert hours(timedelta(minutes=minutes)) == text


def event_in(schedule: Schedule) -> dict[str, str]:
    file = Calendar.from_ical(calendar(schedule, schedule.entries, name="Programm"))
    (event,) = file.walk("VEVENT")
    return {name: event[name].to_ical().decode() for name in event}


def test_calendar_carries_what_clients_update_by() -> None:
    moved = make_entry(revision=2, changed_at=NOON)
    event = event_in(make_schedule(moved))
    assert {name: event[name] for name in ("SEQUENCE", "DTSTAMP", "LAST-MODIFIED", "DTSTART", "STATUS")} == {
        "SEQUENCE": "2", "DTSTAMP": "20180904T100000Z", "LAST-MODIFIED": "20180904T100000Z",
        "DTSTART": "20180904T120000", "STATUS": "CONFIRMED",
    }
    assert event["UID"] == event_in(make_schedule(make_entry(room="Anders"), edition=8))["UID"]


def test_calendar_names_zone_and_pause_and_ends_its_lines_as_the_standard_says() -> None:
    file = calendar(make_schedule(make_entry()), [make_entry()], name="Mein Plan")
    assert b"\r\nREFRESH-INTERVAL;VALUE=DURATION:PT15M\r\n" in file
    assert b"\r\nTZID:Europe/Berlin\r\n" in file
    assert b"\r\nX-WR-CALNAME:Mein Plan\r\n" in file
    assert all(len(line) <= 75 for line in file.split(b"\r\n"))


def test_calendar_tells_that_a_session_is_cancelled() -> None:
    gone = make_entry(is_cancelled=True, revision=1)
    event = event_in(make_schedule(gone))
    assert (event["STATUS"], event["SEQUENCE"]) == ("CANCELLED", "1")


def test_feed_tells_each_edition_once_with_the_newest_first() -> None:
    editions = [
        Published(2, NOON, "Fassung 2", ("„A“ zieht um & kommt <später>.",)), Published(1, NOON, "Fassung 1", ()),
    ]
    root = etree.fromstring(changes_atom(make_schedule(), editions, title="Änderungen"))
    atom = "{http://www.w3.org/2005/Atom}"
    assert [one.findtext(f"{atom}title") for one in root.iter(f"{atom}entry")] == ["Fassung 2", "Fassung 1"]
    assert root.find(f"{atom}entry").findtext(f"{atom}content") == "„A“ zieht um & kommt <später>."
    assert root.findtext(f"{atom}updated") == "2018-09-04T12:00:00+02:00"


def test_tables_hold_the_same_and_no_formula() -> None:
    schedule = make_schedule(make_entry(title="=1+1"), make_entry(13, is_cancelled=True))
    lines = programme_csv(schedule).decode("utf-8-sig").splitlines()
    assert lines == [
        ",".join(COLUMNS),
        "12,discussion,2018-09-04,12:00,12:45,Raum 1,'=1+1,Bernd,Wer liest sie?,https://example.org/kogk18/session/12",
    ]
    sheet = ZipFile(BytesIO(programme_xlsx(schedule))).read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in sheet
    assert programme_xlsx(schedule) == programme_xlsx(schedule)


def test_menu_entry_leads_the_app_to_the_schedule() -> None:
    assert json.loads(giggity_json(make_schedule(make_entry()), website="Webseite")) == {
        "version": 2018090403, "url": "https://example.org/kogk18/export/schedule.xml",
        "title": "Kommunale Konferenz", "start": "2018-09-04", "end": "2018-09-04", "timezone": "Europe/Berlin",
        "metadata": {"links": [{"url": "https://example.org/kogk18/", "title": "Webseite"}]},
    }


def test_search_engines_read_the_conference_with_its_sessions() -> None:
    moved = make_entry(13, title="</script><script>alert(1)</script>", is_cancelled=True)
    written = event_json_ld(make_schedule(make_entry(), moved))
    assert "<" not in written
    event = json.loads(written)
    assert (event["@type"], event["startDate"]) == ("Event", "2018-09-04T12:00:00+02:00")
    assert [(one["name"], one["eventStatus"].rpartition("/")[2]) for one in event["subEvent"]] == [
        ("Offene Haushalte", "EventScheduled"), (moved.title, "EventCancelled"),
    ]
    assert event_json_ld(make_schedule()) == ""
