"""What a conference adds to letters and to the calendars of its guests."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from icalendar import Calendar

from offenraum.conference.actions.conferences import revise
from offenraum.conference.calendar import days_calendar, whole_days
from offenraum.conference.models import Conference, Day, Slot, Talk
from offenraum.conference.words import date_in_words
from offenraum.kit.calendars import Entry, calendar_file, uid_of
from tests.day import NOON, make_conference

BERLIN = ZoneInfo("Europe/Berlin")


def test_calendar_file_has_zone_identity_and_nothing_injected() -> None:
    entry = Entry(
        uid="kogk18@example.org", title="Öffnen; Teilen, alles\nATTENDEE:x", starts_at=NOON,
        ends_at=NOON + timedelta(hours=1), place="Cäcilienstraße 29", address="https://example.org/kogk18/", revision=3,
        changed_at=NOON,
    )
    content = calendar_file([entry], name="KOGK", zone=BERLIN)
    calendar = Calendar.from_ical(content)
    (event,) = calendar.walk("VEVENT")
    assert str(event["uid"]) == "kogk18@example.org"
    assert event["dtstart"].dt == datetime(2018, 9, 4, 12, 0, tzinfo=BERLIN)
    assert event["dtstart"].params["TZID"] == "Europe/Berlin"
    assert (event["dtstamp"].dt, event["last-modified"].dt) == (NOON, NOON)
    assert (int(event["sequence"]), str(event["status"])) == (3, "CONFIRMED")
    assert str(event["summary"]) == entry.title
    assert [str(zone["tzid"]) for zone in calendar.walk("VTIMEZONE")] == ["Europe/Berlin"]
    lines = content.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert not any(line.startswith(b"ATTENDEE") for line in lines)


def test_whole_days_have_dates_and_block_nothing() -> None:
    entry = Entry(
        uid="k", title="Ämter; offen, ja", starts_at=date(2026, 9, 4), ends_at=date(2026, 9, 6), changed_at=NOON
    )
    (event,) = Calendar.from_ical(calendar_file([entry], name="K", zone=BERLIN)).walk("VEVENT")
    assert (event["dtstart"].dt, event["dtend"].dt) == (date(2026, 9, 4), date(2026, 9, 6))
    assert (str(event["summary"]), str(event["transp"])) == ("Ämter; offen, ja", "TRANSPARENT")


def test_days_that_follow_each_other_are_one_appointment() -> None:
    days = [date(2026, 9, 8), date(2026, 9, 4), date(2026, 9, 5)]
    assert whole_days(days) == [(date(2026, 9, 4), date(2026, 9, 6)), (date(2026, 9, 8), date(2026, 9, 9))]
    assert whole_days([]) == []


@pytest.mark.django_db
def test_calendar_of_a_conference_has_an_entry_for_each_day() -> None:
    conference = make_conference()
    later = Day.objects.create(conference=conference, date=NOON.date() + timedelta(days=1))
    Slot.objects.create(conference=conference, day=later, number=9, starts_at=NOON + timedelta(days=1), minutes=30)
    days = Calendar.from_ical(days_calendar(conference, language="de") or b"").walk("VEVENT")
    assert [(day["dtstart"].dt.hour, day["dtend"].dt.hour, str(day["uid"])) for day in days] == [
        (12, 15, uid_of("kogk18", "day-2018-09-04")), (12, 12, uid_of("kogk18", "day-2018-09-05")),
    ]
    assert date_in_words(conference) == "Dienstag, 4. September 2018, 12:00 Uhr – Mittwoch, 5. September 2018"


@pytest.mark.django_db
def test_saved_day_becomes_the_day_with_its_times(client: Client) -> None:
    """One UID, a higher SEQUENCE: a calendar that has the whole day puts the times in its place."""
    conference = make_conference()
    Conference.objects.update(venue="Museum", street="Weg 1", city="Köln")
    Slot.objects.all().delete()
    talk = Talk.objects.get()
    Talk.objects.all().delete()
    (early,) = Calendar.from_ical(client.get("/kogk18/termin.ics").content).walk("VEVENT")
    talk.save(force_insert=True)
    revise(conference=conference, now=NOON)
    answer = client.get("/kogk18/termin.ics")
    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert (early["dtstart"].dt, int(early["sequence"])) == (date(2018, 9, 4), 0)
    assert (event["dtstart"].dt, int(event["sequence"])) == (NOON.astimezone(BERLIN), 1)
    assert (str(event["uid"]), event["last-modified"].dt) == (str(early["uid"]), NOON)
    assert str(event["location"]) == "Museum, Weg 1, Köln"


@pytest.mark.django_db
def test_conference_without_a_day_has_no_calendar(client: Client) -> None:
    conference = Conference.objects.create(slug="leer", title="Leer", short_title="L")
    assert not Talk.objects.exists()
    assert days_calendar(conference, language="de") is None
    assert client.get("/leer/termin.ics").status_code == 404
    assert date_in_words(conference) == ""
