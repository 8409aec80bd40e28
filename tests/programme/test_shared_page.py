"""The programme page of visitors: rendered once, yet never old and never somebody else's."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from offenraum.barcamp.actions.topics import hide_topic
from offenraum.conference.models import Conference
from offenraum.live import shared
from tests.builders import make_browser, publish
from tests.day import NOON, make_conference, make_topics, set_clock

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
PAGE = "/kogk18/programm"


@pytest.fixture
def conference() -> Conference:
    conference = set_clock(make_conference(), NOON)
    first, second = make_topics(conference, 2)
    publish(conference, {first: (1, 1), second: (1, 2)})
    return conference


def visitor(**options: bool) -> Client:
    """A browser that has been here before: who sends no cookie at all needs no token."""
    browser = Client(**options)
    browser.cookies["frueher"] = "1"
    return browser


def html(browser: Client, language: str = "de") -> str:
    return browser.get(PAGE, headers={"accept-language": language}).content.decode()


def token(page: str) -> str:
    (found,) = re.findall(r'name="csrfmiddlewaretoken" value="(\w{64})"', page)
    return str(found)


def test_page_is_rendered_once_and_each_visitor_has_an_own_token_and_the_time_of_now(conference: Conference) -> None:
    one, other = html(visitor()), html(visitor())
    held = len(shared.PAGES.held)
    assert token(one) != token(other)
    assert [re.sub(rf'{token(page)}|data-now="\d{{13}}"', "", page) for page in (one, other)].count(
        re.sub(rf'{token(one)}|data-now="\d{{13}}"', "", one)
    ) == 2
    assert re.search(r'data-now="\d{13}"', other)
    assert shared.TOKEN not in other
    with CaptureQueriesContext(connection) as asked:
        html(visitor())
    assert (len(asked), len(shared.PAGES.held)) == (2, held)


def test_form_of_a_kept_page_is_taken_with_its_token(conference: Conference) -> None:
    for browser in (visitor(enforce_csrf_checks=True) for _ in range(2)):
        sent = {"csrfmiddlewaretoken": token(html(browser)), "topic": 1}
        answer = browser.post(f"{PAGE}/1/merken", sent)
        assert (answer.status_code, "/platz" in answer.headers["Location"]) == (302, True)


def test_what_changes_is_on_the_page_at_once(conference: Conference) -> None:
    (first, *_) = conference.topics.order_by("number")
    assert first.title in html(visitor())
    hide_topic(topic=first)
    assert first.title not in html(visitor())
    Conference.objects.update(short_title="Umbenannt")
    assert "Umbenannt" in html(visitor())


def test_page_speaks_the_language_of_who_asks(conference: Conference) -> None:
    assert ['lang="de"' in html(visitor()), 'lang="en"' in html(visitor(), "en"), 'lang="de"' in html(visitor())] == [
        True, True, True,
    ]


def test_who_has_a_seat_gets_an_own_page(conference: Conference) -> None:
    html(visitor())
    bernd = make_browser(conference)
    bernd.post(f"{PAGE}/1/merken", {"topic": 1})
    pressed = 'aria-pressed="true"'
    assert (pressed in html(bernd), pressed in html(visitor())) == (True, False)


def test_session_page_is_kept_until_somebody_writes(conference: Conference) -> None:
    page = "/kogk18/session/1"
    assert Client().get(page).status_code == 200
    held = len(shared.PAGES.held)
    assert (Client().get(page).status_code, len(shared.PAGES.held)) == (200, held)
    make_browser(conference).post(f"{page}/neu/frage", {"text": "Was kostet das?", "key": str(uuid4())})
    assert "Was kostet das?" in Client().get(page).content.decode()
