"""Regions and streams of a conference that is not published: there for nobody but who was given a token."""

from __future__ import annotations

import time

import pytest

from offenraum.live.tokens import token_for
from offenraum.website.actions.contents import publish_conference
from tests.day import make_conference
from tests.live.servers import SCOPE, RunningServer, change

pytestmark = pytest.mark.postgres
KEY = f"{SCOPE}/board/de/0"
ADDRESSES = [f"/frag/{KEY}", f"/live/versions?key={KEY}", f"/live/stream?key={KEY}"]


def asked(server: RunningServer, ending: str = "") -> list[int]:
    found = []
    for address in ADDRESSES:
        with server.raw(f"{address}{'&' if '?' in address else '?'}{ending}", {}) as answer:
            found.append(answer.status_code)
    return found


def test_hidden_conference_answers_as_if_there_were_none(server: RunningServer) -> None:
    conference = make_conference(SCOPE)
    assert asked(server) == [200, 200, 200]
    publish_conference(conference=conference, is_public=False)
    assert asked(server) == [404, 404, 404]
    change("board")
    assert asked(server) == [404, 404, 404]
    publish_conference(conference=conference, is_public=True)
    assert asked(server) == [200, 200, 200]


def test_who_runs_a_hidden_conference_sees_it_with_a_token(server: RunningServer) -> None:
    publish_conference(conference=make_conference(SCOPE), is_public=False)
    token = token_for([KEY], time.time())
    assert server.get(f"/frag/{KEY}?token={token}").status_code == 200
    assert server.get(f"/live/versions?token={token}").status_code == 200
    assert server.get(f"/frag/{SCOPE}/plenum/de/0?token={token}").status_code == 403


def test_hiding_ends_the_streams_of_guests_and_no_others(server: RunningServer) -> None:
    conference = make_conference(SCOPE)
    token = token_for([KEY], time.time())
    with server.stream({"key": KEY}) as guest, server.stream({"token": token}) as organiser:
        guest.next("beat")
        organiser.next("beat")
        publish_conference(conference=conference, is_public=False)
        change("board")
        with pytest.raises(EOFError):
            guest.next("region")
        assert organiser.next("region").region["html"] == "<p>board 2</p>"
