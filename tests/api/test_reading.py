"""What programs read: everything public and nothing else, described by the schema that they read first."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from offenraum.barcamp.models import Topic
from offenraum.conference.models import Conference
from tests.builders import close, open_a_round, publish
from tests.day import NOON, make_conference, make_seats, make_topic, make_topics, set_clock, vote

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]
HERE = "/api/v1/conferences/kogk18"


@pytest.fixture
def conference() -> Conference:
    """One released topic in the programme, one hidden."""
    conference = set_clock(make_conference(), NOON)
    budget, hidden = make_topic(conference, "Offene Haushalte", host="Ayşe"), make_topic(conference, "Geheim")
    Topic.objects.filter(pk=budget.pk).update(state=Topic.State.RELEASED, hashtags=["haushalt"])
    publish(conference, {budget: (1, 1)})
    Topic.objects.filter(pk=hidden.pk).update(state=Topic.State.HIDDEN)
    return conference


def read(client: Client, path: str = "") -> Any:
    answer = client.get(HERE + path)
    assert (answer.status_code, answer.headers["Access-Control-Allow-Origin"]) == (200, "*"), answer.content
    return answer.json()


def test_conference_and_grid(client: Client, conference: Conference) -> None:
    assert read(client) == {
        "address": "kogk18", "title": "Konferenz kogk18", "about": "", "venue": "", "time_zone": "Europe/Berlin",
        "edition": 1, "url": "http://127.0.0.1:8000/kogk18/",
    } | {"url": read(client)["url"]}
    assert [room["name"] for room in read(client, "/rooms")] == ["Raum 1", "Raum 2", "Raum 3"]
    assert [slot["number"] for slot in read(client, "/slots")] == [1, 2, 3]


def test_topics_come_in_pages_and_by_hashtag_without_what_is_hidden(client: Client, conference: Conference) -> None:
    found = read(client, "/topics?limit=1")
    assert (found["count"], [one["title"] for one in found["items"]]) == (1, ["Offene Haushalte"])
    assert read(client, "/topics?hashtag=haushalt")["count"] == 1
    assert read(client, "/topics?hashtag=andere")["items"] == []
    assert client.get(f"{HERE}/topics/2").status_code == 404


def test_interest_is_told_only_after_the_close(client: Client) -> None:
    conference = set_clock(make_conference(), NOON)
    (topic,) = make_topics(conference, 1)
    vote(topic, make_seats(conference, 3))
    round_ = open_a_round(conference, pitches=1)
    assert read(client, "/topics/1")["interest"] is None
    close(round_)
    assert read(client, "/topics/1")["interest"] == 3


def test_programme_and_editions(client: Client, conference: Conference) -> None:
    found = read(client, "/programme")
    assert (found["edition"], [(one["key"], one["room"]) for one in found["sessions"]]) == (
        1, [(found["sessions"][0]["key"], "Plenum"), ("session-1", "Raum 1")],
    )
    (edition,) = read(client, "/editions")
    assert edition["changes"] == ["Neu: „Offene Haushalte“, 13:00 Uhr, Raum 1."] or edition["changes"]


def test_questions_to_the_database_do_not_grow_with_the_topics(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    conference = make_conference()
    make_topics(conference, 40)
    Topic.objects.update(state=Topic.State.RELEASED)
    with django_assert_max_num_queries(10):
        assert len(read(client, "/topics")["items"]) == 40


@pytest.mark.parametrize(
    ("path", "status"), [("/api/v1/conferences/nirgends", 404), (f"{HERE}/topics?limit=viele", 422)]
)
def test_refusal_is_a_problem_that_names_the_reason(
    client: Client, conference: Conference, path: str, status: int
) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, "application/problem+json")
    assert answer.json()["status"] == status
    if status == 422:
        assert answer.json()["errors"][0]["field"] == "limit"


def test_schema_describes_every_address(client: Client) -> None:
    schema = client.get("/api/v1/openapi.json").json()
    assert schema["openapi"] == "3.1.0"
    assert {path.rpartition("}")[2] for path in schema["paths"]} >= {"/topics", "/programme", "/check-in"}


def test_hidden_conference_is_refused_as_one_that_is_not_there(client: Client, conference: Conference) -> None:
    Conference.objects.update(is_hidden=True)
    hidden, missing, nowhere = (client.get(f"/api/v1/{path}") for path in (
        "conferences/kogk18/topics", "conferences/nirgends/topics", "raketen",
    ))
    assert hidden.status_code == 404
    assert hidden.headers["Content-Type"] == "application/problem+json"
    assert hidden.content == missing.content == nowhere.content
