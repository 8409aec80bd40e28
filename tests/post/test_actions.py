"""Letters in the outbox: written once, with the words of the conference, sealed."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection

from offenraum.conference.actions.letters import write_letter
from offenraum.post.actions import AT_ONCE, Draft, NoAddress, queue_letter
from offenraum.post.models import Letter, LetterText
from offenraum.post.rules import LetterKind
from offenraum.post.words import PLACEHOLDER_NAMES, WORDINGS
from tests.day import NOON, make_conference

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
LINK = "http://127.0.0.1:8000/kogk18/platz/AbCdEfGhIjKlMnOpQrStUv"


def write(**changes: Any) -> Letter:
    given: dict[str, Any] = {
        "conference": changes.get("conference") or make_conference(), "kind": LetterKind.CONFIRMATION,
        "key": "seat 1", "to": "ayse@example.org",
        "values": {"name": "Ayse", "link": LINK, "code": "K7QF-8M2P"}, "language": "de", "now": NOON,
    }
    return write_letter(**(given | changes))


def test_letter_says_what_when_and_where_in_its_language() -> None:
    letter = write()
    assert (letter.subject, letter.state, letter.due_at) == ("Ihr Platz: Konferenz kogk18", "queued", AT_ONCE)
    assert "Guten Tag Ayse," in letter.text
    assert "Dienstag, 4. September 2018, 12:00 Uhr" in letter.text
    assert LINK in letter.text
    assert letter.text.endswith("-- \nDiese E-Mail kommt von: Konferenz kogk18\nhttp://127.0.0.1:8000/kogk18/")


def test_letter_is_written_once() -> None:
    first = write()
    conference = make_conference("zwilling")
    draft = Draft(kind="confirmation", key="seat 1", to="bernd@example.org", values={}, language="en")
    again = queue_letter(scope="kogk18", draft=draft, now=NOON)
    other = write(conference=conference)
    assert again.pk == first.pk
    assert again.recipient == "ayse@example.org"
    assert other.pk != first.pk
    assert other.token != first.token


def test_words_of_the_conference_come_before_ours() -> None:
    LetterText.objects.create(
        scope="kogk18", kind="confirmation", language="de", subject="Hallo {name}", text="Code: {code}\n\n{name}"
    )
    letter = write(values={"name": "Ayse\r\nBcc: x@example.org", "code": "K7QF"})
    assert letter.subject == "Hallo Ayse Bcc: x@\u2060example.\u2060org"
    assert letter.text.startswith("Code: K7QF\n\nAyse Bcc")


def test_what_a_letter_says_cannot_be_read_in_the_database() -> None:
    letter = write()
    with connection.cursor() as cursor:
        cursor.execute("SELECT text, given FROM post_letter WHERE id = %s", [letter.pk])
        kept = " ".join(cursor.fetchone())
    assert "AbCdEfGhIjKlMnOpQrStUv" not in kept
    assert "AbCdEfGhIjKlMnOpQrStUv" in Letter.objects.get(pk=letter.pk).text


@pytest.mark.parametrize("to", ["", "niemand", "a@example.org\nBcc: b@example.org", "a" * 10_000 + "@example.org"])
def test_address_that_no_server_takes_is_refused(to: str) -> None:
    with pytest.raises(NoAddress):
        write(to=to)
    assert not Letter.objects.exists()


def test_every_kind_has_words_and_every_placeholder_a_name() -> None:
    conference = make_conference()
    texts = {kind: write(conference=conference, kind=kind, values={}).text for kind in LetterKind}
    assert set(WORDINGS) == set(LetterKind)
    assert "{" not in "".join(texts.values()).replace("{}", "")
    assert {name for kind in WORDINGS for name in PLACEHOLDER_NAMES} == set(PLACEHOLDER_NAMES)
