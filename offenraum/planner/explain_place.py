"""Why this slot and why this room: how warm each slot is for a topic, and what the next bigger room would change."""

from __future__ import annotations

from dataclasses import asdict

from offenraum.planner.audience import Audience
from offenraum.planner.canonical import Json
from offenraum.planner.demand import worth_of, would_win
from offenraum.planner.instance import NOWHERE
from offenraum.planner.objective import UNIT
from offenraum.planner.prices import Ledger
from offenraum.planner.weighing import lifted, weigh

NO_EFFECT: dict[str, Json] = {"gain": 0, "lose": 0, "gain_estimated": 0, "lose_estimated": 0, "change": None}


def slots_document(ledger: Ledger, t: int) -> dict[str, Json]:
    """Slot to `come` (people who would rather be here than where they sit then), how many of them are estimated, `gain`
    (units of the objective that they would win, were there seats for all) and `blocked` (null, or why it cannot begin).
    """
    with lifted(ledger, t):
        return {slot: _warmth(ledger, t, s) for s, slot in enumerate(ledger.instance.slot_ids)}


def _warmth(ledger: Ledger, t: int, s: int) -> dict[str, Json]:
    blocked = _blocked(ledger, t, s)
    if blocked in {"over", "no_following_slot"}:
        return {"come": 0, "come_estimated": 0, "gain": 0.0, "blocked": blocked}
    won = would_win(ledger, t, s)
    estimated = sum(p >= ledger.named_count for p in won)
    gain = round(worth_of(ledger, won) / UNIT, 6)
    return {"come": len(won), "come_estimated": estimated, "gain": gain, "blocked": blocked}


def _blocked(ledger: Ledger, t: int, s: int) -> str | None:
    """The first rule that keeps a topic out of a slot; null where it may begin in some room."""
    instance, board = ledger.instance, ledger.board
    if s < instance.first_open:
        return "over"
    span = board.span(t, s)
    if -1 in span:
        return "no_following_slot"
    if instance.away[t].intersection(span):
        return "hosts_away"
    if board.clash(t, s) is not None:
        return "clash"
    return None if any(slot == s for slot, _ in instance.fits[t]) else "no_room"


def room_document(ledger: Ledger, t: int, audience: Audience) -> dict[str, Json]:
    """`interested`, `expected` (from `low` to `high`) and `places` of a session, who is `seated`, and `next_bigger`."""
    s = ledger.board.where[t][0]
    seated = max(sum(topic == t for _, topic in ledger.seats[half].values()) for half in ledger.board.span(t, s))
    return {**asdict(audience), "seated": seated, "next_bigger": _next_bigger(ledger, t)}


def _next_bigger(ledger: Ledger, t: int) -> dict[str, Json] | None:
    """The smallest larger room that fits in the slot: its `places`, who has it, and what the exchange would do."""
    instance, (s, r) = ledger.instance, ledger.board.where[t]
    larger = [
        room for slot, room in _cells(ledger, t) if slot == s and instance.places[room] > instance.places[r]
    ]
    if not larger:
        return None
    room = min(larger, key=lambda room: (instance.places[room], room))
    there = (ledger.board.rooms_of[half].get(room) for half in ledger.board.span(t, s))
    other = next((o for o in there if o is not None), None)
    moves = {t: (s, room)} if other is None else {t: (s, room), other: (ledger.board.where[other][0], r)}
    effect = weigh(ledger, moves)
    return {
        "room": instance.room_ids[room],
        "places": instance.places[room],
        "taken_by": None if other is None else instance.topic_ids[other],
        **(effect.document() if effect else NO_EFFECT),
    }


def _cells(ledger: Ledger, t: int) -> list[tuple[int, int]]:
    """Where a topic may begin; a pin to a room or the past do not matter when rooms are compared."""
    instance, (s, _) = ledger.instance, ledger.board.where[t]
    span = ledger.board.span(t, s)
    rooms = range(len(instance.room_ids))
    fitting = [r for r in rooms if r not in instance.lacks_features[t]]
    return [(s, r) for r in fitting if all((half, r) not in instance.closed for half in span)]


def place_document(ledger: Ledger, t: int, audience: Audience | None) -> dict[str, Json]:
    """Everything about one topic's place; without `room` when it is not in the plan."""
    document: dict[str, Json] = {"slots": slots_document(ledger, t)}
    if ledger.board.where[t] != NOWHERE and audience is not None:
        document["room"] = room_document(ledger, t, audience)
    return document
