from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from offenraum.barcamp.actions.topics import hide_topic, withdraw_topic
from offenraum.barcamp.models import Topic
from offenraum.conference.models import Conference
from offenraum.programme.actions.draft import remove_placement
from offenraum.programme.models import Edition, Placement
from offenraum.programme.queries.published import own_topics
from tests.builders import make_seat, publish, sign_in, text_of
from tests.day import NOON, make_conference, make_topics, set_clock, vote

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]
ONE, TWO, THREE = NOON, NOON + timedelta(minutes=20), NOON + timedelta(minutes=100)


@pytest.fixture
def conference() -> Conference:
    """Edition 1 at 12:00 with topics 1 and 2; edition 2 at 12:20 moves topic 1 and brings topic 3."""
    conference = make_conference()
    one, two, three = make_topics(conference, 3)
    publish(conference, {one: (1, 1), two: (2, 1)}, now=ONE)
    remove_placement(topic=one, seen=Placement.objects.get(topic=one).version)
    publish(conference, {one: (3, 1), three: (1, 2)}, now=TWO)
    return set_clock(conference, TWO + timedelta(minutes=5))


def browser_of(conference: Conference, *wanted: int) -> Client:
    new = make_seat(conference)
    for number in wanted:
        vote(Topic.objects.get(conference=conference, number=number), [new.seat])
    assert len(own_topics(new.seat)) == len(wanted)
    return sign_in(new)


@pytest.mark.parametrize("page", ["jetzt", "mein-plan"])
def test_change_of_the_own_plan_comes_first(conference: Conference, page: str) -> None:
    shown = text_of(browser_of(conference, 1).get(f"/kogk18/{page}"))
    own, _what, others = shown.partition("Was sich sonst geändert hat (1)")
    assert "Für Sie geändert „Thema 1“ wechselt von 13:00, Raum 1 nach 15:00, Raum 1." in own
    assert "Neu: „Thema 3“, 13:00, Raum 2." in others
    assert "Fassung 2 · 12:20" in others


def test_who_is_not_concerned_reads_only_that_something_changed(conference: Conference) -> None:
    shown = text_of(browser_of(conference, 2).get("/kogk18/jetzt"))
    assert "Für Sie geändert" not in shown
    assert "Was sich geändert hat (2)" in shown


def test_news_are_old_after_an_hour(conference: Conference) -> None:
    set_clock(conference, TWO + timedelta(minutes=61))
    assert "geändert" not in text_of(browser_of(conference, 1).get("/kogk18/jetzt"))


def test_two_editions_within_an_hour_are_told_as_one_difference(conference: Conference) -> None:
    (topic,) = Topic.objects.filter(number=3)
    remove_placement(topic=topic, seen=Placement.objects.get(topic=topic).version)
    publish(conference, {}, now=TWO + timedelta(minutes=4))
    shown = text_of(browser_of(conference, 3, 1).get("/kogk18/jetzt"))
    assert "Thema 3" not in shown.partition("Für Sie geändert")[2].partition("Jetzt und als Nächstes")[0]


def test_withdrawn_session_is_named_to_those_who_wanted_it(conference: Conference) -> None:
    client = browser_of(conference, 2)
    withdraw_topic(topic=Topic.objects.get(number=2))
    publish(conference, {}, now=TWO + timedelta(minutes=4))
    assert "„Thema 2“ ist nicht mehr im Programm" in text_of(client.get("/kogk18/jetzt"))


def test_hidden_session_is_not_named(conference: Conference) -> None:
    client = browser_of(conference, 2)
    hide_topic(topic=Topic.objects.get(number=2))
    publish(conference, {}, now=TWO + timedelta(minutes=4))
    assert "Thema 2" not in text_of(client.get("/kogk18/jetzt"))


def test_anybody_sees_every_edition_and_the_difference_of_two(conference: Conference) -> None:
    client = Client(headers={"accept-language": "de"})
    listed = text_of(client.get("/kogk18/programm/fassungen"))
    assert "Fassung 2 · 12:20 3 Sessions Fassung 1 · 12:00 2 Sessions" in listed
    first = text_of(client.get("/kogk18/programm/fassungen/1"))
    assert "Dies ist eine frühere Fassung. Es gilt Fassung 2." in first
    assert "13:00–13:45 Raum 1: Thema 1" in first
    back = text_of(client.get("/kogk18/programm/fassungen/1?seit=2"))
    assert "„Thema 1“ wechselt von 15:00, Raum 1 nach 13:00, Raum 1." in back
    assert client.get("/kogk18/programm/fassungen/3").status_code == 404


@pytest.mark.parametrize("path", ["programm", "mein-plan", "leinwand/1", "tuer/{room}", "programm/fassungen/2"])
def test_same_number_and_time_stand_on_every_screen(conference: Conference, path: str) -> None:
    client = browser_of(conference, 1)
    room = conference.rooms.first()
    assert room is not None
    assert "Fassung 2 · 12:20" in text_of(client.get(f"/kogk18/{path.format(room=room.pk)}"))
    assert Edition.objects.count() == 2
