"""The desk's page of prints: what it offers, what it refuses with the reason."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.test import Client
from pypdf import PdfReader

from offenraum.conference.models import Conference, Member
from tests.builders import publish, text_of
from tests.day import NOON, make_conference, make_member, make_seats, make_topics, set_clock
from tests.people.sign_in import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def conference() -> Conference:
    conference = set_clock(make_conference(), NOON)
    make_topics(conference, 2)
    make_seats(conference, 3)
    return conference


@pytest.fixture
def ayse(conference: Conference) -> Client:
    return sign_in(make_member(conference, Member.Role.MODERATOR))


def pages(browser: Client, address: str) -> int:
    answer = browser.get(f"/kogk18/regie/drucke/{address}")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    return len(PdfReader(BytesIO(answer.content)).pages)


def test_prints_of_an_edition(conference: Conference, ayse: Client) -> None:
    first, second = conference.topics.all()
    publish(conference, {first: (1, 1)})
    publish(conference, {second: (2, 2)})
    page = ayse.get("/kogk18/regie/drucke").content.decode()
    assert 'href="/kogk18/regie/drucke/raeume.pdf?seit=1"' in page
    sheets = ["plan-a1.pdf", "plan-a3.pdf", "liste.pdf", "raeume.pdf", "raeume.pdf?seit=1", "karten.pdf"]
    assert [pages(ayse, sheet) for sheet in sheets] == [1, 1, 1, 3, 1, 2]


def test_without_an_edition_the_desk_learns_why(conference: Conference, ayse: Client) -> None:
    answer = ayse.get("/kogk18/regie/drucke/liste.pdf", follow=True)
    assert "Es gibt nichts zu drucken" in text_of(answer)


def test_ballots_are_made_for_a_range_or_to_be_copied(conference: Conference, ayse: Client) -> None:
    assert pages(ayse, "stimmzettel.pdf?first=1&last=3") == 3
    assert pages(ayse, "stimmzettel.pdf?first=2&last=2&large=on") == 1
    assert pages(ayse, "stimmzettel.pdf") == 1


@pytest.mark.parametrize(
    ("asked", "reason"),
    [("first=1", "Bis Platz: Bitte geben Sie beide Nummern an"), ("first=3&last=1", "höchstens 500 Plätzen"),
     ("first=1&last=501", "höchstens 500 Plätzen"), ("first=a&last=2", "Von Platz"), ("first=-1&last=2", "Von Platz")],
)
def test_range_that_is_none_is_refused_with_the_field(conference: Conference, ayse: Client, asked: str, reason: str
) -> None:
    answer = ayse.get(f"/kogk18/regie/drucke/stimmzettel.pdf?{asked}")
    assert answer.status_code == 422
    assert reason in text_of(answer)


def test_paper_that_is_none_is_not_found(conference: Conference, ayse: Client) -> None:
    assert ayse.get("/kogk18/regie/drucke/plan-a7.pdf").status_code == 404
