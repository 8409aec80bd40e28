"""Letters over real SMTP: what arrives, and what happens when the server is difficult."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone
from icalendar import Calendar

from offenraum.conference.actions.letters import write_letter
from offenraum.conference.models import Conference
from offenraum.kit.outbox import Kind, claim, requeue_lost, serve_one
from offenraum.post import backend
from offenraum.post.actions import clear_account_letters, queue_account_letter
from offenraum.post.message import message_of
from offenraum.post.models import Letter
from offenraum.post.queries import refusal_address
from offenraum.post.tasks import FIRST_PAUSE, MOST_TRIES, NO_SERVER, TOO_OFTEN, hand_over, sending
from offenraum.project.kinds import SENDING
from offenraum.seats.actions.making import Person, create_seats
from offenraum.seats.models import Seat
from tests.day import NOON, make_conference
from tests.post.post_office import Office, open_office, tiresome_office
from tests.postgres import free_port

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
TO, ADDRESS = "ayse@example.org", settings.ADDRESS
LATER = datetime(2100, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def running() -> Iterator[Office]:
    with open_office() as office:
        yield office


@pytest.fixture
def office(running: Office, settings: Any) -> Office:
    running.answers.clear()
    running.envelopes.clear()
    running.data_answer = Office().data_answer
    settings.EMAIL_BACKEND = "offenraum.post.backend.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", running.port
    settings.DEFAULT_FROM_EMAIL = "Offenraum <noreply@barcamp.example>"
    return running


@pytest.fixture
def conference() -> Conference:
    return make_conference()


def write(conference: Conference, to: str = TO, **more: Any) -> Letter:
    values = {"name": "Ayşe Yılmaz", "link": "http://127.0.0.1:8000/kogk18/platz/geheim", **more.pop("values", {})}
    given = {"kind": "confirmation", "key": f"seat {to}", "language": "de", "now": NOON}
    return write_letter(conference=conference, to=to, values=values, **(given | more))


def send(now: datetime = NOON, kind: Kind = SENDING) -> list[Letter]:
    """Let a worker do all that is due; returns the letters as they are then."""
    while serve_one(kind, worker="here:1", now=lambda: now):
        pass
    return list(Letter.objects.order_by("pk"))


def test_letter_arrives_as_text_and_page_with_its_papers(office: Office, conference: Conference) -> None:
    (new,) = create_seats(conference=conference, people=[Person(name="Ayşe")], kind=Seat.Kind.REGISTRATION, now=NOON)
    write(conference, values={"seat": str(new.seat.number)}, attachments=("calendar", "ticket"))
    (letter,) = send()
    (mail,) = office.letters
    assert (letter.state, letter.tries, letter.answer, letter.error) == ("done", 1, "250 2.0.0 Ok: queued as 8A1B", "")
    assert letter.sent_at is not None
    assert (mail["Subject"], mail["To"]) == ("Ihr Platz: Konferenz kogk18", TO)
    assert mail["From"] == "Konferenz kogk18 <noreply@barcamp.example>"
    assert mail["Message-ID"] == f"<{letter.token}@barcamp.example>"
    assert (mail["Auto-Submitted"], mail["Content-Language"]) == ("auto-generated", "de")
    assert abs(parsedate_to_datetime(mail["Date"]) - datetime.now(UTC)) < timedelta(minutes=5)
    text, page = (mail.get_body((form,)).get_content() for form in ("plain", "html"))
    assert "Guten Tag Ayşe Yılmaz," in text
    assert '<a href="http://127.0.0.1:8000/kogk18/platz/geheim">' in page
    calendar, ticket = mail.iter_attachments()
    assert len(Calendar.from_ical(calendar.get_payload(decode=True)).walk("VEVENT")) == 1
    assert ticket.get_filename() == "ticket-kogk18.pdf"
    assert ticket.get_payload(decode=True).startswith(b"%PDF")


def test_letter_to_all_can_be_ended_in_the_mail_program_and_one_about_a_place_cannot(
    office: Office, conference: Conference
) -> None:
    for kind in ("reminder", "published", "thanks", "confirmation", "cancelled"):
        write(conference, kind=kind)
    send()
    headers = [(mail.get("List-Unsubscribe", "").strip(), mail["List-Unsubscribe-Post"]) for mail in office.letters]
    address = refusal_address(scope="kogk18", recipient=TO)
    assert headers == [(f"<{address}>", "List-Unsubscribe=One-Click")] * 3 + [("", None)] * 2
    assert [address in Letter.objects.get(kind=kind).text for kind in ("reminder", "confirmation")] == [True, False]


def test_letter_to_an_account_comes_from_the_installation(office: Office) -> None:
    text = f"Guten Tag,\n\n{ADDRESS}/konto/passwort/neu/1-abc"
    queue_account_letter(to=TO, subject="Neues\r\nPasswort", text=text, language="de", now=NOON)
    (letter,) = send()
    (mail,) = office.letters
    assert (letter.state, mail["Subject"]) == ("done", "Neues Passwort")
    assert mail["From"] == "Offenraum <noreply@barcamp.example>"
    assert f'<a href="{ADDRESS}/konto/passwort/neu/1-abc">' in mail.get_body(("html",)).get_content()
    assert clear_account_letters(now=NOON + timedelta(days=13)) == 0
    assert clear_account_letters(now=NOON + timedelta(days=15)) == 1


def test_headers_are_encoded_and_cannot_be_added_to(office: Office, conference: Conference) -> None:
    Conference.objects.update(title="Größe: Ünïcode 日本 " + "sehr " * 15)
    write(Conference.objects.get(), "ayse+a@müller.example", values={"name": "A\r\nBcc: alle@example.org\r\n\r\nX"})
    send()
    (envelope,), (mail,) = office.envelopes, office.letters
    assert envelope.rcpt_tos == ["ayse+a@xn--mller-kva.example"]
    assert mail["Subject"].strip().startswith("Ihr Platz: Größe: Ünïcode 日本 sehr")
    assert (mail["Bcc"], mail["Cc"], len(mail.get_all("Subject"))) == (None, None, 1)
    head = envelope.content.split(b"\r\n\r\n")[0]
    assert head.isascii()
    assert all(len(line) <= 998 for line in head.split(b"\r\n"))


@pytest.mark.parametrize(("answer", "state", "tries"), [
    ("550 5.1.1 <ayse@example.org> no such user", "failed", 1), ("450 4.2.1 try again later", "queued", 1),
])
def test_one_refused_address_does_not_hold_the_others(
    office: Office, conference: Conference, answer: str, state: str, tries: int
) -> None:
    office.answers[TO] = answer
    write(conference)
    write(conference, "bernd@example.org")
    refused, taken = send()
    assert (refused.state, refused.tries, taken.state) == (state, tries, "done")
    assert refused.error == answer.replace(TO, "…")
    assert [one.rcpt_tos for one in office.envelopes] == [["bernd@example.org"]]


def test_refused_content_is_given_up_and_a_full_queue_is_not(office: Office, conference: Conference) -> None:
    for answer, state in (("554 5.7.1 looks like spam", "failed"), ("452 4.3.1 queue is full", "queued")):
        office.data_answer = answer
        letter = write(conference, key=answer)
        send()
        assert (Letter.objects.get(pk=letter.pk).state, Letter.objects.get(pk=letter.pk).error) == (state, answer)


def test_letter_waits_for_a_server_that_is_down_with_growing_pauses(
    office: Office, conference: Conference, settings: Any
) -> None:
    settings.EMAIL_PORT = free_port()
    write(conference)
    pauses = []
    for _ in range(4):
        before = timezone.now()
        (letter,) = send(before)
        pauses.append(round((letter.due_at - before) / FIRST_PAUSE))
        Letter.objects.update(due_at=before)
    assert pauses == [1, 2, 4, 8]
    assert letter.state == "queued"
    assert "refused" in letter.error
    settings.EMAIL_PORT = office.port
    (letter,) = send(LATER)
    assert (letter.state, letter.error, len(office.envelopes)) == ("done", "", 1)


def test_letter_that_never_gets_through_is_given_up_visibly(
    office: Office, conference: Conference, settings: Any
) -> None:
    settings.EMAIL_PORT = free_port()
    write(conference)
    for _ in range(MOST_TRIES + 2):
        send(LATER)
    letter = Letter.objects.get()
    assert (letter.state, letter.tries) == ("failed", MOST_TRIES)


@pytest.mark.parametrize("drips", [True, False])
def test_server_that_drips_or_says_nothing_is_left(
    office: Office, conference: Conference, settings: Any, monkeypatch: pytest.MonkeyPatch, drips: bool
) -> None:
    """Where each letter of an answer comes in time, only the whole takes too long."""
    monkeypatch.setattr(backend, "MOST_SECONDS", 0.5 if drips else 60)
    settings.EMAIL_TIMEOUT = 30 if drips else 0.3
    write(conference)
    with tiresome_office(drips=drips) as settings.EMAIL_PORT:
        (letter,) = send()
    assert (letter.state, letter.tries) == ("queued", 1)


def test_crash_between_sending_and_noting_sends_one_double_with_the_same_id(
    office: Office, conference: Conference
) -> None:
    write(conference)
    letter = claim(Letter, worker="elsewhere:1", now=NOON)
    assert letter is not None
    hand_over(message_of(letter, {}))
    assert requeue_lost(SENDING, now=NOON) == 0
    assert requeue_lost(SENDING, now=NOON + timedelta(minutes=11)) == 1
    (letter,) = send(NOON + timedelta(minutes=11))
    assert (letter.state, letter.tries) == ("done", 2)
    assert [mail["Message-ID"] for mail in office.letters] == [f"<{letter.token}@barcamp.example>"] * 2
    assert [one.state for one in send(LATER)] == ["done"]
    assert len(office.envelopes) == 2


def test_letter_that_ends_the_worker_each_time_is_given_up(office: Office, conference: Conference) -> None:
    write(conference)
    Letter.objects.update(tries=MOST_TRIES)
    (letter,) = send()
    assert (letter.state, letter.error, office.envelopes) == ("failed", TOO_OFTEN, [])


def test_paper_that_cannot_be_made_does_not_hold_the_letter(office: Office, conference: Conference) -> None:
    def broken(_letter: Letter, _values: Any) -> None:
        raise ZeroDivisionError

    write(conference, attachments=("ticket", "unknown"))
    (letter,) = send(kind=sending({"ticket": broken}))
    assert (letter.state, list(office.letters[0].iter_attachments())) == ("done", [])


def test_without_a_mail_server_the_log_says_so(conference: Conference, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    write(conference)
    (letter,) = send()
    assert (letter.state, letter.error) == ("failed", NO_SERVER)
