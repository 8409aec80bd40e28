from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.test import Client

from offenraum.conference.models import Conference
from offenraum.desk.pasted import Fault, read_people
from offenraum.seats.actions.making import Person
from offenraum.seats.models import Seat
from offenraum.seats.queries import seat_of_code
from tests.day import make_conference, make_seats

SEATS = "/kogk18/regie/plaetze"


def codes_in(page: str) -> list[str]:
    return re.findall(r'badge__code">([0-9A-Z]{4}-[0-9A-Z]{4})<', page)


def test_badges_are_made_and_shown_once(desk: Client, conference: Conference) -> None:
    page = desk.post(f"{SEATS}/schilder", {"last": 0, "count": 3}).content.decode()
    assert len(codes_in(page)) == 3
    assert page.count("data:image/svg+xml") == 3
    assert f"{settings.ADDRESS.partition('://')[2]}/kogk18/platz" in page
    seat = seat_of_code(conference=conference, code=codes_in(page)[1])
    assert seat
    assert (seat.number, seat.kind, seat.is_checked_in) == (2, Seat.Kind.BADGE, False)
    assert codes_in(desk.get(SEATS).content.decode()) == []


def test_second_tap_makes_no_second_batch(desk: Client, conference: Conference) -> None:
    desk.post(f"{SEATS}/schilder", {"last": 0, "count": 3})
    again = desk.post(f"{SEATS}/schilder", {"last": 0, "count": 3}, follow=True)
    assert "These seats have been made already." in again.content.decode()
    assert Seat.objects.count() == 3


@pytest.mark.parametrize("count", ["", "0", "-1", "1001", "viele", str(2**64)])
def test_broken_count_of_badges_is_refused(desk: Client, conference: Conference, count: str) -> None:
    answer = desk.post(f"{SEATS}/schilder", {"last": 0, "count": count})
    assert answer.status_code == 422
    assert not Seat.objects.exists()


def test_names_are_imported(desk: Client, conference: Conference) -> None:
    lines = "Name;Organisation;E-Mail\nMia Kaya;OK Lab Köln;mia@example.org\n\nTom Muster\n"
    page = desk.post(f"{SEATS}/namen", {"last": 0, "lines": lines}).content.decode()
    assert len(codes_in(page)) == 2
    assert list(Seat.objects.values_list("number", "name", "organisation", "email", "kind")) == [
        (1, "Mia Kaya", "OK Lab Köln", "mia@example.org", "registration"), (2, "Tom Muster", "", "", "registration"),
    ]


def test_names_with_a_fault_stay_typed(desk: Client, conference: Conference) -> None:
    answer = desk.post(f"{SEATS}/namen", {"last": 0, "lines": "Mia\n;OK Lab\nTom;;keine-adresse"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Line 2: the name is missing." in page
    assert "Line 3: the e-mail address is not valid." in page
    assert "keine-adresse" in page
    assert not Seat.objects.exists()


@pytest.mark.parametrize(
    ("text", "people", "faults"),
    [
        ("Mia\tOK Lab\tmia@example.org", [Person("Mia", "OK Lab", "mia@example.org")], []),
        ('"Kaya, Mia",OK Lab', [Person("Kaya, Mia", "OK Lab")], []),
        ("Vorname\nMia", [Person("Mia")], []),
        ("Mia;a;b@example.org;mehr", [Person("Mia", "a", "b@example.org")], []),
        ("x" * 81, [], [Fault(1, "long")]),
        ("a\x00b", [], [Fault(1, "unfit")]),
        ("Mia\u202e", [], [Fault(1, "unfit")]),
        ("\n \n;;", [], []),
        ('"offen', [Person("offen")], []),
    ],
)
def test_read_people(text: str, people: list[Person], faults: list[Fault]) -> None:
    assert read_people(text) == (people, faults)


def test_search_finds_names_and_numbers(desk: Client, conference: Conference) -> None:
    make_seats(conference, 12, checked_in=False)
    page = desk.get(SEATS, {"q": "Mensch 11"}).content.decode()
    assert "Mensch 11" in page
    assert "Mensch 3" not in page
    assert "No seat fits this search." in desk.get(SEATS, {"q": "Niemand"}).content.decode()


def test_check_in_and_its_undo_keep_the_search(desk: Client, conference: Conference) -> None:
    (seat,) = make_seats(conference, 1, checked_in=False)
    answer = desk.post(f"{SEATS}/1/da?q=Mensch", follow=True)
    assert answer.redirect_chain == [(f"{SEATS}?q=Mensch", 302)]
    assert "Mensch 1 (1) is checked in." in answer.content.decode()
    seat.refresh_from_db()
    assert seat.is_checked_in
    assert "was checked in already" in desk.post(f"{SEATS}/1/da", follow=True).content.decode()
    desk.post(f"{SEATS}/1/nicht-da")
    seat.refresh_from_db()
    assert not seat.is_checked_in


def test_new_keys_end_the_old_ones(desk: Client, conference: Conference) -> None:
    (old,) = codes_in(desk.post(f"{SEATS}/schilder", {"last": 0, "count": 1}).content.decode())
    (new,) = codes_in(desk.post(f"{SEATS}/1/schluessel").content.decode())
    assert seat_of_code(conference=conference, code=old) is None
    assert seat_of_code(conference=conference, code=new) == Seat.objects.get()


def test_seats_of_another_conference_are_not_found(desk: Client, conference: Conference) -> None:
    make_seats(make_conference("andere"), 1)
    assert desk.post(f"{SEATS}/1/da").status_code == 404
    assert desk.post("/andere/regie/plaetze/1/da").status_code == 404
