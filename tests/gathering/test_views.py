"""Writing in a session: what is kept, what is refused with the typed text, who may hide what."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import translation

from offenraum.barcamp.models import Topic
from offenraum.conference.models import Conference, Member
from offenraum.gathering.models import Contribution, Feedback, HeadCount, Report
from offenraum.programme.queries.draft import problem_of
from tests.builders import make_seat, new_key, sign_in, text_of
from tests.day import make_member, set_clock
from tests.gathering.conftest import BEGUN
from tests.people.sign_in import sign_in as sign_in_account

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]
PAGE = "/kogk18/session/1"


def ask(browser: Client, text: str = "Was kostet das?", **more: object) -> str:
    answer = browser.post(f"{PAGE}/neu/frage", {"text": text, "key": new_key(), **more})
    assert answer.status_code == 302, text_of(answer)
    return answer["Location"].partition("#b")[2]


def read(browser: Client) -> str:
    return text_of(browser.get(PAGE))


def test_question_stands_on_the_page_without_a_name(bernd: Client) -> None:
    ask(bernd, "Was kostet <b>das</b>?")
    page = bernd.get(PAGE).content.decode()
    assert "Was kostet &lt;b&gt;das&lt;/b&gt;?" in page
    assert "Bernd" not in page


def test_the_same_key_writes_once(bernd: Client) -> None:
    key = new_key()
    assert ask(bernd, key=key) == ask(bernd, "Noch einmal?", key=key)
    assert [one.text for one in Contribution.objects.all()] == ["Was kostet das?"]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("example.org/a", "https://example.org/a"), ("http://example.org", "http://example.org"),
     ("javascript:alert(1)", None), ("javascript://example.org/%0aalert(1)", None),
     ("data:text/html,x", None), ("kein Link", None)],
)
def test_link_leads_to_a_page_or_is_refused_with_what_was_typed(bernd: Client, typed: str, kept: str | None) -> None:
    answer = bernd.post(f"{PAGE}/neu/link", {"address": typed, "text": "Haushalt"})
    if kept is None:
        assert (answer.status_code, Contribution.objects.count()) == (422, 0)
        assert "Das ist keine Adresse einer Seite" in text_of(answer)
        assert 'value="Haushalt"' in answer.content.decode()
    else:
        assert Contribution.objects.get().address == kept
        assert f'href="{kept}" rel="nofollow noopener external"' in bernd.get(PAGE).content.decode()


def test_seat_that_is_not_here_keeps_its_text_and_learns_why(conference: Conference, topic: Topic) -> None:
    kim = sign_in(make_seat(conference, "Kim", checked_in=False))
    answer = kim.post(f"{PAGE}/neu/frage", {"text": "Was kostet das?"})
    assert answer.status_code == 403
    assert "nur Personen, die eingecheckt sind" in text_of(answer)
    assert "Was kostet das?" in text_of(answer)
    assert Contribution.objects.count() == 0
    assert kim.post(f"{PAGE}/rueckmeldung", {"value": 3}).status_code == 403
    assert Feedback.objects.count() == 0


def test_feedback_is_one_tap_and_the_newest_holds(bernd: Client) -> None:
    for value in (3, 1):
        bernd.post(f"{PAGE}/rueckmeldung", {"value": value})
    assert [one.value for one in Feedback.objects.all()] == [1]
    assert 'value="1" aria-pressed="true"' in bernd.get(PAGE).content.decode()
    bernd.post(f"{PAGE}/rueckmeldung", {"value": 9})
    assert "Bitte wählen Sie eine der drei Antworten." in read(bernd)


def test_feedback_is_not_asked_before_the_session(conference: Conference, bernd: Client) -> None:
    asked = "Was hat Ihnen die Session gebracht?"
    assert asked in read(bernd)
    set_clock(conference, BEGUN.replace(hour=9))
    assert asked not in read(bernd)


def test_heads_counted_in_one_tap_reach_the_planner(conference: Conference, topic: Topic, host: Client) -> None:
    for count in (25, 24):
        assert host.post(f"{PAGE}/koepfe", {"count": count}).status_code == 302
    assert [(one.count, one.counted_by) for one in HeadCount.objects.all()] == [(25, "Ayşe"), (24, "Ayşe")]
    (known,) = problem_of(conference, now_slot=None, keep_current=True)["topics"]
    assert known["heads"] == 24
    assert "24 Personen waren hier" in read(host)


def test_heads_that_are_none_are_refused_with_the_reason(host: Client) -> None:
    for typed in ("-1", "5001", "viele", ""):
        host.post(f"{PAGE}/koepfe", {"count": typed})
        assert 'role="alert"' in host.get(PAGE).content.decode()
    assert HeadCount.objects.count() == 0


def test_guest_cannot_count_heads(bernd: Client) -> None:
    assert bernd.post(f"{PAGE}/koepfe", {"count": 5}).status_code == 403
    assert "Wie viele Personen sind hier?" not in read(bernd)


def test_author_takes_back_and_a_stranger_cannot(conference: Conference, bernd: Client) -> None:
    key = ask(bernd)
    dirk = sign_in(make_seat(conference, "Dirk"))
    assert dirk.post(f"{PAGE}/beitrag/{key}/verbergen").status_code == 403
    assert "Was kostet das?" in read(dirk)
    assert bernd.post(f"{PAGE}/beitrag/{key}/verbergen").status_code == 302
    assert "Was kostet das?" not in read(dirk)


def test_report_is_kept_once_and_the_desk_decides(conference: Conference, bernd: Client, host: Client) -> None:
    key = ask(bernd, "Kaufen Sie jetzt")
    for reason in ("Werbung", "Wirklich Werbung"):
        host.post(f"{PAGE}/beitrag/{key}", {"reason": reason})
    assert [one.reason for one in Report.objects.all()] == ["Werbung"]
    desk = sign_in_account(make_member(conference, Member.Role.MODERATOR))
    page = text_of(desk.get("/kogk18/regie/meldungen"))
    assert "Kaufen Sie jetzt" in page
    assert "Werbung" in page
    desk.post(f"/kogk18/regie/meldungen/{key}/verbergen")
    assert "Kaufen Sie jetzt" not in read(bernd)
    assert Report.objects.get().settled_at is not None
    desk.post(f"/kogk18/regie/meldungen/{key}/zeigen")
    assert "Kaufen Sie jetzt" in read(bernd)


def test_report_without_a_reason_says_what_is_missing(bernd: Client) -> None:
    key = ask(bernd)
    answer = bernd.post(f"{PAGE}/beitrag/{key}", {"reason": ""})
    assert answer.status_code == 422
    assert "Was stimmt damit nicht?" in text_of(answer)


def test_session_of_a_hidden_topic_has_no_page(topic: Topic, bernd: Client) -> None:
    Topic.objects.update(state=Topic.State.HIDDEN)
    with translation.override("de"):
        assert bernd.get(PAGE).status_code == 404
        assert bernd.post(f"{PAGE}/neu/frage", {"text": "Was?"}).status_code == 404
