"""The programme of visitors without cookies: answered in front of Django, never old, never personal."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import connection

from offenraum.barcamp.actions.topics import hide_topic
from offenraum.conference.models import Conference
from offenraum.project.asgi import Application
from offenraum.website.actions.contents import publish_conference
from tests.builders import publish
from tests.day import NOON, make_conference, make_topics, set_clock
from tests.live.servers import RunningServer, running

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
PAGE = "/kogk18/programm"


@pytest.fixture
def conference() -> Conference:
    """Two published topics, and a clock that shows the real time."""
    conference = make_conference()
    first, second = make_topics(conference, 2)
    publish(conference, {first: (1, 1), second: (1, 2)})
    return conference


@pytest.fixture
def app() -> Application:
    return Application(settings.OPTIONS)


@pytest.fixture
def server(conference: Conference, app: Application) -> Iterator[RunningServer]:
    with running(app) as server:
        yield server


@pytest.mark.parametrize("page", [PAGE, "/kogk18/session/1"])
def test_page_is_kept_without_a_cookie_and_known_by_its_tag(
    server: RunningServer, app: Application, page: str
) -> None:
    first = server.get(page)
    again = server.get(page, headers={"if-none-match": first.headers["etag"]})
    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
    assert "set-cookie" not in first.headers
    assert "csrfmiddlewaretoken" not in first.text
    assert first.headers["vary"] == "accept-encoding, accept-language, cookie, sec-fetch-site, sec-fetch-dest"
    assert len(app.documents.kept) == 1
    assert server.get(page).text == first.text


def test_first_page_of_a_browser_is_kept_apart_since_it_brings_its_styles(
    server: RunningServer, app: Application
) -> None:
    opened = {"sec-fetch-site": "none", "sec-fetch-dest": "document"}
    pages = [server.get(PAGE, headers=headers) for headers in (opened, {}, opened, {"sec-fetch-site": "same-origin"})]
    assert ["<style>" in page.text for page in pages] == [True, False, True, False]
    assert ["sha256" in page.headers["content-security-policy"] for page in pages] == [True, False, True, False]
    assert len({page.headers["etag"] for page in pages}) == len(app.documents.kept) == 2


@pytest.mark.parametrize("headers", [{"cookie": "sitzung=x"}, {"cookie": "sprache=en"}])
def test_browser_with_a_cookie_is_answered_by_django(
    server: RunningServer, app: Application, headers: dict[str, str]
) -> None:
    assert server.get(PAGE, headers=headers).status_code == 200
    assert server.get(f"{PAGE}?lang=en").headers["set-cookie"].startswith("sprache=en")
    assert app.documents.kept == {}


def test_each_language_has_its_own(server: RunningServer) -> None:
    pages = [server.get(PAGE, headers={"accept-language": language}).text for language in ("de", "en", "de")]
    assert [page.partition('<html lang="')[2][:2] for page in pages] == ["de", "en", "de"]


def test_change_is_seen_at_once(server: RunningServer, conference: Conference) -> None:
    (first, _second) = conference.topics.order_by("number")
    assert first.title in server.get(PAGE).text
    hide_topic(topic=first)
    connection.close()
    assert first.title not in server.get(PAGE).text
    publish_conference(conference=conference, is_public=False)
    assert server.get(PAGE).status_code == 404
    publish_conference(conference=conference, is_public=True)
    assert server.get(PAGE).status_code == 200


def test_shifted_clock_is_told_anew_each_time(server: RunningServer, app: Application, conference: Conference) -> None:
    set_clock(conference, NOON)
    assert "data-now" in server.get(PAGE).text
    assert app.documents.kept == {}


def test_stranger_without_cookies_is_led_to_sign_in_and_one_with_a_cookie_needs_the_token(
    server: RunningServer,
) -> None:
    sent = server.post(f"{PAGE}/1/merken", data={"topic": "1"})
    assert (sent.status_code, sent.headers["location"].startswith("/kogk18/platz")) == (302, True)
    refused = server.post(f"{PAGE}/1/merken", data={"topic": "1"}, headers={"cookie": "sitzung=x"})
    assert refused.status_code == 403
