"""What a pin or a rule costs: the best exchange that would be open without it, one at a time, so at least that much."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from offenraum.planner.canonical import Json
from offenraum.planner.demand import Promise
from offenraum.planner.instance import NOWHERE, Instance, index
from offenraum.planner.prices import Ledger, Price
from offenraum.planner.problem import Problem, Topic
from offenraum.planner.weighing import Where

# Of the cells that a rule closes, so many are tried: those that promise most.
MOST_TRIED = 3


def prices_document(ledger: Ledger) -> dict[str, Json]:
    """For every `pins`, `absences`, `features` of a topic and pair of `apart` the best exchange without it, or null."""
    promise = Promise(ledger)
    free = {kind: index(without(ledger.instance.problem)) for kind, without in LIFTED.items()}
    document: dict[str, Json] = {
        kind: {
            topic.id: _best(promise, t, set(instance.fits[t]) - set(ledger.instance.fits[t]))
            for t, topic in enumerate(ledger.instance.problem.topics) if HAS[kind](ledger.instance, t, topic)
        }
        for kind, instance in free.items()
    }
    return document | {"apart": _apart(ledger)}


LIFTED: dict[str, Callable[[Problem], Problem]] = {
    "pins": lambda problem: replace(problem, topics=tuple(replace(topic, pin=None) for topic in problem.topics)),
    "absences": lambda problem: replace(
        problem, hosts=tuple(replace(host, away=frozenset()) for host in problem.hosts)
    ),
    "features": lambda problem: replace(
        problem, topics=tuple(replace(topic, features=frozenset()) for topic in problem.topics)
    ),
}
HAS: dict[str, Callable[[Instance, int, Topic], bool]] = {
    "pins": lambda _instance, _t, topic: topic.pin is not None,
    "absences": lambda instance, t, _topic: bool(instance.away[t]),
    "features": lambda _instance, _t, topic: bool(topic.features),
}


def _best(promise: Promise, t: int, opened: set[Where]) -> Json:
    ledger = promise.ledger
    possible = [cell for cell in sorted(opened) if ledger.may_enter(t, cell)]
    tried = promise.best(t, possible, MOST_TRIED)
    prices = [price for cell in tried if (price := ledger.price(t, cell)) and price.change > 0]
    best = max(prices, key=lambda price: (price.change, -price.lose), default=None)
    return price_document(best) if best else None


def price_document(price: Price) -> dict[str, Json]:
    """An exchange: where to, people who gain and lose, the change in units of the objective, who leaves or swaps."""
    return {
        "slot": price.slot, "room": price.room, "gain": price.gain, "lose": price.lose,
        "change": round(price.change, 6), "instead_of": list(price.instead_of), "swaps_with": list(price.swaps_with),
    }


def _apart(ledger: Ledger) -> list[Json]:
    """What it would give to let each pair meet: the better of both in the other's slot."""
    problem = ledger.instance.problem
    if not problem.apart:
        return []
    loose = Ledger(index(replace(problem, apart=())), ledger.board.placements(), ledger.objective)
    places = {topic: t for t, topic in enumerate(loose.instance.topic_ids)}
    return [
        {"topics": [one, other], "best": _meeting(loose, places[one], places[other])} for one, other in problem.apart
    ]


def _meeting(loose: Ledger, one: int, other: int) -> Json:
    found = [_best_at(loose, t, beside) for t, beside in ((one, other), (other, one))]
    prices = [price for price in found if price]
    best = max(prices, key=lambda price: price.change, default=None)
    return price_document(best) if best and best.change > 0 else None


def _best_at(loose: Ledger, t: int, beside: int) -> Price | None:
    s = loose.board.where[beside][0]
    if s == NOWHERE[0]:
        return None
    prices = [price for cell in loose.instance.fits[t] if cell[0] == s and (price := loose.price(t, cell))]
    return max(prices, key=lambda price: price.change, default=None)
