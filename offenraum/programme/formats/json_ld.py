"""The conference as schema.org data for search engines (https://schema.org/Event)."""

from __future__ import annotations

import json
from typing import Any, Final

from offenraum.programme.formats.schedule import Entry, Schedule

HARMLESS: Final = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}
"""Inside a page no text may end the element that holds the data."""


def event_json_ld(schedule: Schedule) -> str:
    """The data for a script element of type application/ld+json; empty for a conference without a day."""
    held = schedule.held
    if not held:
        return ""
    event = {
        "@context": "https://schema.org", "@type": "Event", "@id": schedule.home, "name": schedule.title,
        "description": schedule.about, "url": schedule.home, "inLanguage": schedule.language,
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "eventStatus": "https://schema.org/EventScheduled", "isAccessibleForFree": True,
        "startDate": schedule.local(held[0].starts_at).isoformat(),
        "endDate": schedule.local(max(one.ends_at for one in held)).isoformat(),
        "location": {"@type": "Place", "name": schedule.venue, "address": schedule.venue},
        "subEvent": [sub_event(schedule, one) for one in schedule.entries],
    }
    return json.dumps(event, ensure_ascii=False).translate(HARMLESS)


def sub_event(schedule: Schedule, entry: Entry) -> dict[str, Any]:
    state = "EventCancelled" if entry.is_cancelled else "EventScheduled"
    event = {
        "@type": "Event", "name": entry.title, "url": schedule.address(entry), "description": entry.text,
        "startDate": schedule.local(entry.starts_at).isoformat(), "endDate": schedule.local(entry.ends_at).isoformat(),
        "eventStatus": f"https://schema.org/{state}", "location": {"@type": "Place", "name": entry.room},
        "performer": [{"@type": "Person", "name": human.name} for human in entry.humans],
    }
    return {name: value for name, value in event.items() if value}
