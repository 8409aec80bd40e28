"""Merging at the desk: what is alike, side by side, together, apart."""

from __future__ import annotations

import pytest
from django.test import Client

from offenraum.barcamp.models import Merge, Topic
from offenraum.barcamp.queries import tallies
from offenraum.conference.models import Conference
from tests.builders import text_of
from tests.day import make_seats, make_topic, vote

PAGE = "/kogk18/regie/zusammenlegen"


@pytest.fixture
def topics(conference: Conference) -> list[Topic]:
    """Two with similar words, two with the same voters, one of its own."""
    titles = ["Offene Daten im Rathaus", "Daten öffnen im Rathaus", "Pegel am Fluss", "Chatbot", "Haushalt"]
    made = [make_topic(conference, title) for title in titles]
    seats = make_seats(conference, 8)
    for topic, voters in zip(made, (seats[:3], seats[2:5], seats[:6], seats[:5], seats[7:]), strict=True):
        vote(topic, voters)
    return made


def test_page_suggests_similar_words_and_shared_voters(desk: Client, topics: list[Topic]) -> None:
    page = text_of(desk.get(PAGE))
    assert "1 Offene Daten im Rathaus 2 Daten öffnen im Rathaus similar words Compare" in page
    assert "3 Pegel am Fluss 4 Chatbot 5 of 6 people want both Compare" in page
    assert "Haushalt" not in page


def test_two_topics_stand_side_by_side_with_votes_and_what_would_come_of_it(desk: Client, topics: list[Topic]) -> None:
    page = text_of(desk.get(f"{PAGE}/1/2"))
    assert "Together 5 people by phone or ballot, 1 of them for both" in page
    assert page.count("3 together: 3 by phone, 0 by ballot, 0 more by hand") == 2
    assert page.index("Merge, keep the card of No. 1") < page.index("Merge, keep the card of No. 2")


def test_merge_and_separate(desk: Client, conference: Conference, topics: list[Topic]) -> None:
    before = tallies(conference)
    answer = desk.post(f"{PAGE}/tun", {"topic": 2, "into": 1}, follow=True)
    assert "“Daten öffnen im Rathaus” is part of “Offene Daten im Rathaus” now." in text_of(answer)
    assert tallies(conference)[topics[0].pk].named == 5
    assert Merge.objects.get().done_by == "Ayse"
    answer = desk.post(f"{PAGE}/{Merge.objects.get().pk}/trennen", follow=True)
    assert "are two topics again" in text_of(answer)
    assert tallies(conference) == before


def test_merge_with_a_withdrawn_topic_names_it(desk: Client, topics: list[Topic]) -> None:
    Topic.objects.filter(number=2).update(state=Topic.State.WITHDRAWN)
    answer = desk.post(f"{PAGE}/tun", {"topic": 2, "into": 1}, follow=True)
    assert "No. 2, “Daten öffnen im Rathaus”, is no longer there: Withdrawn." in text_of(answer)
    assert "Only topics that are up for the vote can be merged." in text_of(desk.get(f"{PAGE}/1/2"))
    assert not Merge.objects.exists()


def test_separating_twice_is_refused(desk: Client, topics: list[Topic]) -> None:
    desk.post(f"{PAGE}/tun", {"topic": 2, "into": 1})
    for expected in ("are two topics again", "Somebody else has already decided this."):
        assert expected in text_of(desk.post(f"{PAGE}/{Merge.objects.get().pk}/trennen", follow=True))


@pytest.mark.parametrize(("typed", "words"), [
    ({"topic": "1", "into": "99"}, "There is no topic with this number."),
    ({"topic": "1", "into": "1"}, "Please choose two different topics."),
    ({"topic": "x", "into": "2"}, "Enter a whole number."),
])
def test_numbers_that_are_no_two_topics_are_explained(
    desk: Client, topics: list[Topic], typed: dict[str, str], words: str
) -> None:
    answer = desk.get(PAGE, typed)
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert f'value="{typed["topic"]}"' in answer.content.decode()


def test_numbers_of_two_topics_lead_to_the_comparison(desk: Client, topics: list[Topic]) -> None:
    assert desk.get(PAGE, {"topic": 1, "into": 3}).headers["Location"] == f"{PAGE}/1/3"
    assert desk.get(f"{PAGE}/1/1").status_code == 404
    assert desk.get(f"{PAGE}/1/99999999999999999999").status_code == 404
