"""Reading schedule.xml and schedule.json of other programs into plain values; every fault names its entry and field."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from lxml import etree

from offenraum.kit.plain_text import Unfit, tidy_line, tidy_prose

MOST_BYTES: Final = 5 << 20
MOST_ENTRIES: Final = 2000
MOST_FAULTS: Final = 50
MOST_MINUTES: Final = 900
LONGEST: Final = {"title": 120, "about": 2000, "person": 80, "room": 40}
DURATION: Final = re.compile(r"(?:(\d{1,2}):)?(\d{1,3}):(\d{2})")
CLOCK: Final = re.compile(r"\d{1,2}:\d{2}")
TAG: Final = re.compile(r"</?(?:p|br|div|li|ul|ol|b|i|em|strong|a|h[1-6]|span)\b[^>]*>", re.IGNORECASE)
KINDS: Final = {
    "greeting": "greeting", "begrüßung": "greeting", "opening": "greeting", "keynote": "keynote", "break": "break",
    "pause": "break", "closing": "closing", "abschluss": "closing", "doors": "doors", "pitch": "pitch",
}
Raw = Mapping[str, Any]


class NotASchedule(ValueError):
    """The file is none of the two formats; says why."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What cannot be taken over: of which entry, in which field, why."""

    entry: str
    field: str
    reason: str


@dataclass(frozen=True, slots=True)
class Item:
    """One entry as it can be stored; `source` is what the other program calls it, always the same."""

    source: str
    title: str
    about: str
    kind: str
    starts_at: datetime
    minutes: int
    room: str
    people: tuple[str, ...]

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything that could be read, all faults, and the texts that had to be shortened."""

    items: tuple[Item, ...]
    faults: tuple[Fault, ...]
    shortened: tuple[Fault, ...]


def read_schedule(data: bytes, *, zone: ZoneInfo) -> Reading:
    """Read a file; `zone` is for times without offset. Raises NotASchedule when it is none."""
    if len(data) > MOST_BYTES:
        raise NotASchedule(_("The file is larger than 5 MB."))
    text = data.lstrip(b"\xef\xbb\xbf \t\r\n")
    raws = list(entries_of_xml(data) if text.startswith(b"<") else entries_of_json(data))
    if len(raws) > MOST_ENTRIES:
        raise NotASchedule(_("The file has more than %(most)d entries.") % {"most": MOST_ENTRIES})
    reader = Reader(zone)
    items = [item for number, raw in enumerate(raws, 1) if (item := reader.item(number, raw)) is not None]
    return Reading(tuple(items), tuple(reader.faults[:MOST_FAULTS]), tuple(reader.shortened))


def entries_of_json(data: bytes) -> Iterator[Raw]:
    """The events of a schedule.json, day by day and room by room."""
    try:
        document = json.loads(data.decode("utf-8-sig"))
        days = document["schedule"]["conference"]["days"]
        for day in days:
            for room, events in day["rooms"].items():
                for event in events:
                    yield {**event, "room": event.get("room") or room, "day": day.get("date", "")}
    except (ValueError, RecursionError) as error:
        raise NotASchedule(_("The file is not readable JSON or XML.")) from error
    except (KeyError, TypeError, AttributeError) as error:
        raise NotASchedule(_("The file is JSON, but no schedule: days with rooms are missing.")) from error


def entries_of_xml(data: bytes) -> Iterator[Raw]:
    """The events of a schedule.xml; entities and other files are never resolved."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise NotASchedule(_("The file is not readable JSON or XML.")) from error
    if root.tag != "schedule" or root.find("day") is None:
        raise NotASchedule(_("The file is XML, but no schedule: days are missing."))
    for day in root.iterfind("day"):
        for room in day.iterfind("room"):
            for event in room.iterfind("event"):
                yield event_of_xml(event, room.get("name", ""), day.get("date", ""))


def event_of_xml(event: Any, room: str, day: str) -> Raw:
    names = ("date", "start", "duration", "title", "type", "abstract", "description")
    found = {name: event.findtext(name) or "" for name in names}
    people = [{"public_name": one.text or ""} for one in event.iterfind("persons/person")]
    return found | {
        "id": event.get("id"), "guid": event.get("guid"), "room": event.findtext("room") or room, "day": day,
        "persons": people,
    }


class Reader:
    """Turns raw entries into items, and gathers what is wrong."""

    def __init__(self, zone: ZoneInfo) -> None:
        self.zone = zone
        self.faults: list[Fault] = []
        self.shortened: list[Fault] = []
        self.sources: set[str] = set()

    def item(self, number: int, raw: Raw) -> Item | None:
        """The entry as it can be stored; None when it has a fault."""
        self.entry = f"{number} ({str(raw.get('title') or raw.get('id') or '?')[:60]})"
        before = len(self.faults)
        title = self.line("title", raw.get("title"), limit=LONGEST["title"], is_needed=True)
        about = self.text("about", raw.get("abstract") or raw.get("description"), tidy_prose, limit=LONGEST["about"])
        item = Item(
            source=self.source(raw), title=title, about=about, kind=kind_of(raw), starts_at=self.start(raw),
            minutes=self.minutes(raw), people=tuple(dict.fromkeys(self.people(raw.get("persons")))),
            room=self.line("room", raw.get("room"), limit=LONGEST["room"]),
        )
        return item if len(self.faults) == before else None

    def fault(self, field: str, reason: str) -> None:
        self.faults.append(Fault(printable(self.entry), field, reason))

    def source(self, raw: Raw) -> str:
        found = str(raw.get("guid") or raw.get("id") or "")[:36]
        if not found.isprintable() or not found:
            self.fault("guid", _("Neither guid nor id is there."))
        elif found in self.sources:
            self.fault("guid", _("Another entry has the same one."))
        self.sources.add(found)
        return found

    def line(self, field: str, value: object, *, limit: int, is_needed: bool = False) -> str:
        before = len(self.faults)
        found = self.text(field, value, tidy_line, limit=limit)
        if is_needed and not found and len(self.faults) == before:
            self.fault(field, _("This must not be empty."))
        return found

    def text(self, field: str, value: object, tidy: Callable[..., str], *, limit: int) -> str:
        """A text that fits; longer ones end with a sign, and that is told."""
        if not isinstance(value, str):
            if value is not None:
                self.fault(field, _("This is not a text."))
            return ""
        plain = TAG.sub(" ", value) if field == "about" else value
        if len(plain.strip()) > limit:
            self.shortened.append(Fault(printable(self.entry), field, _("shortened")))
            plain = plain.strip()[: limit - 1].rstrip() + "…"
        try:
            return tidy(plain, limit=limit)
        except Unfit as error:
            self.fault(field, str(error.message))
            return ""

    def people(self, value: object) -> Iterable[str]:
        if value is None:
            return []
        if not isinstance(value, list):
            self.fault("persons", _("This is not a list."))
            return []
        names = [name_of(one) for one in value]
        return [name for one in names if (name := self.line("persons", one, limit=LONGEST["person"]))]

    def start(self, raw: Raw) -> datetime:
        """When it begins: from date, or from the day and the time of day."""
        written = str(raw.get("date") or "")
        if "T" not in written and CLOCK.fullmatch(str(raw.get("start") or "")):
            written = f"{written or raw.get('day') or ''}T{str(raw['start']).zfill(5)}"
        try:
            found = datetime.fromisoformat(written)
            found = found if found.tzinfo else found.replace(tzinfo=self.zone)
            found.astimezone(self.zone)
        except (ValueError, OverflowError):
            self.fault("date", _("This is not a time like 2026-09-04T09:30:00+02:00."))
            return datetime.now(self.zone)
        if not 2000 <= found.year <= 2200:
            self.fault("date", _("Please enter a year between 2000 and 2200."))
        return found

    def minutes(self, raw: Raw) -> int:
        match = DURATION.fullmatch(str(raw.get("duration") or ""))
        if match is None:
            self.fault("duration", _("This is not a duration like 00:45."))
            return 0
        days, hours, minutes = (int(part or 0) for part in match.groups())
        found = (days * 24 + hours) * 60 + minutes
        if not 1 <= found <= MOST_MINUTES:
            self.fault("duration", _("Between 1 and %(most)d minutes are possible.") % {"most": MOST_MINUTES})
        return found


def name_of(person: object) -> object:
    return (person.get("public_name") or person.get("name")) if isinstance(person, Mapping) else person


def kind_of(raw: Raw) -> str:
    """Which kind of fixed point it is; what we have no word for is an impulse."""
    return KINDS.get(str(raw.get("type") or "").strip().lower(), "impulse")


def printable(text: str) -> str:
    """A name that can be shown whatever is in it."""
    return "".join(sign if sign.isprintable() else "�" for sign in text)
