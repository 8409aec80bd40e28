from __future__ import annotations

import json
from typing import Any

import pytest

from offenraum.planner.document import problem_document
from offenraum.planner.problem import BrokenInput, Cell
from offenraum.planner.reading import read_json, read_problem
from tests.planner.problems import Document, document, topics

BROKEN: list[tuple[Document, str, str]] = [
    ({"slots": []}, "slots", "must not be empty: without them there is nothing to plan"),
    ({"rooms": []}, "rooms", "must not be empty: without them there is nothing to plan"),
    ({"slots": None}, "slots", "must be a list, not null"),
    (
        {"slots": [{"id": "a", "start": "2018-09-04T10:00:00", "minutes": 45}]},
        "slots[0].start",
        "'2018-09-04T10:00:00' has no offset from UTC (such as +02:00)",
    ),
    ({"slots": [{"id": "a", "start": "ten", "minutes": 45}]}, "slots[0].start", "'ten' is not an ISO 8601 time"),
    ({"slots": [{"id": "a", "start": "2018-09-04T10:00:00Z"}]}, "slots[0].minutes", "is missing"),
    (
        {"slots": [{"id": "a", "start": "2018-09-04T10:00:00Z", "minutes": 45, "follows": "b"}]},
        "slots[0].follows",
        "'b' is not the id of any earlier slot",
    ),
    ({"rooms": [{"id": "hall", "places": -1}]}, "rooms[0].places", "must be from 0 to 1000000, not -1"),
    ({"rooms": [{"id": "hall", "places": True}]}, "rooms[0].places", "must be a whole number, not true or false"),
    (
        {"rooms": [{"id": "hall", "places": 3.5}]},
        "rooms[0].places",
        "must be a whole number, not a number with a fraction",
    ),
    ({"rooms": [{"id": "", "places": 3}]}, "rooms[0].id", "must have 1 to 200 characters"),
    ({"rooms": [{"id": "a", "places": 3}, {"id": "a", "places": 4}]}, "rooms[1].id", "'a' is also the id of rooms[0]"),
    ({"rooms": [{"id": "a", "places": 3, "closed": ["noon"]}]}, "rooms[0].closed", "'noon' is not the id of any slot"),
    ({"topics": topics(maps={"length": 3})}, "topics[1].length", "must be from 1 to 2, not 3"),
    ({"topics": topics(maps={"hosts": ["zoe"]})}, "topics[1].hosts", "'zoe' is not the id of any host"),
    ({"topics": topics(maps={"hosts": ["tea", "tea"]})}, "topics[1].hosts", "names 'tea' twice"),
    ({"topics": topics(maps={"pin": {"slot": "noon"}})}, "topics[1].pin.slot", "'noon' is not the id of any slot"),
    (
        {"topics": topics(maps={"pin": {"slot": "ten", "room": "roof"}})},
        "topics[1].pin.room",
        "'roof' is not the id of any room",
    ),
    (
        {"topics": topics(maps={"resources": ["camera"]})},
        "topics[1].resources",
        "'camera' is not the id of any resource",
    ),
    ({"topics": topics(maps={"lenght": 2})}, "topics[1].lenght", "is not a field of this format"),
    ({"people": [{"id": "ayse", "wishes": {"beer": 3}}]}, "people[0].wishes", "'beer' is not the id of any topic"),
    ({"people": [{"id": "ayse", "wishes": {"bees": 4}}]}, "people[0].wishes.bees", "must be from 1 to 3, not 4"),
    ({"people": [{"id": "ayse", "wishes": ["bees"]}]}, "people[0].wishes", "must be an object, not a list"),
    ({"hosts": [{"id": "bees", "person": "zoe"}]}, "hosts[0].person", "'zoe' is not the id of any person"),
    ({"apart": [["bees"]]}, "apart[0]", "must name two different topics"),
    ({"apart": [["bees", "beer"]]}, "apart[0]", "'beer' is not the id of any topic"),
    ({"now": "noon"}, "now", "'noon' is not the id of any slot"),
    ({"current": {"bees": {"slot": "ten", "room": "roof"}}}, "current.bees.room", "'roof' is not the id of any room"),
    (
        {"current": {"bees": {"slot": "ten", "room": "hall"}, "tea": {"slot": "ten", "room": "hall"}}, "now": "eleven"},
        "current.tea",
        "'hall' already holds 'bees' in 'ten'",
    ),
    ({"seats": 3}, "seats", "is not a field of this format"),
]


@pytest.mark.parametrize(
    ("changes", "field", "reason"), BROKEN, ids=[f"{field}:{reason[:20]}" for _, field, reason in BROKEN]
)
def test_read_problem_names_the_broken_field_and_the_reason(changes: Document, field: str, reason: str) -> None:
    with pytest.raises(BrokenInput) as broken:
        read_problem(document(**changes))
    assert (broken.value.field, broken.value.reason) == (field, reason)


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        (b"", "is not JSON: Expecting value in line 1"),
        (b"[1, 2]", "must be an object, not a list"),
        (b'{"slots": NaN}', "holds NaN, which is not a JSON number"),
        (b'{"now": 1, "now": 2}', "names 'now' twice"),
        (b"\xff\xff", "is not UTF-8 text (byte 0)"),
        (b'{"now": "\\ud800"}', "holds half a character (a lone surrogate)"),
        (b"[" * 100_000, "is nested too deeply"),
    ],
)
def test_read_json_refuses_what_is_no_problem(source: bytes, reason: str) -> None:
    with pytest.raises(BrokenInput) as broken:
        read_json(source)
    assert (broken.value.field, broken.value.reason) == ("problem", reason)


def test_read_problem_reads_every_field() -> None:
    read = read_problem(document(current={"bees": {"slot": "ten", "room": "hall"}}, now="eleven"))
    assert read.current == {"bees": Cell("ten", "hall")}
    assert [slot.follows for slot in read.slots] == [None, "ten"]
    assert read.people[0].wishes == {"bees": 3, "maps": 2}


def test_labels_for_people_are_allowed_and_left_aside() -> None:
    labelled: Any = topics(bees={"title": "Stadtbienen", "level": "Einstieg"})
    assert read_problem(document(topics=labelled)).topics == read_problem(document()).topics


def test_the_hash_is_the_one_of_the_file_however_it_is_laid_out() -> None:
    one = read_json(json.dumps(document(), indent=4))
    other = read_json(json.dumps(document(), sort_keys=True))
    assert one.source_hash == other.source_hash
    assert read_json(json.dumps(document(now="ten"))).source_hash != one.source_hash


def test_a_written_problem_reads_back_as_itself() -> None:
    problem = read_problem(document(current={"tea": {"slot": "ten", "room": "nook"}}))
    again = read_problem(problem_document(problem))
    assert problem_document(again) == problem_document(problem)
