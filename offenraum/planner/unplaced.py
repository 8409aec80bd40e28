"""Why a topic is not in the plan: a hard reason with its conflict, or what it would cost the others."""

from __future__ import annotations

from offenraum.planner.board import Board
from offenraum.planner.canonical import Json
from offenraum.planner.demand import Promise
from offenraum.planner.instance import NOWHERE, Instance
from offenraum.planner.objective import Objective
from offenraum.planner.plan import Unplaced
from offenraum.planner.prices import Ledger, Price


def unplaced_topics(board: Board, objective: Objective) -> dict[str, Unplaced]:
    """A reason for every topic that the plan leaves out."""
    out = [t for t, cell in enumerate(board.where) if cell == NOWHERE]
    if not out:
        return {}
    ledger = Ledger(board.instance, board.placements(), objective)
    promise = Promise(ledger)
    return {board.instance.topic_ids[t]: _reason(ledger, t, promise) for t in out}


def _reason(ledger: Ledger, t: int, promise: Promise) -> Unplaced:
    instance = ledger.instance
    if not instance.fits[t]:
        return _hard_reason(instance, t)
    possible = [cell for cell in instance.fits[t] if ledger.may_enter(t, cell)]
    prices = [price for cell in promise.best(t, possible) if (price := ledger.price(t, cell))]
    if not prices:
        return Unplaced("conflicts", _conflicts(ledger, t))
    best = max(prices, key=lambda price: (price.change, -price.lose, -len(price.instead_of)))
    return Unplaced("outvoted" if best.instead_of else "hosts_would_lose", _best_insertion(best))


def _best_insertion(price: Price) -> dict[str, Json]:
    return {
        "slot": price.slot,
        "room": price.room,
        "gain": price.gain,
        "lose": price.lose,
        "gain_estimated": price.estimated_gain,
        "lose_estimated": price.estimated_lose,
        "change": round(price.change, 6),
        "instead_of": list(price.instead_of),
    }


def _conflicts(ledger: Ledger, t: int) -> dict[str, Json]:
    """The topics that stay (pins, the past, same hosts, kept apart) and so leave no slot for this one."""
    instance, board = ledger.instance, ledger.board
    slots = {span for s, _ in instance.fits[t] for span in board.span(t, s)}
    beside = {other for s in slots for other in board.rooms_of[s].values()}
    pinned = {other for other in beside if instance.problem.topics[other].pin or instance.fixed[other] != NOWHERE}
    names = sorted(instance.topic_ids[other] for other in (beside & instance.clashes[t]) or pinned)
    resources: list[Json] = [instance.problem.resources[k].id for k in instance.uses[t]]
    return {"topics": list(names), "resources": resources}


def _hard_reason(instance: Instance, t: int) -> Unplaced:
    """The one rule that leaves no cell; `no_cell_fits` when it takes several together."""
    topic = instance.problem.topics[t]
    open_slots = range(instance.first_open, len(instance.slot_ids))
    if len(instance.lacks_features[t]) == len(instance.room_ids):
        return Unplaced("no_room_has_features", {"features": [*sorted(topic.features)]})
    if instance.away[t].issuperset(open_slots):
        return Unplaced("hosts_away", {"hosts": list(topic.hosts)})
    if topic.length == 2 and all(instance.next_slot[s] < 0 for s in open_slots):
        return Unplaced("no_two_slots_in_a_row", {})
    suitable = [r for r in range(len(instance.room_ids)) if r not in instance.lacks_features[t]]
    if all((s, r) in instance.closed for s in open_slots for r in suitable):
        return Unplaced("rooms_closed", {"rooms": [instance.room_ids[r] for r in suitable]})
    return Unplaced("no_cell_fits", {"features": [*sorted(topic.features)], "hosts": list(topic.hosts)})
