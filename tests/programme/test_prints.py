from __future__ import annotations

import re
import zlib

import pytest
from django.utils import translation

from offenraum.conference.models import Conference, Room, Slot
from offenraum.kit.typesetting import is_covered, printable
from offenraum.programme.actions.draft import place_topic
from offenraum.programme.prints.draft import Entry, Line, draft_pdf, sheet_of
from tests.day import NOON, make_conference, make_topic, set_clock
from tests.hostile import TAKEN

pytestmark = pytest.mark.django_db


@pytest.fixture
def conference() -> Conference:
    return set_clock(make_conference(rooms=(200, 40)), NOON)


def sheet(conference: Conference) -> object:
    with translation.override("en"):
        return sheet_of(conference)


def test_sheet_shows_slots_rooms_and_the_shelf(conference: Conference) -> None:
    Slot.objects.filter(number=2).update(follows=Slot.objects.get(number=1))
    long, left = make_topic(conference, "Lang", host="Mia", length=2), make_topic(conference, "Übrig", host="Tom")
    place_topic(topic=long, slot=Slot.objects.get(number=1), room=Room.objects.get(position=2), seen=None)
    shown = sheet(conference)
    (part,) = shown.parts
    assert part.rooms == ("Raum 1 (200 places)", "Raum 2 (40 places)")
    assert part.rows == (
        Line("13:00–13:45", (None, Entry("No. 1", "Lang", "Mia"))),
        Line("14:00–14:45", (None, Entry("No. 1", "Lang", "Mia", "continued"))),
        Line("15:00–15:45", (None, None)),
    )
    assert shown.shelf == (Entry("No. 2", left.title, "Tom"),)
    assert shown.footer == "Draft, not published. As of 04.09.2018 12:00"


def test_sheet_splits_many_rooms(conference: Conference) -> None:
    for position in range(3, 9):
        Room.objects.create(conference=conference, name=f"Raum {position}", position=position, places=10)
    assert [len(part.rooms) for part in sheet(conference).parts] == [6, 2]


def test_pdf_is_tagged_titled_and_says_its_language(conference: Conference) -> None:
    make_topic(conference, "Ayşes Thema")
    with translation.override("de"):
        pdf = draft_pdf(conference)
    text = pdf + b"".join(unpacked(pdf))
    assert pdf.startswith(b"%PDF")
    assert b"/MarkInfo" in text
    assert b"/StructTreeRoot" in text
    assert re.search(rb"/Lang ?\(de\)", text)
    assert re.search(rb"pdfuaid:part[^0-9]*1", text)
    assert re.search(rb"/DisplayDocTitle ?true", text)


def unpacked(pdf: bytes) -> list[bytes]:
    """The streams of a PDF."""
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, flags=re.DOTALL)
    found = []
    for stream in streams:
        try:
            found.append(zlib.decompress(stream))
        except zlib.error:
            found.append(stream)
    return found


def test_signs_without_a_font_become_a_square() -> None:
    assert printable({"a": ["Ayşe 🎉", 3, None]}) == {"a": ["Ayşe □", 3, None]}
    assert is_covered("ß")
    assert not is_covered("日")


@pytest.mark.parametrize("title", [title for title in TAKEN.values() if len(title) <= 80])
def test_no_title_stops_a_print_or_becomes_its_source(conference: Conference, title: str) -> None:
    topic = make_topic(conference, title, host=title)
    place_topic(topic=topic, slot=Slot.objects.get(number=1), room=Room.objects.get(position=1), seen=None)
    make_topic(conference, title)
    assert draft_pdf(conference).startswith(b"%PDF")
