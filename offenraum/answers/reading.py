"""Reads descriptions of services from a CSV or JSON file, by a map from our fields to those of the file."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from offenraum.answers.models import Service
from offenraum.answers.rules.quotes import plain_of

FIELDS: Final = ("name", "text", "keywords", "link", "mark", "language")
MOST_SERVICES: Final = 10_000
MOST_FAULTS: Final = 20
MOST_BYTES: Final = 20_000_000
LARGEST_CELL: Final = 200_000


class NotServices(ValueError):
    """A file, or a map, that no services can be read from; the message says why."""


@dataclass(frozen=True, slots=True)
class Item:
    """One service as a file describes it."""

    mark: str
    name: str
    text: str = ""
    keywords: str = ""
    link: str = ""
    language: str = "de"


@dataclass(frozen=True, slots=True)
class Fault:
    """What cannot be taken over: which entry, which field of ours, why."""

    entry: str
    field: str
    reason: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file holds."""

    items: tuple[Item, ...]
    faults: tuple[Fault, ...]


def read_map(text: str) -> dict[str, str]:
    """`name=title,text=description.de` as a map from our fields to the file's; raises NotServices."""
    pairs = [part.partition("=") for part in text.replace("\n", ",").split(",") if part.strip()]
    named = {ours.strip(): theirs.strip() for ours, _sign, theirs in pairs}
    for ours, theirs in named.items():
        if ours not in FIELDS:
            raise NotServices(_("“%(field)s” is no field of a service. Possible: %(fields)s.") % {
                "field": ours[:40], "fields": ", ".join(FIELDS),
            })
        if not theirs:
            raise NotServices(_("The map does not say what “%(field)s” is called in the file.") % {"field": ours})
    if "name" not in named:
        raise NotServices(_("The map must say what the name is called in the file: name=…"))
    return named


def read_services(content: bytes, fields: Mapping[str, str]) -> Reading:
    """The services of a file; what cannot be one is told entry by entry."""
    if len(content) > MOST_BYTES:
        raise NotServices(_("The file is larger than %(size)d MB.") % {"size": MOST_BYTES // 1_000_000})
    rows = rows_of(text_of(content))
    if not rows:
        raise NotServices(_("The file has no entries."))
    if len(rows) > MOST_SERVICES:
        raise NotServices(_("The file has more than %(count)d entries.") % {"count": MOST_SERVICES})
    missing = [theirs for theirs in fields.values() if not any(value_at(row, theirs) is not None for row in rows)]
    if missing:
        raise NotServices(_("No entry of the file has “%(field)s”. There are: %(fields)s.") % {
            "field": missing[0][:80], "fields": ", ".join(str(name) for name in list(rows[0])[:20]),
        })
    items = [item_of(row, fields) for row in rows]
    return Reading(tuple(items), tuple(limited(faults_in(items))))


def text_of(content: bytes) -> str:
    """The text of a file: UTF-8 with or without its mark, or what German spreadsheets write."""
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise NotServices(_("The file is no text."))


def rows_of(text: str) -> Sequence[Mapping[str, Any]]:
    """The entries of a JSON file (its longest list of objects), else the rows of a CSV file."""
    if text.lstrip()[:1] in {"{", "["}:
        try:
            return entries_in(json.loads(text))
        except (ValueError, RecursionError) as error:
            words = {"reason": str(error)[:120]}
            raise NotServices(_("The JSON of the file is broken: %(reason)s.") % words) from error
    return csv_rows(text)


def entries_in(read: Any, deep: int = 0) -> list[Mapping[str, Any]]:
    if isinstance(read, list):
        return [one for one in read if isinstance(one, dict)]
    if isinstance(read, dict) and deep < 3:
        return max((entries_in(value, deep + 1) for value in read.values()), key=len, default=[])
    return []


def csv_rows(text: str) -> list[Mapping[str, Any]]:
    """Rows by the names in the first line; comma, semicolon or tab, whichever that line has most of."""
    first = text.split("\n", 1)[0]
    sign = max(",;\t", key=first.count)
    if "\0" in text:
        raise NotServices(_("The file is no text."))
    csv.field_size_limit(LARGEST_CELL)
    try:
        return [row for row in csv.DictReader(io.StringIO(text, newline=""), delimiter=sign) if any(row.values())]
    except csv.Error as error:
        raise NotServices(_("The table of the file is broken: %(reason)s.") % {"reason": str(error)[:120]}) from error


def value_at(row: Mapping[str, Any], path: str) -> Any:
    """A value by its name; dots lead into objects, and a list counts as its members."""
    if path in row:
        return row[path]
    found: Any = row
    for name in path.split("."):
        found = found.get(name) if isinstance(found, dict) else None
    return found


def item_of(row: Mapping[str, Any], fields: Mapping[str, str]) -> Item:
    told = {ours: written(value_at(row, theirs)) for ours, theirs in fields.items()}
    name = " ".join(told["name"].split())
    return Item(
        mark=(told.get("mark") or name)[:120].strip(), name=name, text=told.get("text", ""),
        keywords=told.get("keywords", ""), link=told.get("link", "").strip(),
        language=told.get("language", "").strip().lower()[:2] or "de",
    )


def written(value: Any) -> str:
    """A value as plain text; marks of a page are left out."""
    if isinstance(value, list):
        return ", ".join(written(one) for one in value if not isinstance(one, dict | list))
    if value is None or isinstance(value, dict):
        return ""
    return plain_of(str(value))


def faults_in(items: Iterable[Item]) -> Iterator[Fault]:
    seen: set[str] = set()
    for place, item in enumerate(items, 1):
        entry = item.name[:60] or _("Entry %(number)d") % {"number": place}
        if item.mark and item.mark in seen:
            yield Fault(entry, "mark", _("There is another entry of this name. Please map “mark” to a number."))
        seen.add(item.mark)
        try:
            service_of(item).clean_fields(exclude={"conference", "source", "imported_at"})
        except ValidationError as error:
            yield from (Fault(entry, field, told[0]) for field, told in error.message_dict.items())


def service_of(item: Item) -> Service:
    """The row that an entry becomes."""
    return Service(
        mark=item.mark, name=item.name, text=item.text, keywords=item.keywords, link=item.link, language=item.language,
    )


def limited(faults: Iterator[Fault]) -> Iterator[Fault]:
    for place, fault in enumerate(faults):
        if place == MOST_FAULTS:
            return
        yield fault
