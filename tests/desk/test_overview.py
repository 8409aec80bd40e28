from __future__ import annotations

import pytest
from django.test import Client

from offenraum.barcamp.actions import rounds
from offenraum.conference.models import Conference, Room, Slot, Wall
from offenraum.desk.queries.overview import overview_of
from offenraum.programme.actions.draft import place_topic
from offenraum.programme.actions.editions import publish_edition
from tests.day import NOON, fresh, make_seats, make_topics


def page_of(conference: Conference) -> str:
    return overview_of(conference).step.page


def test_next_step_follows_the_day(conference: Conference) -> None:
    assert page_of(conference) == "seats"
    make_seats(conference, 3)
    assert page_of(conference) == "round"
    (topic,) = make_topics(conference, 1)
    round_ = rounds.plan_round(conference=conference)
    rounds.open_round(round_=round_, version=1, now=NOON)
    assert overview_of(conference).standing.waiting == 1
    rounds.next_pitch(round_=fresh(round_), version=2, now=NOON)
    rounds.last_call(round_=fresh(round_), version=3, minutes=5, now=NOON)
    assert page_of(conference) == "close"
    rounds.close_round(round_=fresh(round_), version=4, now=NOON)
    assert page_of(conference) == "proposal"
    place_topic(topic=topic, slot=Slot.objects.get(number=1), room=Room.objects.get(position=1), seen=None)
    assert page_of(conference) == "editions"
    publish_edition(conference=conference, after=0, published_by="moderator", now=NOON)
    assert page_of(conference) == "day"


def test_overview_leads_to_every_screen(desk: Client, conference: Conference) -> None:
    make_seats(conference, 2)
    page = desk.get("/kogk18/regie/").content.decode()
    assert 'href="/kogk18/leinwand/1"' in page
    assert page.count('href="/kogk18/tuer/') == 6
    assert page.count('.png"') == 3
    Wall.objects.create(conference=conference, number=4, metres=3)
    assert 'href="/kogk18/leinwand/4"' in desk.get("/kogk18/regie/").content.decode()
    assert "data:image/svg+xml" in page
    assert "2 of 2 seats checked in" in page
    assert "/regie/team" not in page


@pytest.mark.parametrize("path", ["", "runde", "plan", "vorschlag", "fassungen", "plaetze"])
def test_each_page_of_the_desk_has_one_heading_and_one_main_button(
    desk: Client, conference: Conference, path: str
) -> None:
    page = desk.get(f"/kogk18/regie/{path}").content.decode()
    assert page.count("<h1") == 1
    assert page.count("kern-btn--primary") <= 1
