"""Typing ballots with a helper's key: one line, Enter; what is wrong is named and stays in the field."""

from __future__ import annotations

import re
import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.http import HttpResponse
from django.test import Client

from offenraum.barcamp.models import Ballot, Round
from offenraum.barcamp.queries.ballots import ballots_of, numbers_on
from offenraum.conference.actions.team import issue_helper_key
from offenraum.conference.models import Conference
from tests.builders import close, make_seat, open_a_round
from tests.day import NOON, make_seats, make_topics

PAGE = "/kogk18/regie/stimmzettel"
LATER = datetime.now(UTC) + timedelta(days=4000)


@pytest.fixture
def going(conference: Conference) -> Round:
    make_topics(conference, 4)
    make_seats(conference, 12)
    return open_a_round(conference)


@pytest.fixture
def hedi(conference: Conference) -> Client:
    """The browser of a helper, which reads English."""
    browser = Client()
    key = issue_helper_key(conference=conference, name="Hedi", expires_at=LATER, now=NOON)
    assert browser.post(f"/kogk18/regie/helfen/{key}").status_code == 302
    browser.cookies["sprache"] = "en"
    return browser


def typed(browser: Client, line: str, key: uuid.UUID | None = None) -> HttpResponse:
    return browser.post(f"{PAGE}/tippen", {"line": line, "key": str(key or uuid.uuid4())}, follow=True)


def kept(round_: Round) -> dict[int, list[int]]:
    return {ballot.seat.number: numbers_on(ballot) for ballot in ballots_of(round_)}


def test_ballot_is_kept_and_counted_on_the_page(hedi: Client, going: Round) -> None:
    page = typed(hedi, "12: 3 1").content.decode()
    assert "Ballot 12: 2 topics." in page
    assert "1 ballot is in" in page
    assert kept(going) == {12: [1, 3]}
    assert Ballot.objects.get().typed_by == "Hedi"


def test_page_gives_a_new_key_each_time_and_enter_twice_keeps_one_ballot(hedi: Client, going: Round) -> None:
    pages = [hedi.get(PAGE).content.decode() for _ in range(2)]
    first, second = (re.findall(r'name="key" value="([^"]+)"', page) for page in pages)
    assert first != second
    for _ in range(2):
        assert typed(hedi, "12: 3", uuid.UUID(first[0])).status_code == 200
    assert kept(going) == {12: [3]}


@pytest.mark.parametrize(("line", "words"), [
    ("12 3", "Please type the number of the ballot, a colon and the topics, for example 12: 3 7 19."),
    ("", "Please type the number of the ballot, a colon and the topics."),
    ("12: 3 7 3", "No. 3 is there twice."),
    ("12: 3 drei", "“drei” is no number."),
    ("12:", "There is no topic after the number of the ballot."),
    ("99: 3", "There is no seat with the number 99."),
    ("12: 3 77 78", "Nos. 77, 78 are not up for the vote."),
    ("12! 3", "There is no ballot to take back or to correct."),
    ("-", "There is no ballot to take back or to correct."),
    ("5: 1", "Ballot 5 is in already: 2, 4 (Hedi, 12:00). To correct it, type an exclamation mark after its number"),
])
def test_line_that_is_wrong_is_explained_and_stays_in_the_field(
    hedi: Client, going: Round, line: str, words: str
) -> None:
    typed(hedi, "5: 2 4")
    if line == "-":
        typed(hedi, "-")
    before = kept(going)
    answer = typed(hedi, line)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert f'value="{line}"' in page or not line
    assert "<title>Error:" in page.replace("\n", "")
    assert kept(going) == before


def test_correction_and_taking_back_by_keyboard(hedi: Client, going: Round) -> None:
    typed(hedi, "5: 2 4")
    typed(hedi, "5! 1")
    assert kept(going) == {5: [1]}
    assert "Ballot 5 has been taken back." in typed(hedi, "-").content.decode()
    assert kept(going) == {5: [2, 4]}


def test_ballot_of_who_is_not_checked_in_is_kept_and_said(hedi: Client, conference: Conference, going: Round) -> None:
    late = make_seat(conference, "Clara", checked_in=False).seat
    page = typed(hedi, f"{late.number}: 1").content.decode()
    assert "This seat has not checked in yet" in page
    assert kept(going) == {late.number: [1]}


def test_ballot_without_a_running_vote_is_refused_and_stays_typed(hedi: Client, going: Round) -> None:
    close(going)
    answer = typed(hedi, "5: 2")
    assert answer.status_code == 422
    assert "No vote is running." in answer.content.decode()
    assert 'value="5: 2"' in answer.content.decode()


def test_helper_may_watch_the_ballots_and_no_more(hedi: Client, going: Round) -> None:
    allowed = {name: hedi.get(f"/kogk18/regie/strom?key=kogk18/{name}/en/0").status_code
               for name in ("desk-ballots", "desk-hands", "desk-count", "desk-board")}
    assert allowed == {"desk-ballots": 200, "desk-hands": 200, "desk-count": 404, "desk-board": 404}
