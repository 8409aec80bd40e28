"""Impossible and extreme problems: a clear sentence and exit 2, or a plan that says what it could not do."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from offenraum.planner.command import main
from offenraum.planner.planning import plan
from offenraum.planner.reading import read_problem
from tests.planner.problems import Document, document, problem, topic, topics

AWAY = [{"id": name, "away": ["ten", "eleven"] if name == "bees" else []} for name in ("bees", "maps", "wifi", "tea")]
PINNED = {"pin": {"slot": "ten", "room": None}}
ELSEWHERE = {"slot": "eleven"}
SINGLE_ROOM = [{"id": "hall", "places": 30}]


def refused(folder: Path, capsys: pytest.CaptureFixture[str], asked: Document) -> dict[str, Any]:
    """What `offenraum plan` says about a problem that it refuses."""
    path, out = folder / "problem.json", folder / "plan.json"
    path.write_text(json.dumps(asked))
    assert main([str(path), "--out", str(out)]) == 2
    assert not out.exists()
    said = json.loads(capsys.readouterr().err.splitlines()[-1])
    assert isinstance(said, dict)
    return said


@pytest.mark.parametrize(
    ("asked", "field", "sentence"),
    [
        (document(slots=[]), "slots", "must not be empty: without them there is nothing to plan"),
        (document(rooms=[]), "rooms", "must not be empty: without them there is nothing to plan"),
        (document(people=[{"id": "p", "wishes": {"x": 1}}]), "people[0].wishes", "'x' is not the id of any topic"),
        (document(hosts=[]), "topics[0].hosts", "'bees' is not the id of any host"),
        (
            document(hosts=AWAY, topics=topics(bees=PINNED)),
            "topics[0].pin",
            "the pin cannot hold ('bees'): bees leads bees but is away in slot ten.",
        ),
        (
            document(topics=topics(tea={"features": ["stage"], "pin": {"slot": "ten", "room": "hall"}})),
            "topics[3].pin",
            "the pin cannot hold ('tea'): tea needs stage, which room hall does not have.",
        ),
        (
            document(rooms=SINGLE_ROOM, topics=topics(bees=PINNED, wifi=PINNED)),
            "topics[0].pin",
            "the pins cannot hold together ('bees', 'wifi'): bees and wifi are both in room hall in slot ten.",
        ),
        (
            document(topics=topics(bees=PINNED, maps=PINNED, tea=PINNED)),
            "topics[0].pin",
            "the pins cannot hold together ('bees', 'maps', 'tea'): There are too few rooms for them in that slot.",
        ),
        (
            document(apart=[["bees", "maps"]], topics=topics(bees=PINNED, maps=PINNED, wifi={"pin": ELSEWHERE})),
            "topics[0].pin",
            "the pins cannot hold together ('bees', 'maps'): "
            "bees and maps must not run at the same time, but both are in slot ten.",
        ),
    ],
)
def test_impossible_problem_is_refused_with_the_smallest_conflict(
    asked: Document, field: str, sentence: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = refused(tmp_path, capsys, asked)
    assert (said["field"], said["error"]) == (field, sentence)


def test_what_cannot_be_placed_leaves_the_others_their_plan() -> None:
    made = plan(problem(hosts=AWAY, topics=topics(tea={"features": ["stage"]})), iterations=300)
    assert {name: why.reason for name, why in made.unplaced.items()} == {
        "bees": "hosts_away",
        "tea": "no_room_has_features",
    }
    assert set(made.placements) == {"maps", "wifi"}


@pytest.mark.parametrize("count", [500, pytest.param(10_000, marks=pytest.mark.long)])
def test_thousands_of_wishes_of_one_person_are_planned(count: int) -> None:
    names = [f"t{n}" for n in range(count)]
    greedy_person = {"id": "ayse", "wishes": dict.fromkeys(names, 3)}
    asked = document(topics=[topic(name, hosts=[]) for name in names], hosts=[], people=[greedy_person])
    made = plan(read_problem(asked), objective="sum", iterations=0)
    assert (len(made.placements), made.score.sum) == (4, 6)


@pytest.mark.parametrize("engine", ["full", "greedy"])
def test_nobody_and_a_single_room_are_planned(engine: Any) -> None:
    made = plan(problem(people=[], rooms=SINGLE_ROOM), iterations=100, engine=engine)
    assert len(made.placements) == 2
    assert (made.score.sum, made.score.people_with_nothing) == (0, 0)


def test_topics_without_end_but_none_given_is_an_empty_plan() -> None:
    made = plan(problem(topics=[], hosts=[], people=[]), iterations=100)
    assert (made.placements, made.unplaced) == ({}, {})
