"""Programmes of other programs: read whole or not at all, taken over once, changed by a newer file, nothing deleted."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from offenraum.conference.models import Conference, Room, Speaker, Talk
from offenraum.programme.actions.importing import import_items
from offenraum.programme.formats.reading import NotASchedule, Reading, read_schedule
from offenraum.programme.formats.schedule_json import schedule_json
from offenraum.programme.formats.schedule_xml import schedule_xml
from tests.day import NOON, make_conference
from tests.programme.schedules import make_entry, make_schedule, public_schema

COLOGNE = ZoneInfo("Europe/Berlin")


def file_of(**changes: object) -> bytes:
    """A schedule.json with one entry."""
    event = {
        "guid": "g-1", "title": "Begrüßung", "date": "2018-09-04T09:30:00+02:00", "duration": "00:15",
        "type": "Opening", "abstract": "<p>Guten Morgen</p>", "persons": [{"public_name": "Dr. Jana Beispiel"}],
    } | changes
    return json.dumps({"schedule": {"conference": {"days": [{"rooms": {"Saal": [event]}}]}}}).encode()


def read(data: bytes) -> Reading:
    return read_schedule(data, zone=COLOGNE)


@pytest.mark.parametrize(("name", "count"), [("frab-camp2019.json", 79), ("pretalx-democon.json", 36)])
def test_files_of_other_programs_are_read_whole(name: str, count: int) -> None:
    reading = read(public_schema(name).read_bytes())
    assert (len(reading.items), reading.faults) == (count, ())
    assert len({item.source for item in reading.items}) == count
    assert all(item.title and item.room and item.minutes for item in reading.items)


def test_own_exports_are_read_back() -> None:
    entry = make_entry(kind="keynote")
    for write in (schedule_xml, schedule_json):
        (item,) = read(write(make_schedule(entry))).items
        assert (item.title, item.starts_at, item.minutes, item.room) == (entry.title, entry.starts_at, 45, "Raum 1")
        assert (item.people, item.kind, item.about) == (("Bernd",), "keynote", "Wer liest sie?")


def test_entry_becomes_plain_values() -> None:
    (item,) = read(file_of()).items
    assert (item.source, item.kind, item.about, item.room) == ("g-1", "greeting", "Guten Morgen", "Saal")
    (later,) = read(file_of(date="2018-09-04", start="9:30")).items
    assert later.starts_at == item.starts_at == datetime(2018, 9, 4, 7, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": ""}, "title"), ({"title": "a\x00b"}, "title"), ({"title": {"x": 1}}, "title"),
        ({"date": "gestern"}, "date"), ({"date": None}, "date"), ({"date": "9999-12-31T23:59:59-23:00"}, "date"),
        ({"date": "1700-01-01T00:00:00Z"}, "date"), ({"duration": "0:45h"}, "duration"), ({"duration": 45}, "duration"),
        ({"duration": "99:00:00"}, "duration"), ({"duration": "00:00"}, "duration"), ({"persons": "Jana"}, "persons"),
        ({"persons": [{"public_name": "\u202eevil"}]}, "persons"), ({"guid": "", "id": None}, "guid"),
        ({"guid": "a\nb"}, "guid"), ({"room": 7}, "room"), ({"abstract": ["x"]}, "about"),
    ],
)
def test_fault_names_entry_and_field(changes: dict[str, object], field: str) -> None:
    reading = read(file_of(**changes))
    assert [fault.field for fault in reading.faults] == [field]
    assert reading.items == ()
    assert reading.faults[0].entry.startswith("1 (")
    assert reading.faults[0].reason


@pytest.mark.parametrize(
    "data",
    [
        b"", b"{", b"[]", b"null", b'{"schedule": 1}', b'{"schedule": {"conference": {"days": [1]}}}', b"<schedule/>",
        b"<a><b></a>", b"\xff\xfe\x00", b"[" * 100_000, b"<schedule>" * 5000,
        b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><rss>&b;</rss>', b" " * (6 << 20),
        b'{"schedule": {"conference": {"days": [{"rooms": {"a": [1]}}]}}}',
    ],
)
def test_file_that_is_no_schedule_is_refused(data: bytes) -> None:
    with pytest.raises(NotASchedule):
        read(data)


def test_entities_of_a_file_are_never_resolved() -> None:
    evil = b"""<!DOCTYPE schedule [<!ENTITY leak SYSTEM "file:///etc/hostname">]><schedule><day date="2018-09-04">
        <room name="Saal"><event guid="g"><title>x&leak;y</title><date>2018-09-04T09:30:00+02:00</date>
        <duration>00:10</duration></event></room></day></schedule>"""
    reading = read(evil)
    assert len(reading.items) + len(reading.faults) == 1
    assert {item.title for item in reading.items} <= {"x", "xy"}


def test_long_texts_are_shortened_and_that_is_told() -> None:
    reading = read(file_of(title="T" * 130, abstract="A" * 2500))
    assert [(one.field, one.reason != "") for one in reading.shortened] == [("title", True), ("about", True)]
    assert reading.items[0].title == "T" * 119 + "…"


@pytest.fixture
def conference(db: None) -> Conference:
    return make_conference()


def take(conference: Conference, data: bytes, *, with_rooms: bool = False) -> tuple[int, int, int]:
    outlook = import_items(conference=conference, items=read(data).items, with_rooms=with_rooms, now=NOON)
    return len(outlook.new), len(outlook.changed), len(outlook.same)


@pytest.mark.postgres
def test_same_file_twice_changes_nothing_and_a_newer_one_what_differs(conference: Conference) -> None:
    assert take(conference, file_of()) == (1, 0, 0)
    assert take(conference, file_of()) == (0, 0, 1)
    assert take(conference, file_of(duration="00:20", persons=[{"public_name": "Ayşe"}])) == (0, 1, 0)
    talk = Talk.objects.get(source="g-1")
    assert (talk.kind, talk.minutes, talk.room) == ("greeting", 20, None)
    assert [one.name for one in talk.speakers.all()] == ["Ayşe"]
    assert Speaker.objects.count() == 2
    assert take(conference, file_of(guid="g-2")) == (1, 0, 0)
    assert Talk.objects.filter(source="g-1").exists()


def test_rooms_are_made_only_when_asked_for(conference: Conference) -> None:
    take(conference, file_of(room="Raum 1"))
    assert Talk.objects.get(source="g-1").room == Room.objects.get(name="Raum 1")
    take(conference, file_of(), with_rooms=True)
    made = Talk.objects.get(source="g-1").room
    assert made is not None
    assert (made.name, made.position, made.places) == ("Saal", 4, 30)


def test_days_of_the_file_become_days_of_the_conference(conference: Conference) -> None:
    take(conference, file_of(date=(NOON + timedelta(days=1)).isoformat()))
    assert [day.date.day for day in conference.days.all()] == [4, 5]
