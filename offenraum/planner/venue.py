"""Rooms, slots and weights as they are written on a command line, for a survey that has none of them."""

from __future__ import annotations

from offenraum.planner.problem import BrokenInput
from offenraum.planner.reading import HEAVIEST_WISH, MOST_PLACES

MOST_SLOTS = 200
MOST_ROOMS = 500


def read_rooms(text: str) -> list[tuple[str, int]]:
    """Ids and places from `Saal=110,Nische=20`, `110,20` or `5x110`."""
    rooms: list[tuple[str, int]] = []
    for part in text.split(","):
        name, named, places = part.rpartition("=")
        times, _, each = places.rpartition("x")
        count = _whole(times or "1", "--rooms", 1, MOST_ROOMS)
        if named and count > 1:
            raise BrokenInput("--rooms", f"{part.strip()!r} names one room and counts several")
        for _ in range(count):
            rooms.append((name.strip() or f"room {len(rooms) + 1}", _whole(each, "--rooms", 0, MOST_PLACES)))
    if len(rooms) > MOST_ROOMS:
        raise BrokenInput("--rooms", f"has {len(rooms)} rooms; at most {MOST_ROOMS} are planned")
    return rooms


def read_slots(text: str) -> list[str]:
    """Ids from a number of slots or from their names: `12` or `10:00,10:45,11:45`."""
    if "," in text or not text.strip().isdigit():
        return [name.strip() for name in text.split(",")]
    return [f"slot {number + 1}" for number in range(_whole(text, "--slots", 1, MOST_SLOTS))]


def read_weights(text: str) -> dict[int, int]:
    """Score or choice to weight from `8=1,9=2,10=3`."""
    weights: dict[int, int] = {}
    for part in text.split(","):
        score, _, weight = part.partition("=")
        weights[_whole(score, "--weights", 0, MOST_PLACES)] = _whole(weight, "--weights", 1, HEAVIEST_WISH)
    return weights


def _whole(text: str, option: str, lowest: int, highest: int) -> int:
    shown = text.strip()
    is_short_number = shown.isascii() and shown.isdigit() and len(shown) <= len(str(highest))
    if not (is_short_number and lowest <= int(shown) <= highest):
        raise BrokenInput(option, f"{shown!r} is not a whole number from {lowest} to {highest}")
    return int(shown)
