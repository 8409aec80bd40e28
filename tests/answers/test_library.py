"""The index of a process: made once, made again when what it is made of has changed, and only that part."""

from __future__ import annotations

import pytest

from offenraum.answers.actions import import_services, keep_pin
from offenraum.answers.models import Pin
from offenraum.answers.queries.answering import reply_to
from offenraum.answers.queries.library import CACHE, index_of
from offenraum.answers.reading import Item
from offenraum.conference.models import Conference
from tests.day import NOON, make_conference

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def held() -> Conference:
    CACHE.held.clear()
    conference = make_conference("index19")
    import_services(conference=conference, source="s", items=[Item("1", "Sperrmüll", "Zweimal.")], now=NOON)
    keep_pin(pin=Pin(conference=conference, questions="WLAN", title="Netz", text="Ja.", made_at=NOON), now=NOON)
    return conference


def test_index_is_made_once_and_its_parts_apart(held: Conference) -> None:
    services, event = index_of(held).segments
    assert index_of(held).segments == [services, event]
    keep_pin(pin=Pin(conference=held, questions="Essen", title="Kantine", text="Suppe.", made_at=NOON), now=NOON)
    same, other = index_of(held).segments
    assert (same is services, other is event) == (True, False)
    assert reply_to("Essen", held).answers[0].title == "Kantine"


def test_question_after_an_import_finds_what_was_imported(held: Conference) -> None:
    assert not reply_to("Hundesteuer", held).is_known
    import_services(conference=held, source="s", items=[Item("2", "Hundesteuer", "Anmelden.")], now=NOON)
    assert reply_to("Hundesteuer", held).answers[0].title == "Hundesteuer"
    assert not reply_to("Sperrmüll", held).is_known
