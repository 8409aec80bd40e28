"""The search of one slot, held against every set of its topics."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from bench.generate import Size, generate
from offenraum.planner.contents import improve
from offenraum.planner.covering import FOUND, NONE, begin, look
from offenraum.planner.instance import index
from offenraum.planner.lagrange import lowest_floors
from offenraum.planner.reading import read_problem
from offenraum.planner.slots import Day, Prices
from offenraum.planner.tables import Longs

TINY = Size(people=40, topics=11, slots=2, rooms=4, themes=3)
STEPS = 1_000_000


@pytest.fixture(params=range(8))
def day(request: pytest.FixtureRequest) -> Day:
    """A day at prices drawn by lot, from none to more than a topic is worth."""
    chance = np.random.default_rng(request.param)
    day = Day(index(read_problem(generate(TINY, request.param))))
    topics = chance.integers(0, 1 + 6_000 * (request.param % 4), len(day.lengths))
    day.price(Prices(topics, chance.integers(0, 2, len(topics)) * chance.integers(0, 700, len(topics))))
    return day


def worth(day: Day, content: Longs) -> int:
    held = [0] * day.slot.held.shape[1]
    for wish in np.flatnonzero(np.isin(day.topic_of, content)).tolist():
        p = int(day.slot.wisher[wish])
        held[p] = max(held[p], int(day.slot.worth[wish]))
    return sum(held) - int(day.slot.prices[content].sum())


def best_of_all(day: Day, topics: Longs) -> int:
    sizes = range(len(day.slot.content) + 1)
    return max(worth(day, np.array(content, np.int64)) for size in sizes for content in combinations(topics, size))


def search(day: Day, kind: int, limit: int) -> int:
    count = day.allow(kind)
    day.slot.floor[0] = lowest_floors(day, day.kinds[kind][0])[0]
    begin(day.slot, count)
    return look(day.slot, limit, 0, STEPS)


def test_a_search_finds_what_passes_a_limit_and_nothing_else(day: Day) -> None:
    for kind, (topics, _) in enumerate(day.kinds):
        best = best_of_all(day, topics)
        assert search(day, kind, best) == NONE
        if best > 0:
            assert search(day, kind, best - 1) == FOUND
            assert worth(day, day.slot.content[day.slot.content >= 0]) == best


def test_floors_bound_every_content(day: Day) -> None:
    for topics, _ in day.kinds:
        assert lowest_floors(day, topics)[1] >= best_of_all(day, topics)


def test_a_content_made_better_is_worth_what_is_said(day: Day) -> None:
    for kind, (topics, _) in enumerate(day.kinds):
        day.slot.content[:] = -1
        said = improve(day.slot, day.allow(kind))
        content = day.slot.content[day.slot.content >= 0]
        assert len(set(content.tolist())) == len(content)
        assert set(content.tolist()) <= set(topics.tolist())
        assert 0.8 * best_of_all(day, topics) <= said == worth(day, content) <= best_of_all(day, topics)
