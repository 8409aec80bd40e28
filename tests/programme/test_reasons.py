"""Reasons of published plans: found by the worker, told after the close, each row only to its seat."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone, translation

from offenraum.barcamp.models import Topic
from offenraum.conference.models import Conference, Room, Slot
from offenraum.kit.outbox import serve_one
from offenraum.live.models import StreamVersion
from offenraum.planner.canonical import digest
from offenraum.programme import tasks
from offenraum.programme.actions.draft import place_topic
from offenraum.programme.actions.editions import publish_edition
from offenraum.programme.models import OwnReasons, Reasons
from offenraum.programme.queries.reasons import may_tell, told_of
from offenraum.programme.queries.why import share_of, whole_of, why_of
from offenraum.programme.words import Called, missed_in_words, why_out
from offenraum.seats.models import Seat
from tests.builders import close, open_a_round
from tests.day import NOON, make_conference, make_seats, make_topics, vote

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english() -> object:
    with translation.override("en"), timezone.override("Europe/Berlin"):
        yield


@pytest.fixture
def conference() -> Conference:
    """Two rooms and one slot for three topics; twelve people want one, two and three of them."""
    conference = make_conference(slots=1, rooms=(40, 25))
    topics, seats = make_topics(conference, 3), make_seats(conference, 12)
    vote(topics[0], seats)
    vote(topics[1], seats[:9])
    vote(topics[2], seats[9:])
    close(open_a_round(conference))
    return conference


def put(conference: Conference, *titles: str) -> None:
    slot = Slot.objects.get(conference=conference, number=1)
    for room, title in zip(Room.objects.filter(conference=conference).order_by("position"), titles, strict=False):
        place_topic(topic=Topic.objects.get(conference=conference, title=title), slot=slot, room=room, seen=None)


def publish(conference: Conference, *titles: str) -> Reasons:
    """Publish these topics, and let the worker find the reasons."""
    put(conference, *titles)
    publish_edition(conference=conference, after=0, published_by="moderator", now=NOON)
    assert serve_one(tasks.EXPLAINING, worker="here:1", now=timezone.now)
    return Reasons.objects.get()


def topic(title: str) -> Topic:
    return Topic.objects.get(title=title)


def test_worker_finds_the_reasons_of_an_edition_and_announces_them(conference: Conference) -> None:
    reasons = publish(conference, "Thema 1", "Thema 2")
    assert (reasons.state, reasons.error) == (Reasons.State.DONE, "")
    assert reasons.told is not None
    assert "people" not in reasons.told["explanations"]
    assert reasons.told["engine"] == "given"
    assert reasons.told["bound"]["kind"] == "lp"
    assert OwnReasons.objects.count() == 12
    assert StreamVersion.objects.filter(scope=conference.slug, topic="reasons").exists()


def test_public_hash_is_that_of_the_salted_problem(conference: Conference) -> None:
    reasons = publish(conference, "Thema 1")
    assert reasons.problem is not None
    assert reasons.told is not None
    assert reasons.told["input_hash"] == digest(reasons.problem)
    assert reasons.problem["note"].startswith("salt ")
    unsalted = {name: value for name, value in reasons.problem.items() if name != "note"}
    assert digest(unsalted) != reasons.told["input_hash"]


def test_topic_that_is_out_says_why_and_what_is_missing(conference: Conference) -> None:
    publish(conference, "Thema 1", "Thema 2")
    why = why_of(conference, topic("Thema 3"), is_public=False)
    assert why is not None
    assert not why.is_in
    assert why.sentences == (
        "Its best place would be 13:00, Raum 1, instead of “Thema 1”.",
        "Nobody who voted would gain or lose a wish by that.",
    )
    assert [(warm.bar, warm.people, warm.is_here) for warm in why.slots] == [(0, "0 people", False)]


def test_topic_that_is_in_says_how_its_room_compares(conference: Conference) -> None:
    publish(conference, "Thema 1", "Thema 2")
    why = why_of(conference, topic("Thema 2"), is_public=True)
    assert why is not None
    assert why.is_in
    assert why.sentences[0].startswith("In Raum 2 there are 25 places; ")
    assert why.sentences[1].startswith("The next bigger room, Raum 1 (40), is used by “Thema 1”.")
    assert why.slots[0].is_here


def test_whole_plan_tells_quality_torn_pairs_groups_and_changes(conference: Conference) -> None:
    publish(conference, "Thema 1", "Thema 2")
    whole = whole_of(conference, is_public=True)
    assert whole is not None
    assert [(pair.titles, pair.people) for pair in whole.torn] == [("“Thema 1”, “Thema 2”", "9 people")]
    assert [one.topic.title for one in whole.left_out] == ["Thema 3"]
    assert whole.shares["group"] == 6
    assert (whole.log[0].edition.number, whole.log[0].moves) == (1, 0)
    assert whole.quality["people"] == 12


def test_seat_sees_its_own_row_and_no_other(conference: Conference) -> None:
    publish(conference, "Thema 1", "Thema 2")
    seats = {seat.pk: share_of(seat) for seat in Seat.objects.filter(conference=conference)}
    first = share_of(Seat.objects.filter(conference=conference)[0])
    assert first is not None
    assert first.percent == 100
    assert first.missed == ("“Thema 2” is at 13:00, at the same time as “Thema 1”.",)
    assert all(share and len(share.wishes) == 2 for share in seats.values())
    wished = {title for share in seats.values() if share for title, _ in share.wishes}
    assert wished == {"Thema 1", "Thema 2", "Thema 3"}


def test_small_groups_are_not_counted_in_public(conference: Conference) -> None:
    hidden = Called(titles={"1": "Eins"}, slots={}, rooms={}, is_public=True)
    assert [hidden.people(count) for count in (0, 1, 4, 5)] == [
        "0 people", "fewer than 5 people", "fewer than 5 people", "5 people",
    ]
    publish(conference, "Thema 1", "Thema 3")
    whole = whole_of(conference, is_public=True)
    assert whole is not None
    assert whole.torn[0].people == "fewer than 5 people"


def test_nothing_is_told_while_a_vote_is_open(conference: Conference, client: Client) -> None:
    round_ = open_a_round(conference)
    assert round_.is_running
    publish(conference, "Thema 1", "Thema 2")
    client.cookies["sprache"] = "en"
    assert not may_tell(conference)
    assert told_of(conference) is None
    assert whole_of(conference, is_public=True) is None
    assert why_of(conference, topic("Thema 3"), is_public=True) is None
    assert share_of(Seat.objects.filter(conference=conference)[0]) is None
    page = client.get(f"/{conference.slug}/programm/gruende").content.decode()
    assert "as soon as the vote is closed" in page
    assert "Thema 3" not in page
    close(round_)
    page = client.get(f"/{conference.slug}/programm/gruende").content.decode()
    assert "Why these topics are not in" in page


def test_page_says_when_there_is_nothing_yet(conference: Conference, client: Client) -> None:
    client.cookies["sprache"] = "en"
    address = f"/{conference.slug}/programm/gruende"
    assert "As soon as the programme is published" in client.get(address).content.decode()
    put(conference, "Thema 1")
    publish_edition(conference=conference, after=0, published_by="moderator", now=NOON)
    assert "are being worked out" in client.get(address).content.decode()
    assert serve_one(tasks.EXPLAINING, worker="here:1", now=timezone.now)
    page = client.get(address).content.decode()
    assert "This programme was made by hand." in page
    assert Reasons.objects.get().told["input_hash"] in page  # type: ignore[index]
    assert "seat-" not in page


def test_page_gives_no_figures_where_nobody_has_voted(client: Client) -> None:
    conference = make_conference(slots=1, rooms=(40, 25))
    make_topics(conference, 1)
    close(open_a_round(conference))
    client.cookies["sprache"] = "en"
    publish(conference, "Thema 1")
    page = client.get(f"/{conference.slug}/programm/gruende").content.decode()
    assert "Nobody has voted." in page
    assert "at least" not in page
    assert "People who get nothing" not in page


def test_second_edition_is_compared_with_the_first(conference: Conference) -> None:
    publish(conference, "Thema 1")
    slot, rooms = Slot.objects.get(), list(Room.objects.order_by("position"))
    place_topic(topic=topic("Thema 3"), slot=slot, room=rooms[1], seen=None)
    publish_edition(conference=conference, after=1, published_by="moderator", now=NOON)
    assert told_of(conference) is None
    assert serve_one(tasks.EXPLAINING, worker="here:1", now=timezone.now)
    whole = whole_of(conference, is_public=True)
    assert whole is not None
    assert [(one.edition.number, one.moves) for one in whole.log] == [(2, 1), (1, 0)]
    assert whole.quality["last"] is not None


@pytest.mark.parametrize(
    ("out", "words"),
    [
        ({"reason": "no_room_has_features", "rules": ["features"]},
         ["No time and room fit this topic, because of: what it needs in the room."]),
        ({"reason": "no_cell_fits", "rules": ["absences", "closed"]},
         ["No time and room fit this topic, because of: when its hosts are away, when rooms are closed."]),
        ({"reason": "no_cell_fits", "rules": []}, ["No time and room fit this topic."]),
        ({"reason": "conflicts", "topics": ["1"]},
         ["In every time that would fit, sessions that stay are in the way: “Eins”."]),
        ({"reason": "conflicts", "topics": []}, ["Sessions that stay are in the way in every time that would fit."]),
        ({"reason": "outvoted", "slot": "9", "room": "9", "instead_of": ["1"], "gain": 14, "lose": 23,
          "wishes_missing": 5, "even": False},
         ["Its best place would be ?, ?, instead of “Eins”.", "It would help 14 people; 23 people would lose a wish.",
          "5 more people who want it would make up for that."]),
        ({"reason": "hosts_would_lose", "slot": "9", "room": "9", "instead_of": [], "gain": 0, "lose": 1,
          "wishes_missing": None, "even": False},
         ["Its best place would be ?, ?, which is free.", "It would help 0 people; 1 person would lose a wish."]),
    ],
)
def test_every_reason_has_words(out: dict[str, object], words: list[str]) -> None:
    assert why_out(out, Called(titles={"1": "Eins"}, slots={}, rooms={}, is_public=False)) == words


@pytest.mark.parametrize(
    ("missed", "words"),
    [
        ({"why": "out"}, "“Eins” is not in the programme."),
        ({"why": "clash", "slot": "9", "instead": "2"}, "“Eins” is at ?, at the same time as “Zwei”."),
        ({"why": "full", "slot": "9", "alternative": "2"}, "“Eins” at ? is probably full. Instead: “Zwei”."),
        ({"why": "full", "slot": "9", "alternative": None}, "“Eins” at ? is probably full."),
        ({"why": "room", "slot": "9"}, "“Eins” at ? is in a room that lacks what you need."),
    ],
)
def test_every_missed_wish_has_words(missed: dict[str, object], words: str) -> None:
    called = Called(titles={"1": "Eins", "2": "Zwei"}, slots={}, rooms={}, is_public=True)
    assert missed_in_words(missed | {"topic": "1"}, called) == words


def test_server_never_loads_compiler_or_solver(tmp_path: Path) -> None:
    loaded = "import sys, json, django;django.setup(); import offenraum.project.asgi; print(json.dumps([*sys.modules]))"
    environment = {"DJANGO_SETTINGS_MODULE": "offenraum.project.settings", "OFFENRAUM_DATA": str(tmp_path)}
    told = subprocess.run([sys.executable, "-c", loaded], env=environment, check=True, capture_output=True, text=True)
    assert not {"numba", "highspy", "numpy"} & set(json.loads(told.stdout))
