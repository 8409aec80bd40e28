"""The desk's draft on paper, for the case that the network dies."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from offenraum.barcamp.models import Topic
from offenraum.barcamp.queries import public_topics
from offenraum.conference.models import Conference, Room
from offenraum.conference.queries import now_of
from offenraum.programme.models import Placement
from offenraum.programme.prints.typesetting import typeset
from offenraum.programme.queries.draft import Around, around_of, draft_of

ROOMS_A_SHEET: Final = 6


@dataclass(frozen=True, slots=True)
class Entry:
    """A topic in a cell of the sheet, or in the list below."""

    number: str
    title: str
    hosts: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One slot."""

    time: str
    cells: tuple[Entry | None, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """As many rooms as fit side by side."""

    rooms: tuple[str, ...]
    rows: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything that the print shows, as text."""

    lang: str
    title: str
    subtitle: str
    footer: str
    time: str
    parts: tuple[Part, ...]
    shelf_title: str
    shelf: tuple[Entry, ...]


def draft_pdf(conference: Conference) -> bytes:
    """The draft as it is now, for the case that the network dies."""
    sheet = {key.replace("_", "-"): value for key, value in asdict(sheet_of(conference)).items()}
    return typeset("draft", sheet)


def sheet_of(conference: Conference) -> Sheet:
    """What the print of the draft says, in the language that is active."""
    draft, around, now = draft_of(conference), around_of(conference), now_of(conference)
    rooms = around.grid.rooms
    groups = [rooms[i : i + ROOMS_A_SHEET] for i in range(0, len(rooms), ROOMS_A_SHEET)]
    stand = _("As of %(time)s") % {"time": date_format(now, "d.m.Y H:i")}
    return Sheet(
        lang=(translation.get_language() or "de")[:2],
        title=_("Draft of the session plan"),
        subtitle=f"{conference.title} · {stand}",
        footer=_("Draft, not published. %(stand)s") % {"stand": stand},
        time=_("Time"),
        parts=tuple(part_of(group, draft, around, zone=conference.zone) for group in groups),
        shelf_title=_("Topics without a place"),
        shelf=tuple(entry_of(topic) for topic in public_topics(conference) if topic.pk not in draft),
    )


def part_of(rooms: tuple[Room, ...], draft: dict[int, Placement], around: Around, *, zone: ZoneInfo) -> Part:
    taken = {(cell.slot_id, cell.room_id): placement for placement in draft.values() for cell in placement.cells.all()}
    return Part(
        rooms=tuple(f"{room.name} ({places_in_words(room)})" for room in rooms),
        rows=tuple(
            Line(
                time=f"{time_of(slot.starts_at, zone)}–{time_of(slot.ends_at, zone)}",
                cells=tuple(cell_of(taken.get((slot.pk, room.pk)), slot.pk) for room in rooms),
            )
            for slot in around.grid.slots
        ),
    )


def time_of(moment: datetime, zone: ZoneInfo) -> str:
    return date_format(moment.astimezone(zone), "H:i")


def places_in_words(room: Room) -> str:
    return ngettext("%(count)d place", "%(count)d places", room.places) % {"count": room.places}


def cell_of(placement: Placement | None, slot: int) -> Entry | None:
    if placement is None:
        return None
    return entry_of(placement.topic, mark=_("continued") if placement.slot_id != slot else "")


def entry_of(topic: Topic, *, mark: str = "") -> Entry:
    number = _("No. %(number)d") % {"number": topic.number}
    return Entry(number=number, title=topic.title, hosts=", ".join(host.name for host in topic.hosts.all()), mark=mark)
