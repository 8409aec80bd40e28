from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from offenraum.conference.models import Conference, Wall
from tests.builders import open_a_round, publish, text_of
from tests.day import NOON, make_topic, make_topics, set_clock

PAGE = "/kogk18/regie/leinwaende"
pytestmark = [pytest.mark.postgres, pytest.mark.django_db]


@pytest.fixture
def published(conference: Conference) -> Conference:
    """Sessions at 13, 14 and 15 o'clock, and a round that is running."""
    topics = make_topics(conference, 3)
    publish(conference, {topic: (number, 1) for number, topic in enumerate(topics, 1)}, now=NOON)
    open_a_round(conference, pitches=1)
    return set_clock(conference, NOON + timedelta(minutes=65))


def shown(desk: Client, number: int) -> str:
    return text_of(desk.get(f"/kogk18/leinwand/{number}"))


def test_wall_that_nobody_has_set_follows_the_day(desk: Client, published: Conference) -> None:
    assert "Pitch 1 of 3" in shown(desk, 1)
    assert "Pitch 1 of 3" in shown(desk, 7)


def test_each_wall_shows_what_was_chosen(desk: Client, published: Conference) -> None:
    desk.post(f"{PAGE}/2", {"content": "now", "metres": "4"})
    desk.post(f"{PAGE}/3", {"content": "programme", "metres": "2"})
    desk.post(f"{PAGE}/4", {"content": "topics", "metres": "2.5"})
    assert "Thema 1" in shown(desk, 2)
    assert "Thema 2" in shown(desk, 2)
    assert "Thema 3" not in shown(desk, 2)
    assert "Thema 3" in shown(desk, 3)
    assert "3 topics" in shown(desk, 4)
    assert "Pitch 1 of 3" in shown(desk, 1)
    assert list(Wall.objects.values_list("number", "content")) == [(2, "now"), (3, "programme"), (4, "topics")]


def test_width_of_the_picture_reaches_an_open_wall(desk: Client, published: Conference) -> None:
    desk.post(f"{PAGE}/2", {"content": "now", "metres": "4"})
    assert 'data-wall-width="4"' in desk.get("/kogk18/leinwand/2").content.decode()
    assert 'data-wall-width="3"' in desk.get("/kogk18/leinwand/1").content.decode()


def test_hashtags_stand_large_and_the_most_used_first(desk: Client, published: Conference) -> None:
    for title, tags in (("Offene Daten", ["opendata"]), ("Geodaten", ["geo", "opendata"])):
        topic = make_topic(published, title)
        topic.hashtags = tags
        topic.save()
    desk.post(f"{PAGE}/1", {"content": "topics", "metres": "3"})
    assert "#opendata 2 Topics #geo 1 Topics" in shown(desk, 1)
    assert shown(desk, 1).count("No. ") == 5


def test_wall_of_the_market_invites_while_it_knows_no_stand(desk: Client, published: Conference) -> None:
    desk.post(f"{PAGE}/2", {"content": "market", "metres": "3"})
    assert "On the market" in shown(desk, 2)
    assert "#opendata" not in shown(desk, 2)


@pytest.mark.parametrize(("field", "value"), [("metres", "0"), ("metres", "x"), ("metres", ""), ("content", "tv")])
def test_setting_that_is_wrong_is_named(desk: Client, published: Conference, field: str, value: str) -> None:
    answer = desk.post(f"{PAGE}/1", {"content": "now", "metres": "3"} | {field: value})
    assert (answer.status_code, Wall.objects.count()) == (422, 0)
    assert desk.post(f"{PAGE}/99", {"content": "now", "metres": "3"}).status_code == 404
