"""Atom (RFC 4287) of what each edition changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from lxml import etree

from offenraum.programme.formats.schedule import Schedule
from offenraum.programme.formats.xml import add

ATOM: Final = "http://www.w3.org/2005/Atom"


@dataclass(frozen=True, slots=True)
class Published:
    """One edition: its number, when it came out, its name for people, and its difference in sentences."""

    number: int
    at: datetime
    name: str
    sentences: tuple[str, ...]


def changes_atom(schedule: Schedule, editions: Sequence[Published], *, title: str) -> bytes:
    """The feed, UTF-8; `editions` with the newest first."""
    root = etree.Element("feed", nsmap={None: ATOM})
    root.set("{http://www.w3.org/XML/1998/namespace}lang", schedule.language)
    add(root, "id", schedule.guid("changes").urn)
    add(root, "title", title)
    add(root, "updated", schedule.local(schedule.changed_at).isoformat())
    add(etree.SubElement(root, "author"), "name", schedule.title)
    etree.SubElement(root, "link", rel="self", href=f"{schedule.home}export/changes.atom")
    etree.SubElement(root, "link", rel="alternate", href=f"{schedule.home}programm/fassungen")
    for edition in editions:
        add_entry(root, schedule, edition)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def add_entry(root: etree._Element, schedule: Schedule, edition: Published) -> None:
    entry = etree.SubElement(root, "entry")
    add(entry, "id", schedule.guid(f"edition {edition.number}").urn)
    add(entry, "title", edition.name)
    add(entry, "updated", schedule.local(edition.at).isoformat())
    etree.SubElement(entry, "link", rel="alternate", href=f"{schedule.home}programm/fassungen/{edition.number}")
    add(entry, "content", "\n".join(edition.sentences) or edition.name, type="text")
