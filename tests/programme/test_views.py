"""Keeping sessions of the published programme: the answers to a script, to a plain form and to strangers."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from offenraum.barcamp.actions.topics import hide_topic
from offenraum.conference.models import Conference
from offenraum.programme.models import Bookmark
from tests.builders import make_browser, publish
from tests.day import NOON, make_conference, make_topics, set_clock

pytestmark = pytest.mark.django_db
JSON = {"accept": "application/json"}
BUTTON = 'data-vote="{topic}" data-weight="1" aria-pressed="true"'


@pytest.fixture
def conference() -> Conference:
    """Two topics, both in the published programme."""
    conference = set_clock(make_conference(), NOON)
    first, second = make_topics(conference, 2)
    publish(conference, {first: (1, 1), second: (1, 2)})
    return conference


@pytest.fixture
def bernd(conference: Conference) -> Client:
    return make_browser(conference)


def keep(browser: Client, number: int, **values: object) -> tuple[int, object]:
    answer = browser.post(f"/kogk18/programm/{number}/merken", values, headers=JSON)
    return answer.status_code, json.loads(answer.content)


def kept() -> list[tuple[int, bool]]:
    return list(Bookmark.objects.order_by("topic").values_list("topic__number", "is_kept"))


def test_session_is_kept_and_taken_out_by_a_script(bernd: Client) -> None:
    assert keep(bernd, 1, weight=1) == (200, {"weight": 1})
    assert keep(bernd, 1, weight=1) == (200, {"weight": 1})
    assert keep(bernd, 2, weight=1) == (200, {"weight": 1})
    assert keep(bernd, 2, weight=0) == (200, {"weight": 0})
    assert kept() == [(1, True), (2, False)]


def test_session_is_kept_and_taken_out_by_a_form_in_turn(bernd: Client) -> None:
    for state in (True, False, True):
        answer = bernd.post("/kogk18/programm/1/merken", {"topic": 1}, headers={"referer": "http://x/kogk18/programm"})
        assert answer.headers["Location"].startswith("/kogk18/programm#p")
        assert kept() == [(1, state)]
    answer = bernd.post("/kogk18/programm/1/merken", {"kept": "0"}, headers={"referer": "http://x/kogk18/mein-plan"})
    assert answer.headers["Location"] == "/kogk18/mein-plan#thema-1"
    assert kept() == [(1, False)]


def test_own_sessions_are_painted_by_the_server_and_told_to_the_script(conference: Conference, bernd: Client) -> None:
    keep(bernd, 2, weight=1)
    topic = Bookmark.objects.get().topic_id
    page = bernd.get("/kogk18/programm").content.decode()
    assert page.count('aria-pressed="true"') == page.count(BUTTON.format(topic=topic)) == 1
    standing = bernd.get("/kogk18/programm/stand.json")
    assert "no-store" in standing.headers["Cache-Control"]
    assert {name: value for name, value in standing.json().items() if name != "csrf"} == {
        "seat": 1, "interests": {str(topic): 1}
    }


def test_stranger_is_asked_to_sign_in_and_keeps_nothing(conference: Conference) -> None:
    dirk = Client(headers={"accept-language": "de"})
    assert keep(dirk, 1, weight=1) == (403, {"error": "Bitte melden Sie sich zuerst mit Ihrem Ausweis an."})
    assert dirk.post("/kogk18/programm/1/merken").headers["Location"].startswith("/kogk18/platz?next=")
    assert dirk.get("/kogk18/programm/stand.json").json()["seat"] is None
    assert kept() == []


def test_hidden_session_cannot_be_kept(conference: Conference, bernd: Client) -> None:
    hide_topic(topic=conference.topics.get(number=1))
    assert bernd.post("/kogk18/programm/1/merken", {"weight": 1}, headers=JSON).status_code == 404
