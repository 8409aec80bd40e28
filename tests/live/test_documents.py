"""Public files are kept as long as nothing changes, and only those that pages allow."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from offenraum.live.bus import LocalBus
from offenraum.live.delivery import DirectDelivery
from offenraum.live.documents import Documents, is_document
from offenraum.live.http import Receive, Scope, Send
from offenraum.live.hub import Hub
from offenraum.live.publisher import Publisher

pytestmark = pytest.mark.django_db


class Pages:
    """A server of pages behind; says what its answers depend on and counts how often it is asked."""

    def __init__(self, depends: str = "kogk18 programme", status: int = 200) -> None:
        self.depends, self.status, self.asked = depends, status, 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.asked += 1
        assert not any(name in {b"cookie", b"if-none-match"} for name, _value in scope["headers"])
        headers = [(b"ETag", b'"3.programme"'), (b"Set-Cookie", b"sprache=de"), (b"X-Depends", self.depends.encode())]
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        await send({"type": "http.response.body", "body": b"whole ", "more_body": True})
        await send({"type": "http.response.body", "body": b"file"})


@pytest.fixture
def publisher() -> Publisher:
    made = Publisher(Hub(DirectDelivery), LocalBus())
    made.table.scopes.add("kogk18")
    return made


Answer = tuple[int, bytes, dict[bytes, bytes]]


def ask(app: Documents, *, query: bytes = b"", **headers: str) -> Answer:
    sent: list[dict[str, Any]] = []

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    listed = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    scope = {
        "type": "http", "method": "GET", "path": "/kogk18/export/schedule.xml", "query_string": query,
        "headers": listed,
    }
    asyncio.run(app(scope, receive, send))
    body = b"".join(message.get("body", b"") for message in sent)
    return sent[0]["status"], body, dict(sent[0]["headers"])


def test_file_is_asked_for_once_and_then_kept(publisher: Publisher) -> None:
    pages = Pages()
    app = Documents(publisher, pages)
    answers = [ask(app, cookie="sitzung=geheim") for _ in range(3)]
    assert [(status, body) for status, body, _headers in answers] == [(200, b"whole file")] * 3
    assert not {b"set-cookie", b"x-depends"} & answers[0][2].keys()
    assert pages.asked == 1


def test_question_that_means_nothing_does_not_have_the_file_written_anew(publisher: Publisher) -> None:
    pages = Pages()
    app = Documents(publisher, pages)
    assert [ask(app, query=query)[1] for query in (b"", b"x", b"x=1&y=2", b"lang=xx")] == [b"whole file"] * 4
    assert pages.asked == 1
    ask(app, query=b"lang=en")
    assert pages.asked == 2


def test_who_has_it_is_told_so_without_asking_again(publisher: Publisher) -> None:
    pages = Pages()
    app = Documents(publisher, pages)
    assert ask(app, if_none_match='"3.programme"')[:2] == (304, b"")
    assert ask(app, if_none_match='W/"3.programme", "x"')[:2] == (304, b"")
    assert ask(app, if_none_match='"2.programme"')[:2] == (200, b"whole file")
    assert pages.asked == 1


def test_any_change_makes_it_ask_again(publisher: Publisher) -> None:
    pages = Pages()
    app = Documents(publisher, pages)
    ask(app)
    publisher.table.doubt([("kogk18", "programme")])
    ask(app)
    ask(app)
    assert pages.asked == 3, "what is in doubt must not be kept"


@pytest.mark.parametrize(("depends", "status"), [("", 200), ("fremd19 programme", 200), ("kogk18 programme", 404)])
def test_answer_that_pages_do_not_allow_is_passed_on(publisher: Publisher, depends: str, status: int) -> None:
    pages = Pages(depends, status)
    app = Documents(publisher, pages)
    assert {ask(app)[:2] for _ in range(2)} == {(pages.status, b"whole file")}
    assert pages.asked == 2


class Team(Pages):
    """Pages of a conference that only its team may see."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        has_cookie = (b"cookie", b"sitzung=team") in scope["headers"]
        assert (await receive())["type"] == "http.request"
        await send({"type": "http.response.start", "status": 200 if has_cookie else 404, "headers": []})
        await send({"type": "http.response.body", "body": b"for the team" if has_cookie else b""})


def test_file_of_a_hidden_conference_goes_to_its_team_and_is_not_kept(publisher: Publisher) -> None:
    app = Documents(publisher, Team())
    seen = [ask(app, cookie=cookie)[:2] for cookie in ("sitzung=team", "sitzung=fremd", "", "sitzung=team")]
    assert seen == [(200, b"for the team"), (404, b""), (404, b""), (200, b"for the team")]
    assert app.kept == {}


@pytest.mark.parametrize(
    ("path", "expected"),
    [("/kogk18/export/schedule.xml", True), ("/kogk18/export", True), ("/export/x", False),
     ("/kogk18/themen/export", False)],
)
def test_path_says_whether_a_file_is_asked_for(path: str, expected: bool) -> None:
    assert is_document(path) == expected
