"""Asking on the page, at the tablet, in a frame and by a program."""

from __future__ import annotations

import pytest
from django.test import Client

from offenraum.answers.models import Question, Service
from offenraum.conference.models import Conference
from offenraum.website.models import Site
from tests.builders import text_of

pytestmark = pytest.mark.django_db
HOSTILE = [
    "<script>alert(1)</script>", "x" * 300, "🐸", "'; DROP TABLE x; --", "%00", "{{ 7*7 }}", "\u202eabc\u202c", "\x00",
]


@pytest.mark.usefixtures("services")
def test_question_is_answered_with_source(conference: Conference, clara: Client) -> None:
    page = clara.get(f"/{conference.slug}/fragen", {"frage": "Sperrmüll"})
    assert page.status_code == 200
    assert "Sperrmüll holen wir zweimal im Jahr kostenlos ab." in text_of(page)
    assert "Quelle: Stadt Muster" in text_of(page)
    assert Question.objects.count() == 0


@pytest.mark.usefixtures("services")
def test_question_without_answer_says_so_and_is_counted(conference: Conference, clara: Client) -> None:
    for asked in ("Wie wird das Wetter?", "wie wird das wetter"):
        assert "Das weiß ich nicht" in text_of(clara.get(f"/{conference.slug}/fragen", {"frage": asked}))
    noted = Question.objects.get()
    assert (noted.text, noted.unanswered_count, str(noted.asked_on)) == ("Wie wird das Wetter?", 2, "2018-09-04")


@pytest.mark.parametrize("page", ["", "/kiosk", "/einbetten", "/antwort.json"])
@pytest.mark.parametrize("question", ["", "?!", "x" * 10_000, "a" * 301])
def test_question_that_is_none_is_refused_with_the_reason(
    conference: Conference, clara: Client, page: str, question: str
) -> None:
    answer = clara.get(f"/{conference.slug}/fragen{page}", {"frage": question})
    assert answer.status_code == 422
    told = answer.json()["reason"] if page.endswith("json") else text_of(answer)
    expected = {"": "Bitte geben Sie eine Frage ein", "?!": "Bitte fragen Sie in Worten"}.get(question, "höchstens 300")
    assert expected in told


@pytest.mark.parametrize("page", ["", "/kiosk", "/einbetten", "/antwort.json"])
def test_hostile_question_is_text(conference: Conference, clara: Client, page: str) -> None:
    for question in HOSTILE:
        answer = clara.get(f"/{conference.slug}/fragen{page}", {"frage": question})
        assert answer.status_code in {200, 422}
        assert b"<script>alert" not in answer.content


@pytest.mark.usefixtures("services")
def test_program_gets_json(conference: Conference, clara: Client) -> None:
    answer = clara.get(f"/{conference.slug}/fragen/antwort.json", {"frage": "Sperrmüll"})
    assert (answer.json()["known"], answer.json()["answers"][0]["title"]) == (True, "Sperrmüll")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.usefixtures("services")
def test_judgement_is_counted(conference: Conference, clara: Client) -> None:
    for helpful in ("1", "0", "0"):
        sent = clara.post(f"/{conference.slug}/fragen/urteil", {"frage": "Sperrmüll", "helpful": helpful})
        assert sent.headers["Location"] == f"/{conference.slug}/fragen?frage=Sperrm%C3%BCll"
    clara.post(f"/{conference.slug}/fragen/urteil", {"frage": "Sperrmüll", "helpful": "viel"})
    noted = Question.objects.get()
    assert (noted.helpful_count, noted.unhelpful_count, noted.unanswered_count) == (1, 2, 0)


@pytest.mark.usefixtures("services")
def test_service_has_a_page(conference: Conference, clara: Client) -> None:
    service = Service.objects.get(mark="4")
    assert "innerhalb von zwei Wochen" in text_of(clara.get(f"/{conference.slug}/fragen/leistung/{service.pk}"))
    assert clara.get(f"/{conference.slug}/fragen/leistung/0").status_code == 404


def test_tablet_offers_no_way_out(conference: Conference, clara: Client) -> None:
    page = clara.get(f"/{conference.slug}/fragen/kiosk", {"frage": "Was läuft jetzt?"}).content.decode()
    assert f'href="/{conference.slug}/programm' not in page
    assert "answer__title" in page


def test_frame_is_let_by_named_sites_alone(conference: Conference, clara: Client) -> None:
    page = f"/{conference.slug}/fragen/einbetten"
    assert clara.get(page).headers["X-Frame-Options"] == "DENY"
    Site.objects.create(conference=conference, frame_hosts="www.example.de")
    let = clara.get(page)
    assert "X-Frame-Options" not in let.headers
    assert "frame-ancestors https://www.example.de" in let.headers["Content-Security-Policy"]
    script = clara.get(f"{page}.js")
    assert script.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert page in script.content.decode()


def test_hidden_conference_answers_nobody(conference: Conference, clara: Client) -> None:
    Conference.objects.filter(pk=conference.pk).update(is_hidden=True)
    for page in ("", "/kiosk", "/einbetten", "/einbetten.js", "/antwort.json"):
        assert clara.get(f"/{conference.slug}/fragen{page}", {"frage": "Was läuft jetzt?"}).status_code == 404
