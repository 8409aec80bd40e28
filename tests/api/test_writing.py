"""What programs with a key change: only what it allows, only here, and twice the same is once."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from offenraum.barcamp.models import Interest, Topic
from offenraum.conference.actions.tokens import end_token, issue_token
from offenraum.conference.models import ApiToken, Conference, Room
from tests.builders import close, open_a_round
from tests.day import NOON, make_conference, make_seats, make_topic, set_clock

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]
HERE = "/api/v1/conferences/kogk18"
TOPIC = {"title": "Offene Haushalte", "host_name": "Ayşe"}


@pytest.fixture
def conference() -> Conference:
    return set_clock(make_conference(), NOON)


@pytest.fixture
def key(conference: Conference) -> str:
    """A key for everything."""
    return issue_token(conference=conference, name="Tafel", scopes=ApiToken.Scope.values, now=NOON)


def send(key: str, method: str, path: str, body: Any = None, **headers: str) -> HttpResponse:
    call = getattr(Client(), method)
    asked = {"Authorization": f"Bearer {key}", **{name.replace("_", "-"): value for name, value in headers.items()}}
    answer: HttpResponse = call(path, body, content_type="application/json", headers=asked)
    return answer


def test_topic_with_the_same_key_is_brought_once(key: str) -> None:
    answers = [send(key, "post", f"{HERE}/topics", TOPIC, Idempotency_Key="a") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert [answer.json()["number"] for answer in answers] == [1, 1]
    assert send(key, "post", f"{HERE}/topics", TOPIC, Idempotency_Key="b").json()["number"] == 2


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"title": "ab"}, "new.title"), ({"host_name": "a\x00b"}, "new.host_name"), ({"length": 3}, "new.length"),
     ({"kind": "party"}, "new.kind")],
)
def test_wrong_value_is_named_and_nothing_is_kept(key: str, changes: dict[str, object], field: str) -> None:
    answer = send(key, "post", f"{HERE}/topics", TOPIC | changes)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, field)
    assert not Topic.objects.exists()


def test_interest_of_a_seat_counts_until_the_close(conference: Conference, key: str) -> None:
    topic, (seat,) = make_topic(conference), make_seats(conference, 1)
    round_ = open_a_round(conference, pitches=1)
    path = f"{HERE}/topics/{topic.number}/interest"
    assert send(key, "put", path, {"seat": seat.number, "weight": 2}).json()["weight"] == 2
    close(round_)
    answer = send(key, "put", path, {"seat": seat.number, "weight": 0})
    assert (answer.status_code, answer.json()["detail"]) == (409, "Die Abstimmung ist beendet.")
    assert Interest.objects.get().weight == 2


def test_placement_is_refused_where_the_program_has_not_seen_the_last_one(conference: Conference, key: str) -> None:
    topic, room = make_topic(conference), Room.objects.filter(conference=conference)[0]
    path, cell = f"{HERE}/topics/{topic.number}/placement", {"slot": 1, "room": room.pk}
    first = send(key, "put", path, cell)
    assert first.json() == {"topic": topic.number, "slot": 1, "room": room.pk, "version": 1}
    assert send(key, "put", path, cell | {"slot": 2}).status_code == 409
    assert send(key, "put", path, cell | {"slot": 2, "seen": 1}).json()["slot"] == 2
    assert send(key, "put", path, cell | {"slot": 99, "seen": 2}).status_code == 404


def test_one_check_in_wins_and_the_other_is_told_since_when(conference: Conference, key: str) -> None:
    (seat,) = make_seats(conference, 1, checked_in=False)
    answers = [send(key, "put", f"{HERE}/seats/{seat.number}/check-in").json() for _ in range(2)]
    assert [answer["is_new"] for answer in answers] == [True, False]
    assert answers[0]["checked_in_at"] == answers[1]["checked_in_at"]


def test_key_opens_only_what_it_was_made_for(conference: Conference) -> None:
    make_conference("fremd19")
    key = issue_token(conference=conference, name="Tafel", scopes=["check_in"], now=NOON)
    assert send(key, "post", f"{HERE}/topics", TOPIC).status_code == 403
    assert send(key, "put", "/api/v1/conferences/fremd19/seats/1/check-in").status_code == 404
    end_token(conference=conference, token=ApiToken.objects.get().pk, now=NOON)
    for wrong in (key, "", "x" * 300):
        answer = send(wrong, "post", f"{HERE}/topics", TOPIC)
        assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")
