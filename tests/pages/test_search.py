"""One field finds programme, topics, people and pages in German: stems, compounds, typos; on both databases."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from offenraum.barcamp.actions.topics import hide_topic
from offenraum.barcamp.models import Topic
from offenraum.conference.models import Conference, Speaker, Talk
from offenraum.website.models import Faq, News, Page
from tests.builders import publish, text_of
from tests.day import NOON, make_conference, make_topic, set_clock

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
TITLE = re.compile(r'class="answer__title">(.*?)</h3>')
TITLES = {
    "session": "Wasserstandssensoren am Bach", "topic": "Bürgerbeteiligung ohne Formulare", "talk": "Offene Haushalte",
    "person": "Dr. Anke Knopp", "page": "Kinderbetreuung", "faq": "Gibt es Parkplätze?", "news": "Straßenbahnen fahren",
}


@pytest.fixture
def conference() -> Conference:
    """One of everything that can be found."""
    conference = set_clock(make_conference(), NOON)
    placed = make_topic(conference, TITLES["session"], host="Jürgen Müller")
    make_topic(conference, TITLES["topic"])
    Topic.objects.filter(conference=conference).update(state=Topic.State.RELEASED)
    publish(conference, {placed: (1, 1)})
    talk = Talk.objects.create(
        conference=conference, kind="keynote", title=TITLES["talk"], starts_at=NOON - timedelta(hours=2), minutes=30
    )
    talk.speakers.add(Speaker.objects.create(conference=conference, name=TITLES["person"], about="Publizistin"))
    Page.objects.create(conference=conference, slug="kinder", title=TITLES["page"], text="Von neun bis fünf im Foyer.")
    Faq.objects.create(conference=conference, question=TITLES["faq"], answer="Ja, in der Tiefgarage.")
    News.objects.create(conference=conference, title=TITLES["news"], text="Die Linie 1 fährt.", published_at=NOON)
    return conference


def found(conference: Conference, words: str) -> list[str]:
    """The titles on the page, the best first."""
    page = Client(headers={"accept-language": "de"}).get(f"/{conference.slug}/suche", {"q": words})
    return [unescape(re.sub("<[^>]+>", "", title)) for title in TITLE.findall(page.content.decode())]


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("Sensor", "session"), ("Sensoren", "session"), ("Wasserstand", "session"), ("wasserstandssensor", "session"),
        ("Wasserstandsensoren", "session"), ("Bürgerbeteilgung", "topic"), ("Buergerbeteiligung", "topic"),
        ("Beteiligung", "topic"), ("Formular", "topic"), ("Haushalt", "talk"), ("Haushalten", "talk"),
        ("offene haushlate", "talk"), ("Knopp", "person"), ("Anke Knop", "person"), ("Publizistin", "person"),
        ("Müller", "session"), ("mueller", "session"), ("Betreuung von Kindern", "page"), ("Kinderbetreung", "page"),
        ("Parkplatz", "faq"), ("Tiefgarage", "faq"), ("Straßenbahn", "news"), ("Strassenbahn", "news"),
    ],
)
def test_words_find_what_is_meant(conference: Conference, words: str, title: str) -> None:
    assert TITLES[title] in found(conference, words)


def test_search_finds_more_than_an_answer_shows_and_nothing_that_is_hidden(conference: Conference) -> None:
    for number in range(6):
        make_topic(conference, f"Sensor {number}")
    Topic.objects.filter(conference=conference).update(state=Topic.State.RELEASED)
    assert {f"Sensor {number}" for number in range(6)} < set(found(conference, "Sensoren"))
    hide_topic(topic=Topic.objects.get(title="Sensor 3"))
    Page.objects.create(conference=conference, slug="entwurf", title="Sensorplan", text="x", is_public=False)
    left = found(conference, "Sensoren")
    assert ("Sensor 2" in left, "Sensor 3" in left, "Sensorplan" in left) == (True, False, False)


def test_person_is_shown_with_position_and_talks_and_linked(conference: Conference, client: Client) -> None:
    speaker = Speaker.objects.get(conference=conference)
    Speaker.objects.update(position="Autorin", position_en="Author")
    Talk.objects.filter(speakers=speaker).update(title_en="Open budgets")
    page = client.get(f"/{conference.slug}/suche", {"q": "Knopp"}, headers={"accept-language": "en"})
    assert "Author. „Open budgets“" in text_of(page)
    assert f'href="/{conference.slug}/personen/{speaker.pk}"' in page.content.decode()


def test_page_without_a_find_leads_on(conference: Conference, client: Client) -> None:
    german = {"accept-language": "de"}
    nothing = client.get(f"/{conference.slug}/suche", {"q": "Quantenfeldtheorie"}, headers=german)
    assert (nothing.status_code, "Nichts gefunden" in text_of(nothing)) == (200, True)
    empty = client.get(f"/{conference.slug}/suche", headers=german)
    assert (empty.status_code, "gefunden" in text_of(empty)) == (200, False)


HOSTILE = ["", " ", "x" * 201, "\x00", "?!", "<script>alert(1)</script>", "' OR 1=1 --", "\u202e"]


@pytest.mark.parametrize("words", HOSTILE)
def test_whatever_is_typed_is_text(conference: Conference, client: Client, words: str) -> None:
    answer = client.get(f"/{conference.slug}/suche", {"q": words}, headers={"accept-language": "de"})
    assert answer.status_code in {200, 422}
    assert b"<script>alert" not in answer.content
    if not words.strip():
        assert "Bitte geben Sie ein Wort ein." in text_of(answer)


def test_count_of_queries_does_not_grow(conference: Conference, client: Client) -> None:
    counts = []
    for count in (1, 5):
        for number in range(count):
            make_topic(conference, f"Zebra {count} {number}")
            Faq.objects.create(conference=conference, question=f"Zebra {count} {number}?", answer="Ja")
        Topic.objects.filter(conference=conference).update(state=Topic.State.RELEASED)
        with CaptureQueriesContext(connection) as caught:
            client.get(f"/{conference.slug}/suche", {"q": "Zebra"})
        counts.append(len(caught))
    assert counts[0] == counts[1]
