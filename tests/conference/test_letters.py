"""What a conference adds to letters: its words and its calendar file."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from offenraum.conference.models import Conference, Day, Slot, Talk
from offenraum.conference.tasks import conference_calendar
from offenraum.conference.words import date_in_words
from offenraum.kit.calendars import Entry, calendar_file
from tests.day import NOON, make_conference

BERLIN = ZoneInfo("Europe/Berlin")


def test_calendar_file_has_zone_identity_and_nothing_injected() -> None:
    entry = Entry(
        uid="kogk18@example.org", title="Öffnen; Teilen, alles\nATTENDEE:x", starts_at=NOON,
        ends_at=NOON + timedelta(hours=1), place="Cäcilienstraße 29", address="https://example.org/kogk18/", revision=3,
    )
    content = calendar_file([entry], name="KOGK", zone=BERLIN, now=NOON)
    calendar = Calendar.from_ical(content)
    (event,) = calendar.walk("VEVENT")
    assert str(event["uid"]) == "kogk18@example.org"
    assert event["dtstart"].dt == datetime(2018, 9, 4, 12, 0, tzinfo=BERLIN)
    assert event["dtstart"].params["TZID"] == "Europe/Berlin"
    assert event["dtstamp"].dt == NOON
    assert (int(event["sequence"]), str(event["status"])) == (3, "CONFIRMED")
    assert str(event["summary"]) == entry.title
    assert [str(zone["tzid"]) for zone in calendar.walk("VTIMEZONE")] == ["Europe/Berlin"]
    lines = content.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert not any(line.startswith(b"ATTENDEE") for line in lines)


@pytest.mark.django_db
def test_calendar_of_a_conference_has_an_entry_for_each_day() -> None:
    conference = make_conference()
    later = Day.objects.create(conference=conference, date=NOON.date() + timedelta(days=1))
    Slot.objects.create(conference=conference, day=later, number=9, starts_at=NOON + timedelta(days=1), minutes=30)
    days = Calendar.from_ical(conference_calendar(conference, language="de") or b"").walk("VEVENT")
    assert [(day["dtstart"].dt.hour, day["dtend"].dt.hour, str(day["uid"])) for day in days] == [
        (12, 15, "kogk18-2018-09-04@127.0.0.1"), (12, 12, "kogk18-2018-09-05@127.0.0.1"),
    ]
    assert date_in_words(conference) == "Dienstag, 4. September 2018, 12:00 Uhr – Mittwoch, 5. September 2018"


@pytest.mark.django_db
def test_conference_without_a_time_has_no_calendar() -> None:
    conference = Conference.objects.create(slug="leer", title="Leer", short_title="L")
    assert not Talk.objects.exists()
    assert conference_calendar(conference, language="de") is None
    assert date_in_words(conference) == ""
