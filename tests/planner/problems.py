"""Small problems to test with: documents as people would write them, and random ones for properties."""

from __future__ import annotations

import copy
from typing import Any

from hypothesis import strategies as st

from offenraum.planner.problem import Problem
from offenraum.planner.reading import read_problem

Document = dict[str, Any]

MORNING: Document = {
    "slots": [
        {"id": "ten", "start": "2018-09-04T10:00:00+02:00", "minutes": 45, "follows": None},
        {"id": "eleven", "start": "2018-09-04T10:45:00+02:00", "minutes": 45, "follows": "ten"},
    ],
    "rooms": [
        {"id": "hall", "places": 30, "features": ["beamer"], "closed": []},
        {"id": "nook", "places": 2, "features": [], "closed": []},
    ],
    "topics": [{"id": name, "hosts": [name], "length": 1} for name in ("bees", "maps", "wifi", "tea")],
    "hosts": [{"id": name} for name in ("bees", "maps", "wifi", "tea")],
    "people": [
        {"id": "ayse", "wishes": {"bees": 3, "maps": 2}},
        {"id": "bernd", "wishes": {"bees": 3, "wifi": 3}},
        {"id": "clara", "wishes": {"maps": 1, "wifi": 2}},
        {"id": "dirk", "wishes": {}},
    ],
    "apart": [],
    "current": None,
    "now": None,
}


def document(**changes: Any) -> Document:
    """The morning with some fields replaced."""
    return copy.deepcopy(MORNING) | changes


def problem(**changes: Any) -> Problem:
    return read_problem(document(**changes))


def topic(name: str, **changes: Any) -> Document:
    """A topic of the morning with some fields replaced."""
    return {"id": name, "hosts": [name], "length": 1} | changes


def topics(**changed: Document) -> list[Document]:
    """The topics of the morning, some of them changed."""
    return [topic(name, **changed.get(name, {})) for name in ("bees", "maps", "wifi", "tea")]


@st.composite
def random_documents(draw: st.DrawFn, *, most_topics: int = 9, pins: bool = True) -> Document:
    """Any small problem, with every kind of hard rule."""
    slots = [f"s{n}" for n in range(draw(st.integers(1, 4)))]
    rooms = [f"r{n}" for n in range(draw(st.integers(1, 3)))]
    names = [f"t{n}" for n in range(draw(st.integers(1, most_topics)))]
    people = [f"p{n}" for n in range(draw(st.integers(0, 12)))]
    some_slots = st.lists(st.sampled_from(slots), unique=True, max_size=2)
    features = st.lists(st.sampled_from(["beamer", "lift"]), unique=True, max_size=1)
    hosts = [
        {"id": f"h{n}", "away": draw(some_slots), "person": draw(st.sampled_from([None, *people]))} for n in range(3)
    ]
    drawn = [_random_topic(draw, name, slots=slots, rooms=rooms, pins=pins) for name in names]
    pairs = st.lists(st.lists(st.sampled_from(names), unique=True, min_size=2, max_size=2), max_size=3)
    wishes = st.dictionaries(st.sampled_from(names), st.integers(1, 3), max_size=5)
    return {
        "slots": [_slot(n, draw(st.booleans())) for n in range(len(slots))],
        "rooms": [
            {"id": room, "places": draw(st.integers(0, 6)), "features": draw(features), "closed": draw(some_slots)}
            for room in rooms
        ],
        "topics": drawn,
        "hosts": hosts,
        "people": [{"id": person, "wishes": draw(wishes), "needs": draw(features)} for person in people],
        "resources": [{"id": "interpreter", "per_slot": draw(st.integers(0, 2))}],
        "apart": draw(pairs) if len(names) > 1 else [],
        "current": draw(st.none() | st.just({})),
        "now": draw(st.none() | st.sampled_from(slots)),
        "audience": draw(st.none() | st.integers(0, 25)),
    }


def _slot(number: int, follows: bool) -> Document:
    start = f"2018-09-04T{10 + number}:00:00+02:00"
    return {
        "id": f"s{number}",
        "start": start,
        "minutes": 60,
        "follows": f"s{number - 1}" if follows and number else None,
    }


def _random_topic(draw: st.DrawFn, name: str, *, slots: list[str], rooms: list[str], pins: bool) -> Document:
    pin = st.fixed_dictionaries({"slot": st.sampled_from(slots), "room": st.none() | st.sampled_from(rooms)})
    return {
        "id": name,
        "hosts": draw(st.lists(st.sampled_from(["h0", "h1", "h2"]), unique=True, max_size=1)),
        "length": draw(st.sampled_from([1, 1, 1, 2])),
        "features": draw(st.lists(st.sampled_from(["beamer", "lift"]), unique=True, max_size=1)),
        "pin": draw(st.none() | pin) if pins and draw(st.integers(0, 4)) == 0 else None,
        "hands": draw(st.integers(0, 20)),
        "resources": draw(st.lists(st.just("interpreter"), unique=True, max_size=1)),
        "theme": draw(st.sampled_from([None, "energy", "roads"])),
        "heads": draw(st.none() | st.integers(0, 9)),
    }
