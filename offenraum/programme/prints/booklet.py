"""The programme to take along: fixed points and sessions in one booklet, as everybody downloads it."""

from __future__ import annotations

from datetime import datetime
from itertools import groupby
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from offenraum.barcamp.models import Topic
from offenraum.conference.models import Conference, Room, Talk
from offenraum.conference.words import date_in_words, place_of
from offenraum.kit.language import localised
from offenraum.kit.markup import plain_of
from offenraum.programme.formats.schedule import Entry, Schedule
from offenraum.programme.prints.draft import places_in_words
from offenraum.programme.prints.plan import NothingPublished, span, stamp_of, way_to
from offenraum.programme.prints.typesetting import typeset
from offenraum.programme.queries.published import latest_edition
from offenraum.programme.queries.schedule import schedule_of


def booklet_pdf(conference: Conference) -> bytes:
    """The booklet (A4) of the latest edition; before the first one, of the fixed programme alone."""
    schedule = schedule_of(conference)
    if not schedule.held:
        raise NothingPublished
    stamp = stamp_of(conference, latest_edition(conference))
    facts = [date_in_words(conference), place_of(conference)]
    return typeset("booklet", way_to(conference) | {
        "title": _("Programme"), "lang": stamp.lang, "edition": stamp.edition,
        "conference": localised(conference, "title"),
        "facts": [fact for fact in facts if fact], "about": plain_of(localised(conference, "about")),
        "days": days_of(schedule), "rooms_title": _("Rooms"), "rooms": [told(room) for room in conference.rooms.all()],
    })


def days_of(schedule: Schedule) -> list[dict[str, Any]]:
    """What takes place, day by day and time by time."""
    return [
        {
            "day": date_format(day, "l, j. F Y"),
            "slots": [
                {"time": span(*time, schedule.zone), "items": [item_of(entry) for entry in entries]}
                for time, entries in groupby(sorted(found, key=time_of), key=time_of)
            ],
        }
        for day, found in schedule.days()
    ]


def time_of(entry: Entry) -> tuple[datetime, datetime]:
    return entry.starts_at, entry.ends_at


def item_of(entry: Entry) -> dict[str, str]:
    names = ", ".join(human.name for human in entry.humans)
    kind = str((dict(Topic.Format.choices) | dict(Talk.Kind.choices)).get(entry.kind, ""))
    facts = " · ".join(part for part in (names, entry.room, kind) if part and part != entry.title)
    return {"title": entry.title, "facts": facts, "text": entry.text}


def told(room: Room) -> dict[str, str]:
    """What guests want to know of a room."""
    free = _("step-free") if room.is_step_free else _("not step-free")
    return {"name": room.name, "facts": ", ".join(part for part in (places_in_words(room), free, room.way) if part)}
