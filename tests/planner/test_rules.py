from __future__ import annotations

from typing import Any

import pytest

from offenraum.planner.problem import Cell
from offenraum.planner.rules import broken_rules
from tests.planner.problems import document, problem, topics

GOOD = {"bees": Cell("ten", "hall"), "maps": Cell("eleven", "hall")}


def sentences(placements: dict[str, Cell], **changes: Any) -> list[str]:
    return [rule.sentence() for rule in broken_rules(problem(**changes), placements)]


def test_a_good_plan_breaks_no_rule() -> None:
    assert sentences(GOOD) == []


@pytest.mark.parametrize(
    ("changes", "placements", "expected"),
    [
        ({}, {"beer": Cell("ten", "hall")}, "beer is not a topic of this problem."),
        ({}, {"bees": Cell("noon", "hall")}, "bees is in slot noon, which does not exist."),
        ({}, {"bees": Cell("ten", "roof")}, "bees is in room roof, which does not exist."),
        (
            {},
            {"bees": Cell("ten", "hall"), "tea": Cell("ten", "hall")},
            "bees and tea are both in room hall in slot ten.",
        ),
        (
            {"topics": topics(bees={"length": 2})},
            {"bees": Cell("eleven", "hall")},
            "bees takes two slots, but no slot follows eleven without a break.",
        ),
        (
            {"topics": topics(bees={"length": 2})},
            {"bees": Cell("ten", "hall"), "tea": Cell("eleven", "hall")},
            "bees and tea are both in room hall in slot eleven.",
        ),
        (
            {"rooms": [{"id": "hall", "places": 9, "closed": ["eleven"]}], "topics": topics(bees={"length": 2})},
            {"bees": Cell("ten", "hall")},
            "bees is in room hall, which is closed in slot eleven.",
        ),
        (
            {"topics": topics(bees={"features": ["beamer", "lift"]})},
            {"bees": Cell("ten", "hall")},
            "bees needs lift, which room hall does not have.",
        ),
        (
            {"hosts": [*document()["hosts"][1:], {"id": "bees", "away": ["ten"]}]},
            {"bees": Cell("ten", "hall")},
            "bees leads bees but is away in slot ten.",
        ),
        (
            {"topics": topics(tea={"hosts": ["bees"]})},
            {"bees": Cell("ten", "hall"), "tea": Cell("ten", "nook")},
            "bees leads bees and tea, both in slot ten.",
        ),
        (
            {"hosts": [{"id": name, "person": "dirk"} for name in ("bees", "maps", "wifi", "tea")]},
            {"bees": Cell("ten", "hall"), "tea": Cell("ten", "nook")},
            "bees leads bees and tea, both in slot ten.",
        ),
        (
            {"apart": [["tea", "bees"]]},
            {"bees": Cell("ten", "hall"), "tea": Cell("ten", "nook")},
            "bees and tea must not run at the same time, but both are in slot ten.",
        ),
        (
            {
                "resources": [{"id": "camera", "per_slot": 1}],
                "topics": topics(bees={"resources": ["camera"]}, tea={"resources": ["camera"]}),
            },
            {"bees": Cell("ten", "hall"), "tea": Cell("ten", "nook")},
            "Slot ten has 1 of camera, but 2 sessions need it.",
        ),
        (
            {"topics": topics(tea={"pin": {"slot": "eleven", "room": "nook"}})},
            {"tea": Cell("eleven", "hall")},
            "tea is pinned to slot eleven nook but is not there.",
        ),
        ({"topics": topics(tea={"pin": {"slot": "eleven"}})}, {}, "tea is pinned to slot eleven  but is not there."),
        (
            {"current": {"bees": {"slot": "ten", "room": "hall"}}, "now": "eleven"},
            {"bees": Cell("eleven", "hall")},
            "bees has already begun in slot ten, room hall, and must stay there.",
        ),
        ({"current": {}, "now": "eleven"}, {"bees": Cell("ten", "hall")}, "bees is put in slot ten, which is over."),
    ],
)
def test_each_broken_rule_is_told_in_plain_words(
    changes: dict[str, Any], placements: dict[str, Cell], expected: str
) -> None:
    assert sentences(placements, **changes) == [expected]


def test_what_has_begun_breaks_no_rule_however_odd_it_is() -> None:
    odd = {"bees": {"slot": "ten", "room": "hall"}, "tea": {"slot": "ten", "room": "nook"}}
    placements = {name: Cell(**cell) for name, cell in odd.items()}
    assert sentences(placements, apart=[["bees", "tea"]], current=odd, now="eleven") == []


def test_a_sentence_names_things_as_people_call_them() -> None:
    rule = broken_rules(problem(), {"bees": Cell("noon", "hall")})[0]
    assert rule.sentence(topic="Stadtbienen", slot="12 Uhr") == "Stadtbienen is in slot 12 Uhr, which does not exist."
