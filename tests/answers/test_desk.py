"""What an editor does: failed questions, pinned answers, words, services."""

from __future__ import annotations

import json
from datetime import timedelta
from unittest.mock import ANY

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from offenraum.answers.actions import (
    MOST_QUESTIONS,
    clear_questions,
    import_services,
    judge_answer,
    keep_synonym,
    note_unanswered,
)
from offenraum.answers.models import Pin, Question, Service, Synonym
from offenraum.answers.reading import Item
from offenraum.conference.models import Conference
from tests.builders import text_of
from tests.day import NOON

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]


def desk(conference: Conference, path: str = "") -> str:
    return f"/{conference.slug}/regie/fragen{path}"


def test_editor_answers_a_failed_question(conference: Conference, ayse: Client, clara: Client) -> None:
    clara.get(f"/{conference.slug}/fragen", {"frage": "Gibt es WLAN?"})
    assert "Gibt es WLAN?" in text_of(ayse.get(desk(conference)))
    empty = ayse.get(desk(conference, "/antwort"), {"frage": "Gibt es WLAN?"})
    assert "Gibt es WLAN?</textarea>" in empty.content.decode()
    told = {"questions": "Gibt es WLAN?", "title": "Netz", "text": "Ja, KOGK18.", "link": f"/{conference.slug}/faq"}
    assert ayse.post(desk(conference, "/antwort"), told).status_code == 302
    assert "1 Mal ohne Antwort" not in text_of(ayse.get(desk(conference)))
    assert "Ja, KOGK18." in text_of(clara.get(f"/{conference.slug}/fragen", {"frage": "gibt es wlan"}))
    pin = Pin.objects.get()
    assert ayse.post(desk(conference, f"/antwort/{pin.pk}"), told | {"text": "Nein."}).status_code == 302
    assert "Nein." in text_of(clara.get(f"/{conference.slug}/fragen", {"frage": "gibt es wlan"}))
    ayse.post(desk(conference, f"/antwort/{pin.pk}/entfernen"))
    assert Pin.objects.count() == 0


@pytest.mark.parametrize(("field", "value"), [
    ("questions", ""), ("questions", "?!"), ("title", ""), ("text", ""), ("link", "javascript:alert(1)"),
    ("link", "//evil.example"),
])
def test_answer_that_cannot_be_pinned_is_refused(
    conference: Conference, ayse: Client, field: str, value: str
) -> None:
    told = {"questions": "Was?", "title": "Titel", "text": "Bleibt stehen", "link": ""} | {field: value}
    answer = ayse.post(desk(conference, "/antwort"), told)
    assert answer.status_code == 422
    assert f'id="id_{field}-error"' in answer.content.decode()
    assert Pin.objects.count() == 0


def test_word_is_added_once_and_removed(conference: Conference, ayse: Client) -> None:
    assert ayse.post(desk(conference, "/wort"), {"word": " Perso ", "means": "Personalausweis"}).status_code == 302
    assert ayse.post(desk(conference, "/wort"), {"word": "PERSO", "means": "Pass"}).status_code == 422
    assert ayse.post(desk(conference, "/wort"), {"word": "zwei Worte", "means": "Pass"}).status_code == 422
    assert ayse.post(desk(conference, "/wort"), {"word": "Pass", "means": "!"}).status_code == 422
    known = Synonym.objects.get()
    assert (known.word, known.means) == ("perso", "Personalausweis")
    ayse.post(desk(conference, f"/wort/{known.pk}/entfernen"))
    assert Synonym.objects.count() == 0


def test_settled_question_comes_back_when_it_fails_again(conference: Conference, ayse: Client) -> None:
    note_unanswered(conference=conference, text="Wo ist Platz?", now=NOON)
    question = Question.objects.get()
    ayse.post(desk(conference, f"/frage/{question.pk}/erledigt"))
    assert "Wo ist Platz?" not in text_of(ayse.get(desk(conference)))
    judge_answer(conference=conference, text="Wo ist Platz?", is_helpful=True, now=NOON)
    assert "Wo ist Platz?" not in text_of(ayse.get(desk(conference)))
    judge_answer(conference=conference, text="wo ist platz", is_helpful=False, now=NOON)
    assert "Wo ist Platz?" in text_of(ayse.get(desk(conference)))


def test_list_of_questions_has_an_end(conference: Conference) -> None:
    some = {"conference": conference, "asked_on": NOON.date()}
    Question.objects.bulk_create(Question(key=f"{n}", text=f"{n}", **some) for n in range(MOST_QUESTIONS))
    note_unanswered(conference=conference, text="Eine mehr", now=NOON)
    note_unanswered(conference=conference, text="7", now=NOON)
    assert Question.objects.count() == MOST_QUESTIONS
    assert Question.objects.get(key="7").unanswered_count == 1


def test_deletion_clock_deletes_what_was_asked(conference: Conference) -> None:
    note_unanswered(conference=conference, text="Ich heiße Dirk, wo bin ich?", now=NOON)
    assert (clear_questions(conference=conference), clear_questions(conference=conference)) == (1, 0)


def upload(
    conference: Conference, ayse: Client, content: bytes, fields: str = "name=name, text=text"
) -> tuple[int, str]:
    told = {"source": "Stadt Muster", "fields_map": fields, "file": SimpleUploadedFile("dienste.csv", content)}
    answer = ayse.post(desk(conference, "/leistungen"), told)
    return answer.status_code, "" if answer.status_code == 302 else text_of(answer)


def test_services_are_taken_over_and_replaced(conference: Conference, ayse: Client, clara: Client) -> None:
    import_services(conference=conference, source="Andere", items=[Item("1", "Bleibt")], now=NOON)
    assert upload(conference, ayse, b"name,text\nSperrm\xc3\xbcll,Zweimal\nHund,Steuer\n") == (302, "")
    assert upload(conference, ayse, b"name,text\nSperrm\xc3\xbcll,Dreimal\n") == (302, "")
    found = list(Service.objects.order_by("pk").values_list("name", "text"))
    assert found == [("Bleibt", ""), ("Sperrmüll", "Dreimal")]
    assert "Dreimal" in text_of(clara.get(f"/{conference.slug}/fragen", {"frage": "Sperrmüll"}))
    ayse.post(desk(conference, "/leistungen/entfernen"), {"source": "Stadt Muster"})
    assert [one.name for one in Service.objects.all()] == ["Bleibt"]


def test_broken_file_changes_nothing_and_says_why(conference: Conference, ayse: Client) -> None:
    upload(conference, ayse, b"name,text\nHund,Steuer\n")
    broken = {b"": "keine Einträge", b"name\nA\n": "text", b"name,text\n,leer\n": "Eintrag 1", b"{": "JSON"}
    for content, said in broken.items():
        status, page = upload(conference, ayse, content)
        assert (status, said in page) == (422, True)
    assert upload(conference, ayse, b"name,text\nA,B\n", fields="x=y")[0] == 422
    assert [one.name for one in Service.objects.all()] == ["Hund"]


def test_service_keeps_its_address_when_it_is_taken_over_again(conference: Conference) -> None:
    later = NOON + timedelta(days=1)
    for text in ("alt", "neu"):
        import_services(conference=conference, source="s", items=[Item("1", "Hund", text)], now=later)
    assert list(Service.objects.values("mark", "text", "pk")) == [{"mark": "1", "text": "neu", "pk": ANY}]
    before = Service.objects.get().pk
    import_services(conference=conference, source="s", items=[Item("1", "Hund", "x"), Item("2", "B")], now=NOON)
    assert Service.objects.get(mark="1").pk == before


def test_count_of_queries_of_the_desk_does_not_grow(conference: Conference, ayse: Client) -> None:
    counts = []
    for n in range(2):
        for m in range(1 + 2 * n):
            note_unanswered(conference=conference, text=f"Frage {n} {m}", now=NOON)
            keep_synonym(conference=conference, word=f"wort{n}{m}", means="x")
            import_services(conference=conference, source=f"s{n}{m}", items=[Item("1", json.dumps(m))], now=NOON)
        ayse.get(desk(conference))
        with CaptureQueriesContext(connection) as caught:
            assert ayse.get(desk(conference)).status_code == 200
        counts.append(len(caught))
    assert counts[0] == counts[1]
