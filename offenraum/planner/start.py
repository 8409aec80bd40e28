"""What every plan begins with: what has begun, the pins, and what the running plan can keep."""

from __future__ import annotations

from collections.abc import Sequence

from offenraum.planner.board import Board
from offenraum.planner.instance import NOWHERE, Instance
from offenraum.planner.problem import BrokenInput, Conflict
from offenraum.planner.rules import Broken, broken, cell_rules

MOST_STEPS = 20_000


def begin(instance: Instance) -> Board:
    """The past and the pins on a board; BrokenInput names the smallest set of pins that cannot hold together."""
    board = _past(instance)
    pinned = pinned_topics(instance)
    if not _settle(board, pinned):
        raise _impossible(instance, _smallest(instance, pinned))
    return board


def resume(instance: Instance) -> Board:
    """`begin`, and of the running plan everything that the rules still allow, in the order of its topics."""
    board = begin(instance)
    for t, cell in enumerate(instance.current):
        if board.where[t] == NOWHERE and cell in instance.fits[t] and board.allows(t, cell):
            board.put(t, cell)
    return board


def pinned_topics(instance: Instance) -> list[int]:
    """The pinned topics that have not begun, those with the least choice first."""
    topics = enumerate(instance.problem.topics)
    pinned = [t for t, topic in topics if topic.pin is not None and instance.fixed[t] == NOWHERE]
    return sorted(pinned, key=lambda t: (len(instance.fits[t]), t))


def _past(instance: Instance) -> Board:
    board = Board(instance)
    for t, cell in enumerate(instance.fixed):
        if cell != NOWHERE:
            board.put(t, cell)
    return board


def _settle(board: Board, pinned: Sequence[int]) -> bool:
    """Put every pinned topic, by depth-first search; the running plan's cell is tried first."""
    instance, steps = board.instance, 0
    trail: list[list[tuple[int, int]]] = []
    while len(trail) < len(pinned) and steps < MOST_STEPS:
        steps += 1
        t = pinned[len(trail)]
        trail.append([cell for cell in _choices(instance, t) if board.allows(t, cell)])
        while trail and not trail[-1]:
            trail.pop()
            if trail:
                board.take(pinned[len(trail) - 1])
        if not trail:
            return False
        board.put(pinned[len(trail) - 1], trail[-1].pop())
    return len(trail) == len(pinned)


def _choices(instance: Instance, t: int) -> list[tuple[int, int]]:
    """The cells of a pinned topic, the best last: the running plan's own, else the tightest room."""
    return sorted(instance.fits[t], key=lambda cell: (cell == instance.current[t], -instance.places[cell[1]], cell))


def _smallest(instance: Instance, pinned: list[int]) -> list[int]:
    """A set of pins that cannot hold together, but would without any one of them."""
    needed = list(pinned)
    for t in pinned:
        without = [other for other in needed if other != t]
        if not _settle(_past(instance), without):
            needed = without
    return needed


def _impossible(instance: Instance, conflict: list[int]) -> BrokenInput:
    topics = [instance.problem.topics[t] for t in conflict]
    names = ", ".join(repr(topic.id) for topic in topics)
    reasons = _reasons(instance, conflict)
    about = "the pin cannot hold" if len(conflict) == 1 else "the pins cannot hold together"
    field = f"topics[{min(conflict)}].pin"
    told = " ".join(rule.sentence() for rule in reasons) or "There are too few rooms for them in that slot."
    rules = tuple((rule.code, rule.parameters) for rule in reasons)
    return BrokenInput(field, f"{about} ({names}): {told}", Conflict(tuple(topic.id for topic in topics), rules))


def _reasons(instance: Instance, conflict: list[int]) -> list[Broken]:
    """The rules that the pins break where they would stand; with one room each this is the whole conflict."""
    board = _past(instance)
    has_choice = any(len(instance.fits[t]) > 1 for t in conflict)
    left_out = {"pin_missed", "room_taken"} if has_choice else {"pin_missed"}
    found: list[Broken] = []
    for t in sorted(conflict):
        cell = _pinned_cell(instance, t)
        found.extend(rule for rule in cell_rules(instance, board, t, cell) if rule.code not in left_out)
        if not found:
            board.where[t] = cell
    return found


def _pinned_cell(instance: Instance, t: int) -> tuple[int, int]:
    pin = instance.problem.topics[t].pin
    if instance.fits[t]:
        return instance.fits[t][0]
    room = pin.room if pin and pin.room else instance.room_ids[0]
    slot = pin.slot if pin else instance.slot_ids[0]
    return instance.slot_ids.index(slot), instance.room_ids.index(room)


def is_valid(board: Board) -> bool:
    """Whether no hard rule is broken."""
    return not broken(board.instance, board.placements())
