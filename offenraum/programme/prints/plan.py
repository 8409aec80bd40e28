"""The published programme on paper: the plan as a poster, a sheet for each room, a list by time."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from offenraum.conference.models import Conference, Room
from offenraum.conference.queries import now_of
from offenraum.kit.qr import qr_svg
from offenraum.programme.models import Edition
from offenraum.programme.prints.draft import places_in_words, time_of
from offenraum.programme.prints.typesetting import typeset
from offenraum.programme.queries.differences import difference, edition_at
from offenraum.programme.queries.published import Programme, latest_edition, places_of, programme_of
from offenraum.programme.queries.timetable import Row, timetable_of
from offenraum.programme.rules.layout import Layout, moved_between, touched_rooms
from offenraum.programme.rules.reprint import changed_rooms

PAPERS: Final = {"a1": 2.0, "a3": 1.0}
"""Papers of the poster, with how much larger its letters are than on A3."""

ROOMS_A_SHEET: Final = 8


class NothingPublished(Exception):
    """There is no edition to print."""


@dataclass(frozen=True, slots=True)
class Item:
    """A session or a fixed item, as text."""

    title: str
    hosts: str = ""
    room: str = ""
    time: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Band:
    """One time of the day: a fixed item for all, or a cell for each room."""

    time: str
    talk: Item | None
    cells: tuple[Item | None, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """As many rooms as fit side by side."""

    rooms: tuple[str, ...]
    bands: tuple[Band, ...]


@dataclass(frozen=True, slots=True)
class Stamp:
    """What stands on every print: language, conference, and which edition of when it is."""

    lang: str
    conference: str
    edition: str
    time: str
    session: str
    room: str


def stamp_of(conference: Conference, edition: Edition | None) -> Stamp:
    """The mark of a print; without an edition it says so."""
    if edition is None:
        told = _("Before the first edition, %(time)s") % {"time": date_format(now_of(conference), "d.m.Y H:i")}
    else:
        at = date_format(edition.published_at.astimezone(conference.zone), "d.m.Y H:i")
        told = _("Edition %(number)d, %(time)s") % {"number": edition.number, "time": at}
    lang = (translation.get_language() or "de")[:2]
    return Stamp(
        lang=lang, conference=conference.title, edition=told, time=_("Time"), session=_("Session"), room=_("Room")
    )


def published(conference: Conference) -> tuple[Programme, Stamp]:
    """The latest edition with its mark; raises NothingPublished without one."""
    edition = latest_edition(conference)
    if edition is None:
        raise NothingPublished
    return programme_of(conference, edition), stamp_of(conference, edition)


def plan_pdf(conference: Conference, *, paper: str) -> bytes:
    """The poster of the plan; `paper` is `a1` or `a3`."""
    programme, stamp = published(conference)
    rows = timetable_of(programme, now=now_of(conference))
    rooms = programme.grid.rooms
    groups = [rooms[i : i + ROOMS_A_SHEET] for i in range(0, len(rooms), ROOMS_A_SHEET)]
    parts = [asdict(part_of(group, rooms, rows, zone=conference.zone)) for group in groups]
    sheet = asdict(stamp) | {"title": _("Programme"), "paper": paper, "scale": PAPERS[paper], "parts": parts}
    return typeset("plan", sheet | way_to(conference) | changes_in(conference, programme))


def way_to(conference: Conference) -> dict[str, str]:
    """Where the programme is current: its address and its QR."""
    address = f"{settings.ADDRESS}/{conference.slug}/"
    return {
        "address": address.partition("://")[2].rstrip("/"), "qr": qr_svg(address),
        "alt": _("QR code of %(address)s") % {"address": address},
    }


def changes_in(conference: Conference, programme: Programme) -> dict[str, object]:
    """The strip below the plan: what this edition changed against the one before."""
    edition = programme.edition
    before = edition_at(conference, edition.number - 1) if edition else None
    if edition is None or before is None:
        return {"changed": "", "changes": []}
    words = {"number": before.number, "time": time_of(edition.published_at, conference.zone)}
    with timezone.override(conference.zone):
        sentences = difference(conference, before, edition)
    return {"changed": _("Changed since edition %(number)d, as of %(time)s") % words, "changes": list(sentences)}


def part_of(group: Collection[Room], rooms: tuple[Room, ...], rows: list[Row], *, zone: ZoneInfo) -> Part:
    columns = [rooms.index(room) + 1 for room in group]
    return Part(
        rooms=tuple(f"{room.name} ({places_in_words(room)})" for room in group),
        bands=tuple(band_of(row, columns, zone) for row in rows),
    )


def band_of(row: Row, columns: list[int], zone: ZoneInfo) -> Band:
    time = span(row.starts_at, row.ends_at, zone)
    if row.talk:
        speakers = ", ".join(speaker.name for speaker in row.talk.speakers.all())
        where = row.talk.room.name if row.talk.room else ""
        return Band(time=time, talk=Item(title=row.talk.title, hosts=speakers, room=where), cells=())
    here = {
        entry.column: Item(
            title=entry.session.topic.title, hosts=", ".join(entry.session.hosts),
            mark=_("continued") if entry.is_continued else "",
        )
        for entry in row.entries
    }
    return Band(time=time, talk=None, cells=tuple(here.get(column) for column in columns))


def span(starts_at: datetime, ends_at: datetime, zone: ZoneInfo) -> str:
    return "–".join(date_format(moment.astimezone(zone), "H:i") for moment in (starts_at, ends_at))


def rooms_pdf(conference: Conference, *, since: int | None = None) -> bytes:
    """An A4 sheet for each room, or only for rooms that changed since an edition; NothingPublished without a sheet."""
    programme, stamp = published(conference)
    rooms = [room for room in programme.grid.rooms if since is None or room.pk in changed_since(conference, since)]
    if not rooms:
        raise NothingPublished
    sheets = [
        {
            "room": room.name, "way": room.way, "places": places_in_words(room),
            "items": [asdict(item) for item in items_of(programme, conference.zone, room=room)],
        }
        for room in rooms
    ]
    return typeset("rooms", asdict(stamp) | {"title": _("Plan for each room"), "free": _("No session here."),
                                             "sheets": sheets})


def changed_since(conference: Conference, number: int) -> set[int]:
    """Rooms whose sheet differs between an edition (0: none yet) and the latest."""
    old = Edition.objects.filter(conference=conference, number=number).first()
    new = latest_edition(conference)
    layouts = [Layout.read(edition.layout) if edition else None for edition in (old, new)]
    moved = moved_between(*layouts, topics=places_of(new))
    return changed_rooms(places_of(old), places_of(new)) | touched_rooms(moved, places_of(new))


def items_of(programme: Programme, zone: ZoneInfo, *, room: Room | None = None) -> list[Item]:
    """The sessions in order of time, all or of one room."""
    return [
        Item(
            title=one.topic.title, hosts=", ".join(one.hosts), room=one.room.name,
            time=span(one.starts_at, one.ends_at, zone),
        )
        for one in programme.sessions
        if room is None or one.room.pk == room.pk
    ]


def list_pdf(conference: Conference) -> bytes:
    """All sessions by time, as a list: for reading aloud, for small printers."""
    programme, stamp = published(conference)
    grouped: dict[str, list[Item]] = {}
    for item in items_of(programme, conference.zone):
        grouped.setdefault(item.time, []).append(item)
    times = [{"time": time, "items": [asdict(item) for item in items]} for time, items in grouped.items()]
    return typeset("list", asdict(stamp) | {"title": _("Sessions by time"), "times": times})
