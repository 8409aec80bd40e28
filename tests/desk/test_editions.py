from __future__ import annotations

import re

import pytest
from django.test import Client
from django.utils import translation

from offenraum.barcamp.actions.topics import hide_topic
from offenraum.barcamp.models import Topic
from offenraum.conference.models import Conference, Room, Slot
from offenraum.desk.queries.editions import published_of
from offenraum.programme.actions.draft import place_topic, remove_placement
from offenraum.programme.models import Edition
from tests.day import make_topics

PAGE = "/kogk18/regie/fassungen"


def put(topic: Topic, at: tuple[int, int], seen: int | None = None) -> None:
    slot, room = Slot.objects.get(number=at[0]), Room.objects.get(position=at[1])
    place_topic(topic=topic, slot=slot, room=room, seen=seen)


def text_of(client: Client) -> str:
    return " ".join(client.get(PAGE).content.decode().split())


def publish(client: Client, page: str) -> str:
    data = {name: re.search(rf'name="{name}" value="([^"]*)"', page)[1] for name in ("after", "seen")}  # type: ignore[index]
    return " ".join(client.post(f"{PAGE}/veroeffentlichen", data, follow=True).content.decode().split())


def sentences(page: str) -> list[str]:
    return re.findall(r"<li>([^<]*)</li>", page.partition('id="differences">')[2].partition("</ul>")[0])


@pytest.fixture
def two_editions(desk: Client, conference: Conference) -> Client:
    """Edition 1 with four sessions, and a draft that changes each kind of thing."""
    stays, moves, roams, goes, comes = make_topics(conference, 5)
    for topic, at in [(stays, (1, 1)), (moves, (1, 2)), (roams, (2, 2)), (goes, (2, 1))]:
        put(topic, at)
    assert "Edition 1 is on every screen." in publish(desk, text_of(desk))
    put(moves, (3, 2), seen=1)
    put(roams, (2, 3), seen=1)
    remove_placement(topic=goes, seen=1)
    put(comes, (2, 1))
    return desk


def test_preview_says_the_difference_in_sentences(two_editions: Client) -> None:
    page = text_of(two_editions)
    assert "Everybody sees edition 1 of 12:00. This would change:" in page
    assert sentences(page) == [
        "“Thema 2” moves from 13:00, Raum 2 to 15:00, Raum 2.",
        "“Thema 3” at 14:00 moves to another room: Raum 3 instead of Raum 2.",
        "“Thema 4” is no longer in the programme; it was at 14:00, Raum 1.",
        "New: “Thema 5”, 14:00, Raum 1.",
    ]


def test_second_edition_keeps_its_difference(two_editions: Client, conference: Conference) -> None:
    assert "Edition 2 is on every screen." in publish(two_editions, text_of(two_editions))
    assert "Everything is published" in text_of(two_editions)
    with translation.override("en"):
        second, first = published_of(conference)
    assert (second.edition.number, len(second.sentences), second.session_count) == (2, 4, 4)
    assert (first.edition.number, len(first.sentences), first.session_count) == (1, 4, 4)


def test_names_in_old_differences_are_todays(two_editions: Client, conference: Conference) -> None:
    publish(two_editions, text_of(two_editions))
    hide_topic(topic=Topic.objects.get(title="Thema 2"))
    Room.objects.filter(position=3).update(name="Foyer")
    page = text_of(two_editions)
    assert "Thema 2" not in page
    assert "Foyer instead of Raum 2" in page


def test_publish_refuses_a_draft_that_was_not_previewed(two_editions: Client) -> None:
    page = text_of(two_editions)
    put(Topic.objects.get(title="Thema 1"), (3, 3), seen=1)
    assert "Somebody else has just changed this." in publish(two_editions, page)
    assert Edition.objects.count() == 1


def test_publish_twice_publishes_once(desk: Client, conference: Conference) -> None:
    (topic,) = make_topics(conference, 1)
    put(topic, (1, 1))
    page = text_of(desk)
    publish(desk, page)
    publish(desk, page)
    assert Edition.objects.count() == 1


def test_empty_draft_has_nothing_to_publish(desk: Client, conference: Conference) -> None:
    assert "There is nothing to publish yet" in text_of(desk)


def test_draft_is_a_pdf(desk: Client, conference: Conference) -> None:
    answer = desk.get("/kogk18/regie/entwurf.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'inline; filename="draft-kogk18-1200.pdf"'
    assert answer.content.startswith(b"%PDF")
