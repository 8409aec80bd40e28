"""Each reason against a naive count or two whole evaluations, on problems small enough to see through."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.generate import SIZES, generate
from offenraum.planner.board import Board
from offenraum.planner.command import main
from offenraum.planner.explain import explanations
from offenraum.planner.explain_out import smallest_rules
from offenraum.planner.explain_pairs import torn_pairs
from offenraum.planner.explain_quality import by_votes
from offenraum.planner.explain_shares import equal_shares, supporters
from offenraum.planner.hand import hand_prices
from offenraum.planner.instance import Instance, index
from offenraum.planner.objective import UNIT
from offenraum.planner.planning import plan
from offenraum.planner.problem import Cell, Problem
from offenraum.planner.reading import read_problem
from offenraum.planner.rules import broken_rules
from offenraum.planner.score import received, score, value
from tests.planner.problems import Document, document, problem, random_documents, topics

PLACED = {"bees": Cell("ten", "hall"), "maps": Cell("eleven", "hall"), "tea": Cell("ten", "nook")}


def reasons(asked: Problem, placements: dict[str, Cell] = PLACED, **options: Any) -> Any:
    return explanations(asked, placements, objective=options.pop("objective", "sum"), **options)


def gains_and_losses(asked: Problem, before: dict[str, Cell], after: dict[str, Cell]) -> tuple[int, int, float]:
    """People who gain, people who lose and the change of the root objective, by two whole evaluations."""
    instance = index(asked)
    old, new = (Board(instance, placements) for placements in (before, after))
    pairs = list(zip(received(old), received(new), strict=True))
    change = (value(new, "sqrt") - value(old, "sqrt")) / UNIT
    return sum(b > a for a, b in pairs), sum(b < a for a, b in pairs), change


def test_why_a_topic_is_out_names_who_gains_who_loses_and_what_is_missing() -> None:
    full = problem(rooms=[{"id": "hall", "places": 30}], topics=topics())
    placed = {"bees": Cell("ten", "hall"), "maps": Cell("eleven", "hall")}
    out = reasons(full, placed)["topics"]["tea"]["out"]
    # Nobody wants tea: no number of people like those who would gain could help.
    assert out["reason"] == "outvoted"
    assert (out["gain"], out["wishes_missing"]) == (0, None)
    wifi = reasons(full, {"bees": Cell("ten", "hall"), "tea": Cell("eleven", "hall")})["topics"]["maps"]["out"]
    told = [wifi[name] for name in ("instead_of", "gain", "lose", "wishes_missing", "even")]
    assert told == [["tea"], 2, 0, 0, True]


def test_so_many_people_more_make_the_best_insertion_break_even() -> None:
    people = [{"id": f"b{n}", "wishes": {"bees": 1}} for n in range(7)] + [{"id": "m", "wishes": {"maps": 1}}]
    asked = document(rooms=[{"id": "hall", "places": 30}], slots=[document()["slots"][0]], people=people)
    placed = {"bees": Cell("ten", "hall")}
    out = reasons(read_problem(asked), placed)["topics"]["maps"]["out"]
    assert (out["gain"], out["lose"], out["wishes_missing"], out["seats_left"]) == (1, 7, 6, 29)
    for more, is_even in ((5, False), (6, True)):
        grown = asked | {"people": [*people, *({"id": f"x{n}", "wishes": {"maps": 1}} for n in range(more))]}
        instead = value(Board(index(read_problem(grown)), {"maps": Cell("ten", "hall")}), "sum")
        assert (instead >= value(Board(index(read_problem(grown)), placed), "sum")) is is_even


@pytest.mark.parametrize(
    ("changes", "rules"),
    [
        ({"topics": topics(wifi={"features": ["lift"]})}, ("features",)),
        ({"hosts": [*document()["hosts"][:2], {"id": "wifi", "away": ["ten", "eleven"]}, {"id": "tea"}]},
         ("absences",)),
        ({"rooms": [{"id": "hall", "places": 3, "closed": ["ten"]}], "topics": topics(wifi={"length": 2})},
         ("length", "closed")),
        ({"rooms": [{"id": "hall", "places": 3, "closed": ["ten"]}],
          "hosts": [*document()["hosts"][:2], {"id": "wifi", "away": ["eleven"]}, {"id": "tea"}]},
         ("absences", "closed")),
    ],
)
def test_hard_reason_names_the_smallest_set_of_rules(changes: Document, rules: tuple[str, ...]) -> None:
    instance = index(problem(**changes))
    assert smallest_rules(instance, 2) == rules
    out = reasons(problem(**changes), {})["topics"]["wifi"]["out"]
    assert out["rules"] == list(rules)


@settings(max_examples=20, deadline=None)
@given(random_documents(most_topics=6, pins=False), st.data())
def test_price_of_every_move_by_hand_is_the_difference_of_two_evaluations(drawn: Document, data: st.DataObject) -> None:
    asked = read_problem(drawn)
    placements = by_votes(index(asked)).placements()
    topic = data.draw(st.sampled_from([topic.id for topic in asked.topics]))
    for price in hand_prices(asked, placements, topic):
        after = {name: cell for name, cell in placements.items() if name != topic}
        if price.swaps_with:
            after[price.swaps_with] = placements[topic]
        if price.cell:
            after[topic] = price.cell
        assert (price.gain, price.lose, price.change) == gains_and_losses(asked, placements, after)


def test_hand_prices_cover_free_cells_swaps_and_the_way_out() -> None:
    prices = {(price.cell, price.swaps_with) for price in hand_prices(problem(), PLACED, "maps")}
    assert prices == {
        (Cell("ten", "hall"), "bees"), (Cell("ten", "nook"), "tea"), (Cell("eleven", "nook"), None), (None, None),
    }
    assert {price.cell for price in hand_prices(problem(), PLACED, "wifi")} == {Cell("eleven", "nook")}


@settings(max_examples=20, deadline=None)
@given(random_documents(most_topics=7))
def test_torn_pairs_equal_a_naive_count(drawn: Document) -> None:
    instance = index(read_problem(drawn))
    board = Board(instance, _valid(instance))
    naive = {}
    for one, other in combinations(range(len(instance.topic_ids)), 2):
        together = [s for s, here in enumerate(board.rooms_of) if {one, other} <= set(here.values())]
        both = {instance.topic_ids[one], instance.topic_ids[other]}
        wishing = [person for person in instance.problem.people if both <= set(person.wishes)]
        if together and wishing:
            naive[one, other] = (len(wishing), together[0], sum(person.is_forecast for person in wishing))
    found = {(one, other): (people, *more) for people, one, other, *more in torn_pairs(board, most=1000)}
    assert found == naive
    assert [row[0] for row in torn_pairs(board)] == sorted((row[0] for row in naive.values()), reverse=True)[:10]


def _valid(instance: Instance) -> dict[str, Cell]:
    """Some plan without a broken rule; pins that cannot hold together give the empty one."""
    if any(topic.pin for topic in instance.problem.topics):
        return {}
    return by_votes(instance).placements()


@settings(max_examples=20, deadline=None)
@given(random_documents(most_topics=6, pins=False))
def test_everybody_s_row_adds_up_to_the_score(drawn: Document) -> None:
    asked = read_problem(drawn)
    placements = by_votes(index(asked)).placements()
    rows = reasons(asked, placements)["people"]
    named = score(Board(index(asked), placements))
    assert sum(row["got"] for row in rows.values()) >= named.sum
    assert sum(row["got"] == 0 and row["ideal"] > 0 for row in rows.values()) == named.people_with_nothing
    for person in asked.people:
        row = rows[person.id]
        sits = {seat["topic"] for seat in row["sits"]}
        assert {missed["topic"] for missed in row["missed"]} == set(person.wishes) - sits
        outside = {missed["topic"] for missed in row["missed"] if missed["why"] == "out"}
        assert outside == set(person.wishes) - set(placements) - sits


def test_own_row_tells_clashing_and_full_wishes_and_an_alternative() -> None:
    people = [
        {"id": "ayse", "wishes": {"bees": 2, "tea": 1}},
        {"id": "bernd", "wishes": {"bees": 3}},
        {"id": "clara", "wishes": {"bees": 1, "wifi": 1}},
    ]
    rooms = [{"id": "hall", "places": 2}, {"id": "nook", "places": 2}]
    placed = {"bees": Cell("ten", "hall"), "tea": Cell("ten", "nook")}
    rows = reasons(problem(people=people, rooms=rooms), placed)["people"]
    assert rows["ayse"] == {
        "got": 2.0, "ideal": 3.0, "percent": 67, "sits": [{"slot": "ten", "topic": "bees"}],
        "missed": [{"topic": "tea", "weight": 1, "why": "clash", "slot": "ten", "instead": "bees"}],
    }
    assert rows["clara"]["missed"] == [
        {"topic": "bees", "weight": 1, "why": "full", "slot": "ten", "instead": None, "alternative": "tea"},
        {"topic": "wifi", "weight": 1, "why": "out"},
    ]


def test_why_this_slot_counts_who_would_rather_be_there() -> None:
    slots = reasons(problem(), PLACED)["topics"]["wifi"]["slots"]
    # At ten Bernd sits with the bees, which he wants as much; Clara is free. At eleven Clara has the maps, but weaker.
    assert {slot: (warm["come"], warm["gain"]) for slot, warm in slots.items()} == {"ten": (1, 2.0), "eleven": (2, 4.0)}


def test_why_this_room_names_the_next_bigger_one_and_what_the_exchange_would_do() -> None:
    rooms = [{"id": "hall", "places": 30}, {"id": "nook", "places": 1}]
    placed = {"bees": Cell("ten", "nook"), "tea": Cell("ten", "hall")}
    room = reasons(problem(rooms=rooms), placed)["topics"]["bees"]["room"]
    assert (room["interested"], room["places"], room["seated"]) == (2, 1, 1)
    assert room["next_bigger"] == {
        "room": "hall", "places": 30, "taken_by": "tea", "gain": 1, "lose": 0, "change": 3.0,
        "gain_estimated": 0, "lose_estimated": 0,
    }
    assert reasons(problem(rooms=rooms), placed)["topics"]["tea"]["room"]["next_bigger"] is None


def test_quality_stands_beside_placing_by_votes_and_the_last_plan() -> None:
    asked = problem(current={"tea": {"slot": "ten", "room": "hall"}})
    quality = reasons(asked)["quality"]
    assert quality["value"] == value(Board(index(asked), PLACED), "sum") / UNIT
    assert quality["last"]["sum"] == 0.0
    assert quality["by_votes"]["placed"] == 4
    assert quality["bound"] == {"objective": "sum", "value": 14.0, "kind": "ideal", "at_least_percent": 64.2}


@settings(max_examples=15, deadline=None)
@given(random_documents(most_topics=7, pins=False))
def test_placing_by_votes_breaks_no_rule(drawn: Document) -> None:
    asked = read_problem(drawn)
    assert broken_rules(asked, by_votes(index(asked)).placements()) == []


def test_change_log_has_moves_and_who_gains_and_loses() -> None:
    before = {"bees": Cell("ten", "hall"), "wifi": Cell("eleven", "hall")}
    changed = reasons(problem(), PLACED, last=before)["changes"]
    assert [(move["topic"], move["from"] and move["from"]["slot"]) for move in changed["moves"]] == [
        ("maps", None), ("wifi", "eleven"), ("tea", None),
    ]
    assert (changed["people_who_gain"], changed["people_who_lose"]) == (1, 2)


def test_price_of_a_pin_is_the_best_exchange_without_it() -> None:
    people = [{"id": f"p{n}", "wishes": {"bees": 1, "maps": 1}} for n in range(4)]
    pinned = topics(bees={"pin": {"slot": "ten", "room": "nook"}})
    asked = problem(people=people, topics=pinned, rooms=[{"id": "hall", "places": 9}, {"id": "nook", "places": 2}])
    placed = {"bees": Cell("ten", "nook"), "maps": Cell("ten", "hall")}
    price = reasons(asked, placed)["prices"]["pins"]["bees"]
    after = {"maps": Cell("ten", "hall"), "bees": Cell("eleven", "hall")}
    gain, lose, _ = gains_and_losses(asked, placed, after)
    assert (price["slot"], price["room"], price["gain"], price["lose"]) == ("eleven", "hall", gain, lose)


def test_price_of_rules_names_what_would_open() -> None:
    hosts = [{"id": "bees", "away": ["eleven"]}, *document()["hosts"][1:]]
    people = [{"id": f"p{n}", "wishes": {"bees": 1, "maps": 1}} for n in range(4)]
    asked = problem(people=people, hosts=hosts, apart=[["tea", "wifi"]])
    placed = {"bees": Cell("ten", "nook"), "maps": Cell("ten", "hall"), "wifi": Cell("eleven", "hall")}
    prices = reasons(asked, placed)["prices"]
    assert prices["absences"]["bees"]["slot"] == "eleven"
    assert prices["features"] == {}
    assert prices["apart"] == [{"topics": ["tea", "wifi"], "best": None}]


def test_equal_shares_lets_a_group_of_its_size_claim_a_session() -> None:
    people = [{"id": f"a{n}", "wishes": {"bees": 1, "maps": 1}} for n in range(9)]
    people += [{"id": f"b{n}", "wishes": {"wifi": 1}} for n in range(3)]
    asked = problem(people=people, rooms=[{"id": "hall", "places": 30}, {"id": "nook", "places": 30}])
    shares = reasons(asked, {"bees": Cell("ten", "hall"), "maps": Cell("eleven", "hall")})["equal_shares"]
    assert (shares["people"], shares["places"], shares["group"]) == (12, 4, 3)
    assert [(bought["topic"], bought["people"], bought["in_plan"]) for bought in shares["bought"]] == [
        ("bees", 9, True), ("maps", 9, True), ("wifi", 3, False),
    ]
    assert shares["unheard"] == [{"topic": "wifi", "people": 3}]


@settings(max_examples=25, deadline=None)
@given(random_documents(most_topics=7, pins=False), st.integers(0, 12))
def test_equal_shares_spend_what_there_is_and_leave_no_group_that_could_pay(drawn: Document, places: int) -> None:
    instance = index(read_problem(drawn))
    bought = equal_shares(instance, places)
    assert sum(instance.lengths[purchase.topic] for purchase in bought) <= places
    spent = {purchase.topic for purchase in bought}
    backing = [set(people) for people in supporters(instance)]
    voters = set().union(*backing) if backing else set()
    unspent = set().union(*(backing[t] for t in spent)) if spent else set()
    for t, people in enumerate(backing):
        untouched = people - unspent
        if t not in spent and voters:
            assert len(untouched) * places < instance.lengths[t] * len(voters) or not untouched


def test_plan_file_holds_the_reasons_and_a_given_plan_is_explained_too(tmp_path: Path) -> None:
    asked, made, given_file = tmp_path / "asked.json", tmp_path / "plan.json", tmp_path / "given.json"
    asked.write_text(json.dumps(document()))
    assert main([str(asked), "--out", str(made), "--iterations", "100"]) == 0
    assert set(json.loads(made.read_text())["explanations"]) == {
        "topics", "people", "torn_pairs", "quality", "changes", "prices", "equal_shares",
    }
    given_file.write_text(json.dumps({"placements": {"tea": {"slot": "ten", "room": "hall"}}}))
    assert main([str(asked), "--out", str(made), "--explain", str(given_file), "--bound", "lp"]) == 0
    told = json.loads(made.read_text())
    assert (told["engine"], told["placements"]) == ("given", {"tea": {"slot": "ten", "room": "hall"}})
    assert told["explanations"]["quality"]["bound"] == told["bound"]
    assert main([str(asked), "--out", str(made), "--iterations", "0", "--no-reasons"]) == 0
    assert "explanations" not in json.loads(made.read_text())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("no json", "is not a plan in JSON"),
        ("[]", "has no placements"),
        ('{"placements": {"jazz": {"slot": "ten", "room": "hall"}}}', "jazz is not a topic of this problem."),
        ('{"placements": {"tea": {"slot": "ten"}}}', "is missing"),
        ('{"placements": {"tea": {"slot": "ten", "room": "hall"}, "bees": {"slot": "ten", "room": "hall"}}}',
         "bees and tea are both in room hall in slot ten."),
    ],
)
def test_given_plan_that_cannot_be_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, said: str
) -> None:
    asked, given_file = tmp_path / "asked.json", tmp_path / "given.json"
    asked.write_text(json.dumps(document()))
    given_file.write_text(text)
    assert main([str(asked), "--out", str(tmp_path / "plan.json"), "--explain", str(given_file)]) == 2
    assert said in json.loads(capsys.readouterr().err.splitlines()[-1])["error"]


def test_conflict_of_pins_is_told_to_programs_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pin = {"slot": "ten", "room": "hall"}
    asked = tmp_path / "asked.json"
    asked.write_text(json.dumps(document(topics=topics(bees={"pin": pin}, maps={"pin": pin}))))
    assert main([str(asked), "--out", str(tmp_path / "plan.json")]) == 2
    told = json.loads(capsys.readouterr().err.splitlines()[-1])
    assert told["conflict"]["topics"] == ["bees", "maps"]
    assert [rule["code"] for rule in told["conflict"]["rules"]] == ["room_taken"]


def test_reasons_of_a_barcamp_are_quick() -> None:
    barcamp = read_problem(generate(SIZES["small"], 3))
    made = plan(barcamp, iterations=0)
    started = time.process_time()
    told = explanations(replace(barcamp, audience=220), made.placements)
    assert time.process_time() - started < 1.0
    assert told["quality"]
