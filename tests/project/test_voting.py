"""Votes on the event loop: what is plainly right is stored at once, everything else is answered by Django as ever."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.test import override_settings
from django.urls import reverse

from offenraum.barcamp.models import Interest, Topic
from offenraum.kit import group_commit
from offenraum.live.http import Receive, Scope, Send
from offenraum.project.guard import BodyGuard, Limits
from offenraum.project.voting import ADDRESS, Voting
from offenraum.project.wsgi import Pages
from offenraum.seats.actions.devices import sign_in
from tests.builders import close, make_seat, new_key, open_a_round
from tests.day import NOON, make_conference, make_topics, set_clock
from tests.faults.stage import voter
from tests.live.servers import RunningServer, running

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(bool(settings.OPTIONS.database), reason="PostgreSQL groups commits itself: all go the long way"),
]
FORM = "application/x-www-form-urlencoded"


class Recorded:
    """Django's pages, and how often they were asked."""

    def __init__(self) -> None:
        self.pages = Pages(WSGIHandler(), threads=2)
        self.count = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.count += 1
        await self.pages(scope, receive, send)


@dataclass
class Hall:
    """A round with two topics, a server, and Bernd's phone."""

    server: RunningServer
    recorded: Recorded
    topics: list[Topic]
    seat: Any
    phone: dict[str, Any]

    def vote(
        self, *, number: int = 1, slug: str = "kogk18", query: str = "", headers: dict[str, str] | None = None,
        **fields: str,
    ) -> tuple[int, str, int]:
        """Status, text, and how often Django was asked for it."""
        before = self.recorded.count
        answer = self.server.post(
            f"/{slug}/themen/{number}/interesse{query}", data={"weight": "1"} | fields,
            headers=self.plain() | (headers or {}),
        )
        return answer.status_code, answer.text, self.recorded.count - before

    def plain(self) -> dict[str, str]:
        return {
            "Accept": "application/json", "Content-Type": FORM, "Origin": self.server.url, "Accept-Language": "de",
            "Cookie": f"sitzung={self.phone['cookie']}", "X-CSRFToken": self.phone["csrf"],
        }


@pytest.fixture
def hall() -> Iterator[Hall]:
    conference = set_clock(make_conference("kogk18"), NOON)
    topics = make_topics(conference, 2)
    new, recorded = make_seat(conference, "Bernd"), Recorded()
    group_commit.start()
    with override_settings(ALLOWED_HOSTS=["127.0.0.1"]), running(BodyGuard(Voting(recorded), Limits())) as server:
        yield Hall(server, recorded, topics, new.seat, voter(new))
    group_commit.stop()


def rows() -> list[tuple[int, int]]:
    return list(Interest.objects.order_by("topic").values_list("topic__number", "weight"))


def test_plain_vote_is_stored_without_django_and_a_retry_counts_once(hall: Hall) -> None:
    key = str(new_key())
    answers = [hall.vote(weight="2", key=key) for _ in range(2)]
    answers.append(hall.vote(number=2, key=str(new_key())))
    assert answers == [(200, '{"weight": 2}', 0)] * 2 + [(200, '{"weight": 1}', 0)]
    assert rows() == [(1, 2), (2, 1)]


def test_vote_whose_right_is_not_proven_is_refused_by_django(hall: Hall) -> None:
    wrong = [
        {"X-CSRFToken": "x" * 64}, {"X-CSRFToken": ""}, {"Origin": "https://evil.example"},
        {"Cookie": "sitzung=forged"}, {"Cookie": ""}, {"Host": "evil.example"},
    ]
    answers = [hall.vote(headers=changed, key=str(new_key()))[::2] for changed in wrong]
    assert (answers, rows()) == ([(403, 1)] * 5 + [(400, 1)], [])


def test_vote_that_cannot_count_is_refused_in_words_and_languages(hall: Hall) -> None:
    key = str(new_key())
    assert [hall.vote(number=99, key=key)[::2], hall.vote(slug="other", key=key)[::2]] == [(409, 1), (404, 1)]
    assert hall.vote(weight="3", key=key)[::2] == (422, 1)
    close(open_a_round(hall.topics[0].conference))
    assert hall.vote(key=key) == (409, '{"error": "Die Abstimmung ist beendet.", "reason": "round_closed"}', 1)
    english = hall.vote(key=key, headers={"Accept-Language": "en"})
    assert english == (409, '{"error": "The vote is over.", "reason": "round_closed"}', 1)
    sign_in(seat=hall.seat, now=NOON)
    assert hall.vote(key=key)[::2] == (403, 1)
    assert rows() == []


def test_vote_of_another_form_goes_the_long_way(hall: Hall) -> None:
    key = str(new_key())
    assert hall.vote(key=key, headers={"Accept": "text/html"})[::2] == (302, 1)
    assert hall.vote(key=key, query="?lang=en")[::2] == (200, 1)
    assert hall.vote(number=2)[::2] == (200, 1)
    assert hall.vote(number=2, key=key, padding="x" * 2000)[::2] == (200, 1)
    group_commit.stop()
    assert hall.vote(number=2, key=key, weight="2")[::2] == (200, 1)
    assert rows() == [(1, 1), (2, 2)]


def test_address_is_the_one_of_the_page() -> None:
    found = ADDRESS.fullmatch(reverse("topic_interest", args=["kogk18", 12]))
    assert found is not None
    assert found.groups() == ("kogk18", "12")
