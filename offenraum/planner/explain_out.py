"""Why is a topic not in: its best insertion, what it lacks to break even, or the smallest set of rules in its way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import combinations

from offenraum.planner.canonical import Json
from offenraum.planner.instance import NOWHERE, Instance, index
from offenraum.planner.objective import UNIT
from offenraum.planner.plan import Unplaced
from offenraum.planner.prices import Ledger
from offenraum.planner.problem import Problem, Topic
from offenraum.planner.seating import seat
from offenraum.planner.weighing import weigh

WEIGHED = {"outvoted", "hosts_would_lose"}


def unplaced_document(ledger: Ledger, t: int, why: Unplaced) -> dict[str, Json]:
    """The reason with its parameters; for one that was weighed `wishes_missing` and `seats_left`, else `rules`."""
    document: dict[str, Json] = {"reason": why.reason, **why.parameters}
    if why.reason in WEIGHED:
        return document | _missing(ledger, t, document)
    if not ledger.instance.fits[t]:
        return document | {"rules": [*smallest_rules(ledger.instance, t)]}
    return document


def _missing(ledger: Ledger, t: int, best: dict[str, Json]) -> dict[str, Json]:
    """How many more people like those who would gain it takes to break even, and how many seats there are for them.

    None when nobody would gain, so that no number of such people would do.
    """
    instance = ledger.instance
    cell = (instance.slot_ids.index(str(best["slot"])), instance.room_ids.index(str(best["room"])))
    leaving = [instance.topic_ids.index(str(topic)) for topic in _list(best["instead_of"])]
    moves = dict.fromkeys(leaving, NOWHERE) | {t: cell}
    effect = weigh(ledger, moves)
    if effect is None:
        return {}
    mean = effect.rise / effect.gain if effect.gain else 0.0
    missing = -(effect.change // mean) if mean and effect.change < 0 else 0
    return {
        "wishes_missing": None if effect.change < 0 and not mean else int(missing),
        "seats_left": _seats_left(ledger, t, cell, leaving),
        "even": round(effect.change / UNIT, 6) >= 0,
    }


def _seats_left(ledger: Ledger, t: int, cell: tuple[int, int], leaving: list[int]) -> int:
    """Free places of the session, were it there; of a double session those of the fuller half."""
    instance, board = ledger.instance, ledger.board
    free = instance.places[cell[1]]
    for s in board.span(t, cell[0]):
        sessions = sorted([(o, r) for o, r in board.sessions(s) if o not in leaving] + [(t, cell[1])])
        seated = sum(topic == t for _, topic in seat(instance, sessions).values())
        free = min(free, instance.places[cell[1]] - seated)
    return max(0, free)


def _list(value: Json) -> list[Json]:
    return value if isinstance(value, list) else []


RULES: dict[str, Callable[[Problem, Topic], Problem]] = {
    "features": lambda problem, topic: _with_topic(problem, replace(topic, features=frozenset())),
    "pin": lambda problem, topic: _with_topic(problem, replace(topic, pin=None)),
    "length": lambda problem, topic: _with_topic(problem, replace(topic, length=1)),
    "absences": lambda problem, _topic: replace(
        problem, hosts=tuple(replace(host, away=frozenset()) for host in problem.hosts)
    ),
    "closed": lambda problem, _topic: replace(
        problem, rooms=tuple(replace(room, closed=frozenset()) for room in problem.rooms)
    ),
    "over": lambda problem, _topic: replace(problem, now=None),
}


def smallest_rules(instance: Instance, t: int) -> tuple[str, ...]:
    """The smallest set of rules that leaves a topic no cell: without all the others it would still have none."""
    kinds = list(RULES)
    for count in range(1, len(kinds) + 1):
        for kept in combinations(kinds, count):
            if not _fits_without(instance, t, [kind for kind in kinds if kind not in kept]):
                return kept
    return ()


def _fits_without(instance: Instance, t: int, dropped: list[str]) -> bool:
    problem = replace(instance.problem, people=(), apart=())
    hosts = tuple(replace(host, person=None) for host in problem.hosts)
    problem = replace(problem, hosts=hosts, topics=(problem.topics[t],), current=None)
    for kind in dropped:
        problem = RULES[kind](problem, problem.topics[0])
    return bool(index(replace(problem, audience=None)).fits[0])


def _with_topic(problem: Problem, topic: Topic) -> Problem:
    return replace(problem, topics=(topic,))
