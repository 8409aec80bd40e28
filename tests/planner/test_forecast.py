from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings

from offenraum.planner.audience import Audience, audiences
from offenraum.planner.board import Board
from offenraum.planner.forecast import with_forecast
from offenraum.planner.greedy import greedy
from offenraum.planner.instance import index
from offenraum.planner.planning import plan
from offenraum.planner.problem import BrokenInput, Cell, Problem
from offenraum.planner.reading import read_problem
from offenraum.planner.roomy import give_room
from offenraum.planner.score import received
from offenraum.planner.start import resume
from tests.planner.problems import Document, problem, random_documents, topics


def crowd_wishes(problem: Problem) -> Counter[str]:
    """How many people of the forecast wish for each topic."""
    people = with_forecast(problem).people
    return Counter(topic for person in people if person.is_forecast for topic in person.wishes)


def test_without_hands_and_audience_nobody_is_added() -> None:
    assert with_forecast(problem()) == problem()


def test_hands_alone_are_the_wishes_of_people_without_names() -> None:
    crowd = crowd_wishes(problem(people=[], topics=topics(bees={"hands": 7}, tea={"hands": 3}), audience=20))
    assert crowd == {"bees": 7, "tea": 3}


def test_an_audience_without_hands_wishes_as_the_voters_do() -> None:
    assert crowd_wishes(problem(audience=33)) == {"bees": 20, "maps": 20, "wifi": 20}


def test_votes_by_name_outweigh_hands_the_more_people_vote() -> None:
    voters = [{"id": f"p{n}", "wishes": {"bees": 1} if n % 2 else {"tea": 1}} for n in range(120)]
    hands = topics(bees={"hands": 60}, tea={"hands": 0})
    few, many = (problem(people=voters[:count], topics=hands, audience=240) for count in (4, 120))
    # Votes say one half; 62 of 240 hands and votes are 26 %, 120 of 240 are one half.
    assert crowd_wishes(few)["bees"] == round(240 * (4 * 0.5 + 40 * 62 / 240) / 44) - 2
    assert crowd_wishes(many)["bees"] == 60


def test_topics_without_hands_take_those_of_their_theme() -> None:
    themed = topics(bees={"hands": 12, "theme": "nature"}, tea={"theme": "nature"}, maps={"theme": "roads"})
    assert crowd_wishes(problem(people=[], topics=themed, audience=24)) == {"bees": 12, "tea": 6}


def test_the_crowd_of_one_theme_is_of_the_same_people() -> None:
    themed = topics(bees={"hands": 30, "theme": "nature"}, tea={"hands": 30, "theme": "nature"}, maps={"hands": 30})
    people = with_forecast(problem(people=[], topics=themed, audience=100)).people
    both = [sum({"bees", other} <= person.wishes.keys() for person in people) for other in ("tea", "maps")]
    assert both[0] == 30
    assert both[1] < 20


def test_the_plan_gives_the_topic_with_many_hands_the_large_room() -> None:
    handed = problem(people=[], topics=topics(tea={"hands": 25}, maps={"hands": 2}), slots=[slot("ten")])
    made = plan(handed, iterations=200)
    assert made.placements["tea"].room == "hall"
    assert made.score.people_with_nothing == 0
    assert made.audiences["tea"].places == 30


def slot(name: str) -> Document:
    return {"id": name, "start": "2018-09-04T10:00:00+02:00", "minutes": 45}


def test_too_large_an_audience_is_refused() -> None:
    with pytest.raises(BrokenInput, match="audience: must be from 0 to 20000"):
        problem(audience=20_001)


def test_an_audience_is_expected_with_a_range() -> None:
    barcamp = problem(people=[{"id": f"p{n}", "wishes": {"bees": 1}} for n in range(100)])
    board = Board(index(barcamp), {"bees": Cell("ten", "nook")})
    assert audiences(board) == {0: Audience(interested=100, expected=69, low=53, high=85, places=2)}


def test_the_range_is_wider_where_fewer_people_have_voted() -> None:
    voters = [{"id": f"p{n}", "wishes": {"bees": 1} if n % 2 else {"tea": 1}} for n in range(100)]
    few, many = (
        audiences(Board(index(problem(people=voters[:count], audience=100)), {"bees": Cell("ten", "hall")}))[0]
        for count in (10, 100)
    )
    assert (few.expected, many.expected) == (34, 34)
    assert few.high - few.low > many.high - many.low


def test_counted_heads_calibrate_what_is_expected_of_the_others() -> None:
    people = [{"id": f"p{n}", "wishes": {"bees": 1, "maps": 1}} for n in range(60)]
    counted = problem(people=people, topics=topics(bees={"heads": 15}))
    placed = {"bees": Cell("ten", "hall"), "maps": Cell("eleven", "hall")}
    found = audiences(Board(index(counted), placed))
    assert found[0] == Audience(interested=60, expected=15, low=15, high=15, places=30)
    assert found[1].expected == round(60 * (15 + 0.69 * 40) / 100)


def test_the_larger_room_goes_to_who_may_draw_more_people() -> None:
    people = [{"id": f"p{n}", "wishes": {"bees": 1}} for n in range(3)]
    rooms = [{"id": "nook", "places": 5}, {"id": "hall", "places": 30}]
    instance = index(problem(people=people, rooms=rooms))
    placed = Board(instance, {"bees": Cell("ten", "nook"), "maps": Cell("ten", "hall")})
    assert give_room(placed, keep_running=False).placements() == {
        "bees": Cell("ten", "hall"),
        "maps": Cell("ten", "nook"),
    }


def test_full_rooms_are_not_exchanged_at_the_cost_of_those_who_found_a_seat() -> None:
    people = [{"id": f"p{n}", "wishes": {"bees": 1, "maps": 1}} for n in range(16)]
    rooms = [{"id": "nook", "places": 4}, {"id": "hall", "places": 5}]
    instance = index(problem(people=people, rooms=rooms))
    placed = Board(instance, {"bees": Cell("ten", "nook"), "maps": Cell("ten", "hall")})
    assert received(give_room(placed, keep_running=False)) == received(placed)


@given(random_documents(pins=False))
@settings(max_examples=40, deadline=None)
def test_larger_rooms_cost_nobody_anything(document: Document) -> None:
    instance = index(read_problem(document))
    made = greedy(instance, resume(instance), "sum")
    roomier = give_room(made, keep_running=False)
    assert all(after >= before for before, after in zip(received(made), received(roomier), strict=True))


@given(random_documents())
@settings(max_examples=40, deadline=None)
def test_a_forecast_is_made_once_and_adds_only_people_with_wishes(document: Document) -> None:
    once = with_forecast(read_problem(document))
    assert with_forecast(once) == once
    assert all(person.wishes for person in once.people if person.is_forecast)
    assert len({person.id for person in once.people}) == len(once.people)
