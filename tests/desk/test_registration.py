"""Registrations at the desk: terms, contingents, questions, list, files, tables of people."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from offenraum.conference.models import Conference
from offenraum.desk.sheets import csv_of, xlsx_of
from offenraum.post.models import Letter
from offenraum.registration.actions.places import cancel
from offenraum.registration.models import Contingent, ExtraQuestion, Registration, RegistrationSettings
from offenraum.registration.queries.links import invitation_address
from offenraum.registration.queries.lists import totals_of
from offenraum.seats.actions.checkin import check_in
from tests.builders import text_of
from tests.day import NOON, make_member
from tests.hostile import TAKEN
from tests.people.sign_in import sign_in as sign_in_account
from tests.registration.people import EARLY, come, letters, of, open_registration, states

pytestmark = pytest.mark.django_db
LIST = "/kogk18/regie/anmeldungen"
TERMS: dict[str, Any] = {
    "places": "3", "overbooking_percent": "0", "opens_at": "2018-06-01T09:00", "closes_at": "2018-09-01T12:00",
    "confirm_hours": "24", "reconfirm_days": "7", "reconfirm_hours": "48", "most_colleagues": "2",
    "asks_for_topic": "on",
}


@pytest.fixture
def conference() -> Conference:
    return open_registration(places=2)


@pytest.fixture
def ayse(conference: Conference) -> Client:
    client = Client(headers={"accept-language": "de"})
    return sign_in_account(make_member(conference, "organiser"), second_factor=True, client=client)


def test_more_places_let_people_move_up_at_once(conference: Conference, ayse: Client) -> None:
    come(conference, "Anna", "Bernd", "Clara", "Dirk")
    assert ayse.post(f"{LIST}/einstellungen", TERMS).status_code == 302
    assert states(conference) == {
        "Anna": "confirmed", "Bernd": "confirmed", "Clara": "offered", "Dirk": "waiting",
    }
    book = RegistrationSettings.objects.get()
    assert (book.places, book.opens_at.isoformat()) == (3, "2018-06-01T07:00:00+00:00")
    assert 'value="2018-06-01T09:00"' in ayse.get(f"{LIST}/einstellungen").content.decode()


@pytest.mark.parametrize(
    "wrong", [{"places": "0"}, {"places": ""}, {"closes_at": "2018-05-01T09:00"}, {"overbooking_percent": "101"},
              {"opens_at": "gestern"}, {"reconfirm_hours": "0"}],
)
def test_terms_that_cannot_be_are_refused_with_the_reason(ayse: Client, wrong: dict[str, str]) -> None:
    answer = ayse.post(f"{LIST}/einstellungen", TERMS | wrong)
    assert (answer.status_code, RegistrationSettings.objects.get().places) == (422, 2)
    assert "Bitte prüfen Sie Ihre Angaben" in text_of(answer)


def test_contingent_has_a_link_that_can_be_renewed_and_goes_only_unused(conference: Conference, ayse: Client) -> None:
    for _ in range(2):
        ayse.post(f"{LIST}/kontingent", {"name": "Presse", "count": "2"})
    press = Contingent.objects.get()
    link = invitation_address(press)
    assert link in ayse.get(f"{LIST}/einstellungen").content.decode()
    ayse.post(f"{LIST}/kontingent/{press.pk}/link")
    assert link not in ayse.get(f"{LIST}/einstellungen").content.decode()
    come(conference, "Clara", contingent=press)
    ayse.post(f"{LIST}/kontingent/{press.pk}/weg")
    assert Contingent.objects.count() == 1
    Registration.objects.all().delete()
    ayse.post(f"{LIST}/kontingent/{press.pk}/weg")
    assert Contingent.objects.count() == 0


def test_own_questions_are_added_and_removed(ayse: Client) -> None:
    asked = {"label": "Rad?", "kind": "choice", "choices": "ja\nnein", "purpose": "Stellplätze", "keep_days": "3"}
    assert ayse.post(f"{LIST}/frage", asked | {"choices": "ja"}).status_code == 422
    assert ayse.post(f"{LIST}/frage", asked).status_code == 302
    ayse.post(f"{LIST}/frage/{ExtraQuestion.objects.get().pk}/weg")
    assert ExtraQuestion.objects.count() == 0


def test_list_finds_by_words_and_state_and_counts(conference: Conference, ayse: Client) -> None:
    come(conference, "Anna", "Bernd", "Clara")
    check_in(seat=of("Anna").seat, now=NOON)
    page = text_of(ayse.get(LIST, {"q": "clara@EXAMPLE"}))
    assert ("1 Anmeldung" in page, "Anna" in page) == (True, False)
    assert "Bernd" not in text_of(ayse.get(LIST, {"stand": "waiting"}))
    totals = totals_of(conference)
    assert (totals.capacity, totals.confirmed, totals.waiting, totals.free) == (2, 2, 1, 0)
    assert (totals.no_shows, totals.no_show_percent) == (1, 50)


def test_desk_cancels_for_somebody_who_called(conference: Conference, ayse: Client) -> None:
    come(conference, "Anna", "Bernd", "Clara")
    answer = ayse.post(f"{LIST}/{of('Anna').number}/absagen?q=a", follow=True)
    assert "Die Anmeldung von Anna ist storniert." in text_of(answer)
    assert (of("Clara").state, answer.redirect_chain[0][0]) == ("offered", f"{LIST}?q=a")


def test_desk_deletes_somebody_on_the_waiting_list_and_with_a_place(conference: Conference, ayse: Client) -> None:
    come(conference, "Anna", "Bernd", "Clara", "Dirk")
    waiting, placed = of("Clara"), of("Anna")
    page = text_of(ayse.get(f"{LIST}/{waiting.number}/loeschen"))
    assert ("clara@example.org" in page, "Platz auf der Warteliste" in page) == (True, True)
    assert of("Clara").state == "waiting", "looking deletes nothing"
    for one in (waiting, placed):
        assert "ist gelöscht" in text_of(ayse.post(f"{LIST}/{one.number}/loeschen", follow=True))
        assert ayse.post(f"{LIST}/{one.number}/loeschen").status_code == 404
    assert set(Letter.objects.values_list("recipient", flat=True)) == {"bernd@example.org", "dirk@example.org"}
    assert (of("Dirk").state, Registration.objects.filter(name="").count()) == ("offered", 2)
    assert "Clara" not in text_of(ayse.get(LIST))


def test_files_hold_everything_and_no_formula(conference: Conference, ayse: Client) -> None:
    come(conference, "Anna", "Bernd")
    Registration.objects.filter(name="Bernd").update(organisation=TAKEN["formula"])
    cancel(registration=of("Anna"), now=EARLY)
    text = ayse.get(f"{LIST}/liste.csv").content.decode("utf-8-sig")
    assert text.splitlines()[0].startswith("Nummer;Stand;Kontingent;Name;Organisation;E-Mail")
    assert ";\"'=HYPERLINK" in text
    with ZipFile(BytesIO(ayse.get(f"{LIST}/liste.xlsx").content)) as book:
        assert "<f>" not in book.read("xl/worksheets/sheet1.xml").decode()
        assert "=HYPERLINK" in book.read("xl/sharedStrings.xml").decode()


def test_sheets_take_what_programs_choke_on() -> None:
    rows = [["Name"], *([text] for text in TAKEN.values()), ["-1+1"], ["@sum"], ["\t=1"], ["a\nb;c\"d"]]
    assert csv_of(rows).startswith("\ufeffName\r\n".encode())
    assert xlsx_of(rows)[:2] == b"PK"


def test_table_is_tried_first_and_names_every_line_that_is_wrong(conference: Conference, ayse: Client) -> None:
    come(conference, "Anna")
    table = "\n".join([
        "Name;Organisation;E-Mail", "Bernd;Stadt Köln;bernd@example.org", ";ohne;x@example.org", "Clara;;keine Adresse",
        "Dirk;;ANNA@example.org", "Emil;;bernd@example.org", "x" * 81, "A\u202eB", "=1+1;\"offen",
    ])
    answer = ayse.post(f"{LIST}/einlesen", {"lines": table})
    page = text_of(answer)
    assert answer.status_code == 422
    for line in (3, 4, 5, 6, 7, 8):
        assert f"Zeile {line}:" in page
    assert ("Zeile 2:" in page, "Zeile 9:" in page, Registration.objects.count()) == (False, False, 1)


def test_good_table_is_entered_once_in_its_order(conference: Conference, ayse: Client) -> None:
    file = SimpleUploadedFile("leute.csv", "Bernd;Köln;bernd@example.org\nClara\nJürgen".encode("cp1252"))
    key = ayse.get(f"{LIST}/einlesen").context["form"]["key"].value()
    shown = ayse.post(f"{LIST}/einlesen", {"file": file, "key": str(key)})
    assert ("3 Personen können eingetragen werden" in text_of(shown), Registration.objects.count()) == (True, 0)
    form = shown.context["form"]
    typed = {"lines": form.text, "key": str(key), "take": "1", "writes_letters": "on"}
    for _ in range(2):
        assert ayse.post(f"{LIST}/einlesen", typed).status_code in (302, 422)
    assert states(conference) == {"Bernd": "confirmed", "Clara": "confirmed", "Jürgen": "waiting"}
    assert letters("Bernd") == ["confirmation"]
