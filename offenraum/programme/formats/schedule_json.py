"""schedule.json, version 1, as apps for conferences read it (https://c3voc.de/schedule/schema.json)."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from offenraum.programme.formats.schedule import Entry, Schedule, by_room, hours


def schedule_json(schedule: Schedule) -> bytes:
    """The document, UTF-8."""
    days = schedule.days()
    conference = {
        "acronym": schedule.acronym, "title": schedule.title, "description": schedule.about,
        "start": days[0][0].isoformat() if days else "", "end": days[-1][0].isoformat() if days else "",
        "daysCount": len(days), "timeslot_duration": "00:05", "time_zone_name": schedule.zone.key,
        "url": schedule.home,
        "rooms": [
            {"name": room.name, "guid": str(schedule.guid(f"room {room.name}")), "capacity": room.places}
            for room in schedule.rooms
        ],
        "days": [day_of(schedule, index, day, entries) for index, (day, entries) in enumerate(days)],
    }
    document = {
        "$schema": "https://c3voc.de/schedule/schema.json",
        "generator": {"name": "Offenraum"},
        "schedule": {"version": str(schedule.edition), "base_url": schedule.home, "conference": conference},
    }
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def day_of(schedule: Schedule, index: int, day: date, entries: tuple[Entry, ...]) -> dict[str, Any]:
    return {
        "index": index, "date": day.isoformat(),
        "day_start": schedule.local(min(one.starts_at for one in entries)).isoformat(),
        "day_end": schedule.local(max(one.ends_at for one in entries)).isoformat(),
        "rooms": {room: [event_of(schedule, one) for one in held] for room, held in by_room(entries).items()},
    }


def event_of(schedule: Schedule, entry: Entry) -> dict[str, Any]:
    starts_at = schedule.local(entry.starts_at)
    return {
        "guid": str(schedule.guid(entry.key)), "id": entry.number, "logo": "", "date": starts_at.isoformat(),
        "start": f"{starts_at:%H:%M}", "end": schedule.local(entry.ends_at).isoformat(),
        "duration": hours(entry.duration), "room": entry.room, "slug": f"{schedule.acronym}-{entry.number:04}",
        "url": schedule.address(entry), "title": entry.title, "subtitle": "", "track": entry.track or None,
        "type": entry.kind, "language": schedule.language, "abstract": entry.text, "description": "",
        "persons": [{"id": one.number, "public_name": one.name} for one in entry.humans],
        "links": [], "attachments": [],
    }
