"""Badges and tickets: real PDF, the same keys each time, any name."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.utils import translation
from pypdf import PdfReader

from offenraum.conference.models import Conference
from offenraum.kit.outbox import serve_one
from offenraum.kit.sealed import unseal_bytes
from offenraum.seats.actions.devices import sign_in_with_key
from offenraum.seats.actions.keys import NewSeat, badges_to_print, end_keys, issue_ticket, reissue_keys
from offenraum.seats.actions.making import Person, create_seats
from offenraum.seats.models import BadgePrint, Seat, SeatKey
from offenraum.seats.prints.badges import badges_pdf
from offenraum.seats.prints.queue import KEPT, ask_for_badges, prints_of
from offenraum.seats.queries import code_now
from offenraum.seats.rules import BadgeLayout, name_parts, printed_code
from offenraum.seats.tasks import PRINTING
from tests.builders import sign_in
from tests.day import NOON, make_conference
from tests.hostile import TAKEN

pytestmark = pytest.mark.django_db
ENTRIES = [
    Person(name="Ayşe", organisation="OK Lab Köln", hashtags=("verkehr", "#daten"), wants_no_photos=True),
    Person(name="Dr. Franz-Reinhard Habbel", organisation="DStGB"),
    Person(),
    Person(name="李 小龙", organisation="🎉"),
    Person(name="Bartholomäus-Maximilian von und zu Hohenlohe-Langenburg-Schillingsfürst zu Salm-Horst"[:80]),
]


@pytest.fixture
def conference() -> Conference:
    return make_conference()


def make(conference: Conference, people: list[Person]) -> list[NewSeat]:
    return create_seats(conference=conference, people=people, kind=Seat.Kind.REGISTRATION, now=NOON)


def read(pdf: bytes) -> tuple[PdfReader, str]:
    reader = PdfReader(BytesIO(pdf))
    return reader, "\n".join(page.extract_text() for page in reader.pages)


def assert_accessible(reader: PdfReader, language: str) -> None:
    catalogue: Any = reader.trailer["/Root"]
    assert catalogue["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in catalogue
    assert catalogue["/Lang"] == language
    assert catalogue["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid:part" in catalogue["/Metadata"].get_object().get_data()


@pytest.mark.parametrize(("name", "large"), [
    ("Ayşe", "Ayşe"), ("Dr. Ayşe Yılmaz", "Ayşe"), ("Prof. Dr. med. Karl Groß", "Karl"), ("Frau Mia Kaya", "Mia"),
    ("Dr.", "Dr."), ("", ""),
])
def test_large_part_of_a_name_is_how_people_are_called(name: str, large: str) -> None:
    assert name_parts(name) == (large, name)


@pytest.mark.parametrize(("layout", "pages"), [("a6", 5), ("2x4", 1), ("3x7", 1), ("62mm", 5)])
def test_badges_fit_every_paper_and_are_accessible(conference: Conference, layout: str, pages: int) -> None:
    badges = make(conference, ENTRIES)
    with translation.override("de"):
        printed = badges_pdf(conference, badges, layout=layout)
    reader, text = read(printed.pdf)
    assert len(reader.pages) == pages
    assert_accessible(reader, "de")
    assert (text.count("Kein Foto"), "Ayşe" in text, "#verkehr #daten" in text, "OK Lab Köln" in text) == (
        1, True, True, True,
    )
    assert f"{badges[0].code[:4]}-{badges[0].code[4:]}" in text
    assert printed.replaced == ("4: 李 小龙",)


def test_badges_without_keys_open_nothing(conference: Conference) -> None:
    (badge,) = make(conference, [Person(name="Ayşe")])
    reader, text = read(badges_pdf(conference, [badge], layout=BadgeLayout.LABELS_21, has_keys=False).pdf)
    assert badge.code[:4] not in text
    assert [image for page in reader.pages for image in page.images] == []


@pytest.mark.parametrize("name", [name for name in TAKEN.values() if len(name) <= 80][::3])
def test_no_name_stops_a_batch_or_becomes_its_source(conference: Conference, name: str) -> None:
    people = [Person(name=name, organisation=name, hashtags=(name,)), Person(name="Bernd")]
    _reader, text = read(badges_pdf(conference, make(conference, people), layout="2x4").pdf)
    assert "Bernd" in text


@pytest.mark.postgres
def test_badge_is_the_same_until_it_is_lost(conference: Conference) -> None:
    first, other = make(conference, ENTRIES[:2])
    seats = [first.seat, other.seat]
    again = badges_to_print(seats=seats, now=NOON)
    assert [(new.badge_secret, new.code) for new in again] == [
        (new.badge_secret, new.code) for new in (first, other)
    ]
    fresh = reissue_keys(seat=first.seat, now=NOON)
    printed = badges_to_print(seats=seats, now=NOON)
    assert [new.badge_secret for new in printed] == [fresh.badge_secret, other.badge_secret]
    assert [code_now(seat) for seat in seats] == [fresh.code, other.code]
    assert len({first.badge_secret, other.badge_secret, fresh.badge_secret}) == 3
    assert sign_in_with_key(conference=conference, key=printed[0].code, now=NOON)


def test_badge_whose_keys_cannot_be_computed_gets_new_ones(conference: Conference) -> None:
    first, other = make(conference, ENTRIES[:2])
    SeatKey.objects.filter(seat=first.seat, kind="code").update(key_hash="from another code")
    SeatKey.objects.filter(seat=first.seat, kind="badge").update(key_hash="from another secret")
    assert (code_now(first.seat), code_now(other.seat)) == ("", other.code)
    printed = badges_to_print(seats=[first.seat, other.seat], now=NOON)
    assert printed[0].badge_secret != first.badge_secret
    assert printed[1].badge_secret == other.badge_secret
    assert sign_in_with_key(conference=conference, key=printed[0].badge_secret, now=NOON)


def test_keys_of_seats_that_were_made_at_other_times_differ(conference: Conference) -> None:
    """A restored backup gives the same numbers to other people."""
    (first,) = make(conference, [Person()])
    before = first.badge_secret
    pk = first.seat.pk
    Seat.objects.all().delete()
    seat = Seat.objects.create(
        pk=pk, conference=conference, number=1, kind="badge", created_at=NOON + timedelta(seconds=1)
    )
    assert badges_to_print(seats=[seat], now=NOON)[0].badge_secret != before


@pytest.mark.postgres
def test_worker_prints_a_batch_once_and_old_files_go(conference: Conference) -> None:
    make(conference, ENTRIES)
    wish = {"conference": conference, "numbers": [1, 2, 4], "layout": "62mm", "has_keys": True, "now": NOON}
    asked = ask_for_badges(**wish)
    assert ask_for_badges(**wish) == asked
    assert serve_one(PRINTING, worker="here:1", now=lambda: NOON)
    done = BadgePrint.objects.get(pk=asked.pk)
    assert (done.state, done.replaced) == ("done", ["4: 李 小龙"])
    assert b"%PDF" not in bytes(done.sealed)
    assert len(read(unseal_bytes(done.sealed))[0].pages) == 3
    for number in (1, 2, 4):
        ask_for_badges(**wish | {"numbers": [number]})
        BadgePrint.objects.update(state="done")
    assert prints_of(conference).count() == KEPT


def test_ticket_shows_what_when_where_and_opens_its_seat(conference: Conference) -> None:
    (new,) = make(conference, ENTRIES[:1])
    browser = sign_in(new, Client(headers={"accept-language": "de"}))
    page = browser.get("/kogk18/platz/ticket").content.decode()
    reader, text = read(browser.get("/kogk18/platz/ticket.pdf").content)
    assert "Dienstag, 4. September 2018, 12:00 Uhr" in page
    assert re.search(r'src="data:image/svg', page)
    assert "Ayşe" in text
    assert [printed_code(new.code) in said for said in (page, text)] == [True, True]
    assert "Konferenz kogk18" in text
    assert_accessible(reader, "de")
    key = issue_ticket(seat=new.seat, now=NOON)
    assert SeatKey.objects.filter(seat=new.seat, kind="link").count() == 1
    assert sign_in_with_key(conference=conference, key=key, now=NOON)
    end_keys(seats=[new.seat], kinds=["link"], now=NOON)
    assert issue_ticket(seat=new.seat, now=NOON) != key
