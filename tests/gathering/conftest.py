"""A published session that has begun, and the people around it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from offenraum.barcamp.models import Topic
from offenraum.conference.models import Conference
from offenraum.seats.actions.keys import NewSeat
from tests.builders import make_seat, publish, sign_in
from tests.day import NOON, make_conference, make_topic, set_clock

BEGUN = NOON + timedelta(minutes=65)


@pytest.fixture
def conference() -> Conference:
    return set_clock(make_conference(), BEGUN)


@pytest.fixture
def ayse(conference: Conference) -> NewSeat:
    """The host."""
    return make_seat(conference, "Ayşe")


@pytest.fixture
def topic(conference: Conference, ayse: NewSeat) -> Topic:
    topic = make_topic(conference, "Offene Haushalte", seat=ayse.seat, host="Ayşe")
    publish(conference, {topic: (1, 1)})
    return topic


@pytest.fixture
def host(ayse: NewSeat, topic: Topic) -> Client:
    return sign_in(ayse)


@pytest.fixture
def bernd(conference: Conference, topic: Topic) -> Client:
    return sign_in(make_seat(conference, "Bernd"))
