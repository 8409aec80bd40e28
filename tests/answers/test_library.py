"""The index of a process: made once, made again when what it is made of has changed, and only that part."""

from __future__ import annotations

from collections.abc import Iterator
from time import monotonic

import pytest
from django.test import Client

from offenraum.answers.actions import import_services, keep_pin
from offenraum.answers.models import Pin, Question
from offenraum.answers.queries.answering import as_json, reply_to
from offenraum.answers.queries.library import CACHE, SHELF, index_at_hand, renew_all
from offenraum.answers.reading import Item
from offenraum.conference.models import Conference
from offenraum.project.librarian import Librarian
from tests.day import NOON, make_conference

DOGS = [Item("2", "Hundesteuer", "Anmelden.")]
pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def held() -> Conference:
    CACHE.held.clear()
    conference = make_conference("index19")
    import_services(conference=conference, source="s", items=[Item("1", "Sperrmüll", "Zweimal.")], now=NOON)
    keep_pin(pin=Pin(conference=conference, questions="WLAN", title="Netz", text="Ja.", made_at=NOON), now=NOON)
    return conference


def test_index_is_made_once_and_its_parts_apart(held: Conference) -> None:
    services, event = index_at_hand(held).index.segments
    assert index_at_hand(held).index.segments == [services, event]
    keep_pin(pin=Pin(conference=held, questions="Essen", title="Kantine", text="Suppe.", made_at=NOON), now=NOON)
    same, other = index_at_hand(held).index.segments
    assert (same is services, other is event) == (True, False)
    assert reply_to("Essen", held).answers[0].title == "Kantine"


def test_question_after_an_import_finds_what_was_imported(held: Conference) -> None:
    assert not reply_to("Hundesteuer", held).is_known
    import_services(conference=held, source="s", items=DOGS, now=NOON)
    assert reply_to("Hundesteuer", held).answers[0].title == "Hundesteuer"
    assert not reply_to("Sperrmüll", held).is_known


@pytest.fixture
def kept(held: Conference) -> Iterator[Conference]:
    """As where a librarian works, who does so when the test asks for it."""
    SHELF.is_kept = True
    yield held
    SHELF.is_kept = False
    SHELF.asked.clear()


def test_question_waits_for_no_librarian_and_says_that_texts_are_being_read(kept: Conference) -> None:
    begun = monotonic()
    told = as_json(reply_to("Sperrmüll", kept))
    assert monotonic() - begun < 10
    assert told == {"answers": [], "known": False, "reading": True}
    shown = Client(headers={"accept-language": "de"}).get(f"/{kept.slug}/fragen?frage=Sperrmüll").content.decode()
    assert "werden gerade neue Texte gelesen" in shown
    assert Question.objects.count() == 0
    assert SHELF.asked.is_set()
    renew_all(is_asked=True)
    assert as_json(reply_to("Sperrmüll", kept))["known"] is True
    assert "gelesen" not in Client().get(f"/{kept.slug}/fragen?frage=Sperrmüll").content.decode()


def test_old_index_answers_until_the_new_one_is_there_but_shows_nothing_that_is_gone(kept: Conference) -> None:
    renew_all(is_asked=False)
    import_services(conference=kept, source="s", items=DOGS, now=NOON)
    assert reply_to("Netz", kept).answers[0].title == "Netz"
    assert [reply_to(question, kept).answers for question in ("Sperrmüll", "Hundesteuer")] == [(), ()]
    renew_all(is_asked=False)
    assert not reply_to("Hundesteuer", kept).is_whole, "it was read a moment ago, and nobody asks"
    renew_all(is_asked=True)
    assert reply_to("Hundesteuer", kept).answers[0].title == "Hundesteuer"


def test_librarian_reads_what_was_imported_before_anybody_asks(held: Conference) -> None:
    librarian = Librarian()
    librarian.start()
    try:
        ends = monotonic() + 60
        while len(CACHE.held) < 2:
            assert monotonic() < ends
            librarian.ended.wait(0.02)
        reply = reply_to("Sperrmüll", held)
    finally:
        librarian.end()
    assert (reply.is_known, reply.is_whole, SHELF.is_kept) == (True, True, False)
