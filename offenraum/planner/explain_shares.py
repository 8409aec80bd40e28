"""Equal shares: everybody has the same part of the programme to spend; what groups that agree could buy with it.

The method of equal shares (Peters and Skowron, 2020): n people share k places, so each holds k/n of one; a topic costs
its length, its supporters pay in equal parts, and the one that asks least of each is bought first. About n/k people
who agree can claim a session, whatever the others want.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from offenraum.planner.board import Board
from offenraum.planner.canonical import Json
from offenraum.planner.instance import NOWHERE, Instance
from offenraum.planner.prices import Ledger

SLACK = 1e-9


@dataclass(frozen=True, slots=True)
class Purchase:
    """A topic that its supporters can pay: how many pay, and the most that one of them pays, in places."""

    topic: int
    people: int
    part: float


def supporters(instance: Instance) -> list[list[int]]:
    """Topic to the people with names who wish for it: only who has voted can claim something."""
    named = instance.named_count
    return [sorted(p for _, people in wishes for p in people if p < named) for wishes in instance.wishers]


def places_in(board: Board) -> int:
    """Cells that can hold a session."""
    instance = board.instance
    return len(instance.slot_ids) * len(instance.room_ids) - len(instance.closed)


def equal_shares(instance: Instance, places: int) -> list[Purchase]:
    """What is bought, in order; ends when nobody can pay for anything more."""
    backing = supporters(instance)
    voters = {p for people in backing for p in people}
    money = dict.fromkeys(voters, places / len(voters) if voters else 0.0)
    open_topics = {t for t, people in enumerate(backing) if people}
    bought: list[Purchase] = []
    while True:
        parts = {t: _part(instance.lengths[t], backing[t], money) for t in sorted(open_topics)}
        asked = {t: part for t, part in parts.items() if part is not None}
        if not asked:
            return bought
        t = min(asked, key=lambda t: (asked[t], t))
        paying = [p for p in backing[t] if money[p] > SLACK]
        for p in paying:
            money[p] -= min(money[p], asked[t])
        bought.append(Purchase(t, len(paying), asked[t]))
        open_topics = {other for other in asked if other != t}


def _part(cost: int, people: list[int], money: dict[int, float]) -> float | None:
    """The smallest amount that pays the cost when nobody pays more than it; None when they cannot."""
    purses = sorted(money[p] for p in people)
    if sum(purses) < cost - SLACK:
        return None
    left = float(cost)
    for place, purse in enumerate(purses):
        part = left / (len(purses) - place)
        if purse >= part - SLACK:
            return part
        left -= purse
    return purses[-1]


def shares_document(ledger: Ledger) -> dict[str, Json]:
    """`people`, `places`, `group` (how many can claim a session), what equal shares `bought`, and who is `unheard`.

    `unheard` are topics out of the plan that at least `group` people want who get nothing at all from it.
    """
    instance, board = ledger.instance, ledger.board
    backing, places = supporters(instance), places_in(board)
    voters = len({p for people in backing for p in people})
    group = math.ceil(voters / places) if places else 0
    return {
        "people": voters,
        "places": places,
        "group": group,
        "bought": [_bought(board, purchase) for purchase in equal_shares(instance, places)],
        "unheard": _unheard(ledger, backing, group),
    }


def _bought(board: Board, purchase: Purchase) -> Json:
    t = purchase.topic
    in_plan = board.where[t] != NOWHERE
    topic = board.instance.topic_ids[t]
    return {"topic": topic, "people": purchase.people, "part": round(purchase.part, 6), "in_plan": in_plan}


def _unheard(ledger: Ledger, backing: list[list[int]], group: int) -> list[Json]:
    found: list[Json] = []
    for t, people in enumerate(backing):
        without = sum(ledger.got[p] == 0 for p in people)
        if ledger.board.where[t] == NOWHERE and group and without >= group:
            found.append({"topic": ledger.instance.topic_ids[t], "people": without})
    return found
