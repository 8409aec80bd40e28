"""schedule.xml as apps for conferences read it (https://c3voc.de/schedule/schema.xsd)."""

from __future__ import annotations

from datetime import date

from lxml import etree

from offenraum.programme.formats.schedule import Entry, Schedule, by_room, fit_for_xml, hours
from offenraum.programme.formats.xml import add


class NoDays(Exception):
    """The format needs at least one day with something on it."""


def schedule_xml(schedule: Schedule) -> bytes:
    """The document, UTF-8; raises NoDays for an empty programme."""
    days = schedule.days()
    if not days:
        raise NoDays
    root = etree.Element("schedule")
    etree.SubElement(root, "generator", name="Offenraum")
    add(root, "url", f"{schedule.home}export/schedule.xml")
    add(root, "version", str(schedule.edition))
    add_conference(root, schedule, days[0][0], days[-1][0], len(days))
    for index, (day, entries) in enumerate(days, 1):
        add_day(root, schedule, index, day, entries)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def add_conference(root: etree._Element, schedule: Schedule, first: date, last: date, count: int) -> None:
    conference = etree.SubElement(root, "conference")
    add(conference, "title", schedule.title)
    add(conference, "acronym", schedule.acronym)
    add(conference, "start", first.isoformat())
    add(conference, "end", last.isoformat())
    add(conference, "days", str(count))
    add(conference, "timeslot_duration", "00:05")
    add(conference, "base_url", schedule.home)
    add(conference, "url", schedule.home)
    add(conference, "time_zone_name", schedule.zone.key)


def add_day(
    root: etree._Element, schedule: Schedule, index: int, day: date, entries: tuple[Entry, ...]
) -> None:
    first, last = min(one.starts_at for one in entries), max(one.ends_at for one in entries)
    element = etree.SubElement(
        root, "day", date=day.isoformat(), start=schedule.local(first).isoformat(),
        end=schedule.local(last).isoformat(), index=str(index),
    )
    for room, held in by_room(entries).items():
        place = etree.SubElement(element, "room", name=fit_for_xml(room), guid=str(schedule.guid(f"room {room}")))
        for entry in held:
            add_event(place, schedule, entry)


def add_event(place: etree._Element, schedule: Schedule, entry: Entry) -> None:
    event = etree.SubElement(place, "event", id=str(entry.number), guid=str(schedule.guid(entry.key)))
    starts_at = schedule.local(entry.starts_at)
    add(event, "room", entry.room)
    add(event, "title", entry.title)
    add(event, "subtitle", "")
    add(event, "type", entry.kind)
    add(event, "date", starts_at.isoformat())
    add(event, "start", f"{starts_at:%H:%M}")
    add(event, "duration", hours(entry.duration))
    add(event, "abstract", entry.text)
    add(event, "slug", f"{schedule.acronym}-{entry.number:04}")
    add(event, "track", entry.track)
    persons = etree.SubElement(event, "persons")
    for human in entry.humans:
        add(persons, "person", human.name, id=str(human.number))
    add(event, "language", schedule.language)
    add(event, "url", schedule.address(entry))
