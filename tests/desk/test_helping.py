from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from offenraum.barcamp.models import HandCount
from offenraum.conference.actions.team import issue_helper_key
from offenraum.conference.models import Conference
from tests.builders import open_a_round
from tests.day import NOON, make_seats, make_topics

DESK = "/kogk18/regie"


@pytest.fixture
def helper(client: Client, conference: Conference) -> Client:
    """A browser with a helper's key; it reads English."""
    key = issue_helper_key(
        conference=conference, name="Hedi", expires_at=NOON + timedelta(hours=9), now=NOON
    )
    client.cookies["sprache"] = "en"
    client.post(f"{DESK}/helfen/{key}")
    return client


def test_helper_finds_what_helpers_do(helper: Client, conference: Conference) -> None:
    page = helper.get(f"{DESK}/").content.decode()
    assert "Check people in" in page
    assert "Type counted hands" in page
    assert f'href="{DESK}/runde"' not in page


def test_helper_types_hands_for_the_topic_on_stage(helper: Client, conference: Conference) -> None:
    make_topics(conference, 2)
    round_ = open_a_round(conference, pitches=1)
    assert "Thema 1" in helper.get(f"{DESK}/haende").content.decode()
    assert round_.current
    answer = helper.post(f"{DESK}/runde/haende", {"topic": round_.current.topic_id, "hands": "~10"}, follow=True)
    assert answer.redirect_chain == [(f"{DESK}/haende", 302)]
    assert (HandCount.objects.get().count, HandCount.objects.get().counted_by) == (10, "Hedi")
    wrong = helper.post(f"{DESK}/runde/haende", {"topic": round_.current.topic_id, "hands": "viele"})
    assert wrong.status_code == 422
    assert 'value="viele"' in wrong.content.decode()


def test_helper_checks_in_but_makes_no_badges(helper: Client, conference: Conference) -> None:
    (seat,) = make_seats(conference, 1, checked_in=False)
    helper.post(f"{DESK}/plaetze/1/da")
    seat.refresh_from_db()
    assert seat.is_checked_in
    assert "Make badges" not in helper.get(f"{DESK}/plaetze").content.decode()
    assert helper.post(f"{DESK}/plaetze/schilder", {"last": 1, "count": 1}).status_code == 403


def test_helper_gets_no_stream_of_the_tally(helper: Client, conference: Conference) -> None:
    allowed = helper.get(f"{DESK}/strom", {"key": "kogk18/desk-hands/en/0"})
    refused = helper.get(f"{DESK}/strom", {"key": ["kogk18/desk-hands/en/0", "kogk18/desk-count/en/0"]})
    assert (allowed.status_code, refused.status_code) == (200, 404)
