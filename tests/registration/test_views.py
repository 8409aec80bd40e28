"""The form, the answer that reveals nothing, and one's own page behind the link of a letter."""

from __future__ import annotations

import time
from datetime import timedelta
from itertools import count

import pytest
from django.conf import LazySettings
from django.test import Client

from offenraum.conference.models import Conference
from offenraum.post.models import Letter
from offenraum.registration.actions.places import cancel
from offenraum.registration.forms.registering import SIGNER
from offenraum.registration.models import Contingent, ExtraAnswer, ExtraQuestion, Registration
from offenraum.registration.queries.links import contingent_secret, secret_of, ticket_key
from offenraum.registration.rules import is_proven, sum_of
from offenraum.seats.models import Seat
from tests.builders import text_of
from tests.registration.people import EARLY, come, letters, of, open_registration, states

pytestmark = pytest.mark.django_db
PAGE = "/kogk18/anmeldung"
AYSE = {"name": "Ayse", "email": "ayse@example.org"}


@pytest.fixture
def conference() -> Conference:
    return open_registration()


@pytest.fixture
def mail(settings: LazySettings) -> None:
    """An installation that can send letters."""
    settings.SENDS_MAIL = True


def browser() -> Client:
    return Client(headers={"accept-language": "de"})


def test_two_requests_lead_to_a_place_and_the_answer_has_no_key_in_it(conference: Conference, mail: None) -> None:
    client = browser()
    assert client.get(PAGE).status_code == 200
    answer = client.post(PAGE, AYSE, follow=True)
    assert answer.redirect_chain == [(f"{PAGE}/danke", 302)]
    assert "Sie haben einen Platz" in text_of(answer)
    assert of("Ayse").state == "confirmed"
    secrets = (secret_of(of("Ayse")), ticket_key(of("Ayse")))
    assert not any(secret in answer.content.decode() for secret in secrets)


def test_answer_is_the_same_for_an_address_that_is_registered_already(conference: Conference, mail: None) -> None:
    answers = []
    for _ in range(2):
        client = browser()
        answers.append(text_of(client.post(PAGE, AYSE, follow=True)))
    assert answers[0] == answers[1]
    assert letters("Ayse") == ["confirmation", "already_registered"]


def test_without_mail_the_own_page_comes_at_once(conference: Conference) -> None:
    answer = browser().post(PAGE, AYSE, follow=True)
    assert answer.redirect_chain == [(f"{PAGE}/mein/{secret_of(of('Ayse'))}/seite", 302)]
    assert "Ihr Ticket" in text_of(answer)


def test_errors_name_field_and_reason_and_keep_what_was_typed(conference: Conference) -> None:
    answer = browser().post(PAGE, {"name": "", "email": "ayse", "organisation": "Stadt Köln", "hashtags": "a b c d"})
    page = answer.content.decode()
    assert (answer.status_code, Registration.objects.count()) == (422, 0)
    for text in ("Stadt Köln", "Bitte tippen Sie den Namen", "name@example.org", "höchstens drei Hashtags"):
        assert text in page


@pytest.mark.parametrize(
    ("email", "status"),
    [
        ("ayşe@example.org", 422), ("ayse@köln.example", 302), ("ayse+konferenz@example.org", 302),
        ("a" * 64 + "@" + ".".join(["b" * 60] * 3) + ".exampl", 302), ("a" * 10_000 + "@example.org", 422),
        ("a" * 65 + "@example.org", 422), ("ayse@example.org\nBcc: x@example.org", 422), ("", 422),
        ("ayse@example.org, b@example.org", 422), ('"a b"@example.org', 422), ("ayse@[127.0.0.1]", 422),
    ],
)
def test_addresses_of_every_kind(conference: Conference, email: str, status: int) -> None:
    answer = browser().post(PAGE, {"name": "Ayse", "email": email})
    assert (answer.status_code, Registration.objects.count()) == (status, status == 302)
    assert len(answer.content) < 40_000


def test_full_house_offers_the_next_place_on_the_list(conference: Conference, mail: None) -> None:
    come(conference, "Bernd", "Clara", "Dirk")
    assert "Auf die Warteliste (Platz 2)" in text_of(browser().get(PAGE))
    assert "Ayse: Platz 2" in text_of(browser().post(PAGE, AYSE, follow=True))


@pytest.mark.parametrize(("opens", "closes", "words"), [(1, 2, "noch nicht begonnen"), (-2, -1, "beendet")])
def test_before_and_after_there_is_no_form(opens: int, closes: int, words: str) -> None:
    open_registration(opens_at=EARLY + timedelta(days=opens), closes_at=EARLY + timedelta(days=closes))
    page = browser().get(PAGE)
    assert words in text_of(page)
    assert 'name="email"' not in page.content.decode()
    answer = browser().post(PAGE, AYSE)
    assert (answer.status_code, "Ayse" in answer.content.decode()) == (422, True)


def test_field_that_nobody_sees_catches_programs(conference: Conference, mail: None) -> None:
    answer = browser().post(PAGE, {**AYSE, "website": "https://spam.example"})
    assert (answer.status_code, Registration.objects.count()) == (302, 0)


def test_work_or_a_sum_is_asked_where_the_organiser_wants_it() -> None:
    open_registration(needs_proof=True)
    client = browser()
    form = client.get(PAGE).context["form"]
    typed = {**AYSE, "key": str(form["key"].value()), "challenge": form["challenge"].value()}
    for wrong in ({}, {"proof": "1"}, {"answer": "1"}, {"answer": str(sum(sum_of(typed["challenge"])))}):
        assert client.post(PAGE, typed | wrong).status_code == 422, wrong
    proof = next(str(n) for n in count() if is_proven(challenge=typed["challenge"], proof=str(n)))
    other = {"key": "8c1f1c0e-6a3b-4f57-9c53-0d7f6f3a2b10"}
    assert client.post(PAGE, typed | other | {"proof": proof}).status_code == 422
    assert client.post(PAGE, typed | {"proof": proof}).status_code == 302


def test_sum_is_taken_from_whoever_took_a_persons_time(monkeypatch: pytest.MonkeyPatch) -> None:
    open_registration(needs_proof=True)
    key = "8c1f1c0e-6a3b-4f57-9c53-0d7f6f3a2b10"
    real = time.time
    with monkeypatch.context() as earlier:
        earlier.setattr("django.core.signing.time.time", lambda: real() - 10)
        challenge = SIGNER.sign(key)
    answer = {"answer": str(sum(sum_of(challenge))), "key": key, "challenge": challenge}
    assert browser().post(PAGE, AYSE | answer).status_code == 302


def test_own_questions_are_asked_with_purpose_and_period(conference: Conference) -> None:
    ExtraQuestion.objects.create(
        conference=conference, position=1, kind="choice", label="Wie kommen Sie?", choices="Bahn\nRad", keep_days=3,
        purpose="Stellplätze", is_required=True,
    )
    page = text_of(browser().get(PAGE))
    assert "Wie kommen Sie?" in page
    assert "Stellplätze Wird 3 Tage nach der Konferenz gelöscht." in page
    field = f"frage-{ExtraQuestion.objects.get().pk}"
    assert browser().post(PAGE, {**AYSE, field: "Auto"}).status_code == 422
    assert browser().post(PAGE, {**AYSE, field: "Rad"}).status_code == 302
    assert ExtraAnswer.objects.get().text == "Rad"


def test_colleagues_come_along_each_with_a_badge(conference: Conference) -> None:
    wrong = {"email-1": "ayse@example.org", "email-2": "b@example.org", "name-3": "Clara", "name-1": "Bernd"}
    assert browser().post(PAGE, AYSE | wrong).status_code == 422
    browser().post(PAGE, AYSE | {"name-1": "Bernd", "name-3": "Clara", "email-3": "clara@example.org"})
    assert states(conference) == {"Ayse": "confirmed", "Bernd": "confirmed", "Clara": "waiting"}


def test_invitation_leads_to_places_of_its_own(conference: Conference) -> None:
    press = Contingent.objects.create(conference=conference, name="Presse", places=1)
    address = f"{PAGE}/einladung/{contingent_secret(press)}"
    assert "Presse" in text_of(browser().get(address))
    assert browser().post(address, AYSE).status_code == 302
    assert (of("Ayse").contingent, browser().get(f"{PAGE}/einladung/1-falsch").status_code) == (press, 404)


def test_opening_the_link_of_a_letter_changes_nothing_and_shows_nothing_personal(conference: Conference) -> None:
    come(conference, "Ayse", "Bernd", "Clara")
    cancel(registration=of("Ayse"), now=EARLY)
    link = f"{PAGE}/mein/{secret_of(of('Clara'))}"
    before = list(Registration.objects.values())
    for _ in range(2):
        page = browser().get(link)
        assert ("Clara" in text_of(page), page.status_code, page.cookies.get("sitzung") is None) == (False, 200, False)
    assert list(Registration.objects.values()) == before
    assert browser().get(f"{link}/bestaetigen").status_code == 405
    assert browser().get(f"{link}/absagen").status_code == 200
    assert list(Registration.objects.values()) == before


def test_own_page_confirms_changes_and_cancels(conference: Conference) -> None:
    come(conference, "Ayse", "Bernd", "Clara", "Dirk")
    cancel(registration=of("Ayse"), now=EARLY)
    client, link = browser(), f"{PAGE}/mein/{secret_of(of('Clara'))}"
    assert client.post(link)["Location"] == f"{link}/seite"
    assert "Ein Platz ist frei für Sie" in text_of(client.get(f"{link}/seite"))
    assert "Ihr Platz ist bestätigt" in text_of(client.post(f"{link}/bestaetigen", follow=True))
    client.post(f"{link}/seite", {"name": "Clara C.", "organisation": "OK Lab", "hashtags": "#daten"})
    assert Seat.objects.filter(name="Clara C.", hashtags=["daten"], wants_no_photos=True).exists()
    assert client.post(f"{link}/seite", {"name": ""}).status_code == 422
    assert "abgesagt" in text_of(client.post(f"{link}/absagen", follow=True))
    assert (of("Dirk").state, "nicht mehr möglich" in text_of(client.post(f"{link}/bestaetigen", follow=True))) == (
        "offered", True,
    )


def test_whoever_waits_or_has_cancelled_deletes_everything_by_the_link(conference: Conference) -> None:
    come(conference, "Anna", "Bernd", "Clara", "Dirk")
    cancel(registration=of("Dirk"), now=EARLY)
    client = Client(headers={"accept-language": "de"})
    for name in ("Clara", "Dirk"):
        link = f"{PAGE}/mein/{secret_of(of(name))}"
        assert f"{link}/loeschen" in client.get(f"{link}/seite").content.decode()
        assert "Endgültig löschen" in text_of(client.get(f"{link}/loeschen"))
        assert "Ihre Daten sind gelöscht" in text_of(client.post(f"{link}/loeschen"))
        assert [client.get(f"{link}{page}").status_code for page in ("", "/seite", "/loeschen")] == [404] * 3
    assert list(Registration.objects.order_by("number").values_list("name", flat=True)) == ["Anna", "Bernd", "", ""]
    assert set(Letter.objects.values_list("recipient", flat=True)) == {"anna@example.org", "bernd@example.org"}
    placed = f"{PAGE}/mein/{secret_of(of('Anna'))}/loeschen"
    assert client.post(placed)["Location"] == "/kogk18/platz/daten/loeschen", "a seat is deleted where all of it is"
    assert of("Anna").state == "confirmed"


def test_letter_of_a_place_has_ticket_calendar_and_the_own_link(conference: Conference) -> None:
    come(conference, "Ayse")
    letter = Letter.objects.get()
    assert (letter.attachments, f"/mein/{secret_of(of('Ayse'))}" in letter.text) == (["calendar", "ticket"], True)


def test_conference_without_registration_says_so() -> None:
    open_registration("andere")
    assert browser().get("/kogk18/anmeldung").status_code == 404
