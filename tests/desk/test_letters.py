"""Letters at the desk: the log, the editor, letters to everybody."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from offenraum.conference.actions.letters import write_letter
from offenraum.conference.models import Conference
from offenraum.people.models import Account
from offenraum.post.actions import note_bounce
from offenraum.post.models import Letter, LetterText, Refusal
from offenraum.post.queries import refusal_address
from offenraum.seats.actions.making import Person, create_seats
from offenraum.seats.models import Seat
from tests.builders import text_of
from tests.day import NOON, make_conference, set_clock
from tests.people.sign_in import make_account, sign_in

pytestmark = pytest.mark.django_db
URL = "/kogk18/regie/briefe"
SECRET = "AbCdEfGhIjKlMnOpQrStUv"


@pytest.fixture
def conference() -> Conference:
    return set_clock(make_conference(), NOON)


@pytest.fixture
def ayse(conference: Conference) -> Client:
    account: Account = make_account("Ayse")
    conference.members.create(account=account, role="organiser")
    return sign_in(account, second_factor=True, client=Client(headers={"accept-language": "de"}))


def write(conference: Conference, to: str = "bernd@example.org", **changes: Any) -> Letter:
    letter = write_letter(
        conference=conference, kind="sign_in_link", key=to, to=to, now=NOON, language="de",
        values={"name": "Bernd", "link": f"http://127.0.0.1:8000/kogk18/platz/{SECRET}"},
    )
    Letter.objects.filter(pk=letter.pk).update(**changes)
    return letter


def test_log_shows_what_became_of_letters_and_sends_again(conference: Conference, ayse: Client) -> None:
    failed = write(conference, state="failed", error="550 no such user", tries=1)
    sent = write(conference, "clara@example.org", state="done", sent_at=NOON)
    back = write(conference, "dirk@example.org", state="done", sent_at=NOON)
    assert note_bounce(token=back.token, error="mailbox full", now=NOON)
    page = text_of(ayse.get(URL))
    assert "Gesendet: 1. Wartend: 0. Nicht angekommen: 2." in page
    assert all(word in page for word in ("550 no such user", "clara@example.org", "zurückgekommen", "mailbox full"))
    assert "clara@example.org" not in text_of(ayse.get(f"{URL}?nur=failed"))
    assert "clara@example.org" not in text_of(ayse.get(f"{URL}?q=BERND"))
    assert SECRET not in ayse.get(f"{URL}/{sent.pk}").content.decode()
    ayse.post(f"{URL}/{failed.pk}/erneut")
    again = Letter.objects.get(pk=failed.pk)
    assert (again.state, again.tries, again.token != failed.token) == ("queued", 0, True)
    Letter.objects.filter(pk=failed.pk).update(state="failed")
    ayse.post(f"{URL}/fehlgeschlagene")
    states = dict(Letter.objects.values_list("recipient", "state"))
    assert states == {"bernd@example.org": "queued", "clara@example.org": "done", "dirk@example.org": "failed"}


def texts(**changes: str) -> dict[str, str]:
    given = {f"{language}-{name}": "Bis {deadline}: {link}" for language in ("de", "en", "de-x-leicht")
             for name in ("subject", "text")}
    return given | {name.replace("_", "-"): value for name, value in changes.items()}


def test_editor_saves_previews_tests_and_resets(conference: Conference, ayse: Client) -> None:
    page = ayse.get(f"{URL}/text/moved_up")
    assert "Guten Tag {name}," in text_of(page)
    assert "Guten Tag Ayşe Yılmaz," in text_of(page)
    looked = ayse.post(f"{URL}/text/moved_up", texts(de_text="Hallo {name} {link} {deadline}") | {"tun": "look:"})
    assert "Hallo Ayşe Yılmaz" in text_of(looked)
    assert not LetterText.objects.exists()
    ayse.post(f"{URL}/text/moved_up", texts() | {"tun": "test:en"})
    assert LetterText.objects.count() == 3
    test = Letter.objects.get()
    assert (test.recipient, test.language, test.subject[:4]) == ("ayse@example.org", "en", "Bis ")
    ayse.post(f"{URL}/text/moved_up", {"tun": "reset:de"})
    assert sorted(LetterText.objects.values_list("language", flat=True)) == ["de-x-leicht", "en"]


@pytest.mark.parametrize(("changes", "reason"), [
    ({"de_text": "{link} {deadline} {passwort} {name.__class__}"}, "{passwort}, {name.__class__}"),
    ({"de_subject": "{0} {link}"}, "Hier kennen wir {0} nicht."),
    ({"en_text": "{link}"}, "Dieser Brief braucht {deadline}."),
    ({"de_subject": ""}, "Betreff"),
    ({"de_text": "x" * 4001}, "4001"),
    ({"de_text": "{link}\x00{deadline}"}, "Steuerzeichen"),
])
def test_editor_refuses_what_would_not_work_and_keeps_it(
    conference: Conference, ayse: Client, changes: dict[str, str], reason: str
) -> None:
    answer = ayse.post(f"{URL}/text/moved_up", texts(**changes))
    assert answer.status_code == 422
    assert reason in text_of(answer)
    assert "Bis {deadline}: {link}" in text_of(answer)
    assert not LetterText.objects.exists()


def test_letter_to_all_asks_with_the_number_and_goes_once_a_day(conference: Conference, ayse: Client) -> None:
    people = [Person(name="Bernd", email="bernd@example.org"), Person(name="Clara"), Person(email="x" * 70 + "@a.de")]
    create_seats(conference=conference, people=people, kind=Seat.Kind.REGISTRATION, now=NOON)
    assert "an 2 Personen" in text_of(ayse.get(f"{URL}/an-alle/reminder"))
    assert not Letter.objects.exists()
    for _ in range(2):
        ayse.post(f"{URL}/an-alle/reminder")
    letter = Letter.objects.get()
    assert (letter.recipient, letter.subject) == ("bernd@example.org", "Bald ist es so weit: Konferenz kogk18")
    assert "http://127.0.0.1:8000/kogk18/platz/" in letter.text
    assert ayse.get(f"{URL}/an-alle/cancelled").status_code == 404


def test_who_wants_no_letters_to_all_gets_none_until_they_do_again(conference: Conference, ayse: Client) -> None:
    """With one click in a mail program, which has no cookies and reads no page; what is about the place goes on."""
    people = [Person(name="Bernd", email="Bernd@example.org"), Person(name="Clara", email="clara@example.org")]
    create_seats(conference=conference, people=people, kind=Seat.Kind.REGISTRATION, now=NOON)
    link = refusal_address(scope="kogk18", recipient="bernd@example.org").removeprefix(settings.ADDRESS)
    person = Client(headers={"accept-language": "de"})
    assert "Keine Briefe an alle mehr" in text_of(person.get(link))
    assert not Refusal.objects.exists()
    for _twice in range(2):
        assert Client(enforce_csrf_checks=True).post(link, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert "an 1 Person" in text_of(ayse.get(f"{URL}/an-alle/reminder"))
    ayse.post(f"{URL}/an-alle/reminder")
    assert [letter.recipient for letter in Letter.objects.all()] == ["clara@example.org"]
    assert "keine Briefe an alle mehr" in text_of(person.get(link))
    person.post(link, {"verb": "again"})
    assert not Refusal.objects.exists()
    wrong = (f"{link[:-1]}_", link.replace("kogk18", "k"), f"{link}x")
    assert [person.get(address).status_code for address in wrong] == [404] * 3


def test_first_edition_is_told_to_everybody_where_that_is_switched_on(conference: Conference, ayse: Client) -> None:
    people = [Person(name="Bernd", email="bernd@example.org")]
    create_seats(conference=conference, people=people, kind=Seat.Kind.REGISTRATION, now=NOON)
    ayse.post(f"{URL}/von-selbst", {"is_on": "1"})
    assert "wird allen von selbst mitgeteilt" in text_of(ayse.get(URL))
    ayse.post(f"{URL}/von-selbst", {"is_on": "0"})
    assert "niemandem von selbst" in text_of(ayse.get(URL))
