"""Hosts make one session of two topics on their phones; old addresses lead on."""

from __future__ import annotations

import pytest
from django.test import Client

from offenraum.barcamp.actions.merging import merge_topics
from offenraum.barcamp.models import Merge, Topic
from offenraum.conference.models import Conference
from offenraum.seats.models import Seat
from tests.builders import make_seat, sign_in, text_of
from tests.day import NOON, make_conference, make_topic, set_clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def conference() -> Conference:
    return set_clock(make_conference(), NOON)


@pytest.fixture
def bernd(conference: Conference) -> Client:
    return host_of(conference, "Bernd", "Offene Daten im Rathaus")


@pytest.fixture
def clara(conference: Conference, bernd: Client) -> Client:
    return host_of(conference, "Clara", "Daten öffnen im Rathaus")


def host_of(conference: Conference, name: str, title: str) -> Client:
    new = make_seat(conference, name)
    make_topic(conference, title, seat=new.seat, host=name)
    browser = sign_in(new)
    browser.cookies["sprache"] = "en"
    return browser


def states() -> list[str]:
    return list(Topic.objects.order_by("number").values_list("state", flat=True))


def test_host_asks_and_the_other_agrees(bernd: Client, clara: Client) -> None:
    assert "These topics are similar." in text_of(clara.get("/kogk18/themen/2"))
    clara.post("/kogk18/themen/2/zusammenlegen", {"other": 1})
    assert "You have asked the host of No. 1" in text_of(clara.get("/kogk18/themen/2"))
    page = text_of(bernd.get("/kogk18/themen/1"))
    assert "The host of No. 2, “Daten öffnen im Rathaus”, would like to give one session with you." in page
    bernd.post("/kogk18/themen/1/antworten", {"merge": Merge.objects.get().pk, "agrees": "1"})
    assert states() == ["released", "merged"]
    assert "Bernd, Clara" in text_of(bernd.get("/kogk18/themen/1"))


def test_host_who_says_no_changes_nothing(bernd: Client, clara: Client) -> None:
    clara.post("/kogk18/themen/2/zusammenlegen", {"other": 1})
    bernd.post("/kogk18/themen/1/antworten", {"merge": Merge.objects.get().pk, "agrees": "0"})
    assert states() == ["released", "released"]
    answer = bernd.post("/kogk18/themen/1/antworten", {"merge": Merge.objects.get().pk, "agrees": "1"})
    assert answer.status_code == 404


def test_who_asked_cannot_answer(bernd: Client, clara: Client) -> None:
    clara.post("/kogk18/themen/2/zusammenlegen", {"other": 1})
    answer = clara.post("/kogk18/themen/2/antworten", {"merge": Merge.objects.get().pk, "agrees": "1"})
    assert answer.status_code == 409
    assert states() == ["released", "released"]


def test_old_address_leads_to_the_session_and_says_so(conference: Conference, bernd: Client, clara: Client) -> None:
    one, two = Topic.objects.order_by("number")
    merge_topics(topic=two, into=one, done_by="Ayse", now=NOON)
    answer = Client().get("/kogk18/themen/2", headers={"accept-language": "en"}, follow=True)
    assert answer.redirect_chain == [("/kogk18/themen/1?von=2", 302)]
    assert "No. 2, “Daten öffnen im Rathaus”, is part of this session now." in text_of(answer)
    assert Client().get("/kogk18/themen/1?von=99999999999999999999").status_code == 200


def test_either_host_can_separate_again(conference: Conference, bernd: Client, clara: Client) -> None:
    one, two = Topic.objects.order_by("number")
    merge_topics(topic=two, into=one, done_by="Ayse", now=NOON)
    assert "With No. 2, “Daten öffnen im Rathaus”" in text_of(clara.get("/kogk18/themen/1"))
    clara.post("/kogk18/themen/1/trennen", {"merge": Merge.objects.get().pk})
    assert states() == ["released", "released"]
    assert [host.name for host in one.hosts.all()] == ["Bernd"]


def test_host_of_a_merged_topic_withdraws_only_the_own_one(
    conference: Conference, bernd: Client, clara: Client
) -> None:
    one, two = Topic.objects.order_by("number")
    merge_topics(topic=two, into=one, done_by="Ayse", now=NOON)
    clara.post("/kogk18/themen/1/zurueckziehen")
    assert states() == ["released", "withdrawn"]


def test_page_of_a_host_says_nothing_about_votes(conference: Conference, bernd: Client, clara: Client) -> None:
    before = text_of(bernd.get("/kogk18/themen/1"))
    for seat in Seat.objects.all():
        Topic.objects.get(number=2).interests.create(seat=seat, weight=1, key="0" * 32, shown_at=NOON, changed_at=NOON)
    assert text_of(bernd.get("/kogk18/themen/1")) == before
