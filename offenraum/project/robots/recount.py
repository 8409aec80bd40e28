"""Counts in the database what the robots were told had been counted."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from offenraum.barcamp.models import Interest
from offenraum.barcamp.queries import tallies
from offenraum.conference.models import Conference
from offenraum.project.robots.robot import Robot, Wish


@dataclass(frozen=True, slots=True)
class Recount:
    """Votes by phone that stand at the end: sent by robots, acknowledged by the server, counted by the tally."""

    sent: int
    acknowledged: int
    counted: int
    lost: int
    double: int


@dataclass(frozen=True, slots=True)
class Row:
    """A vote in the database."""

    weight: int
    key: uuid.UUID


Pair = tuple[int, int]


def recount(*, conference: Conference, robots: Mapping[int, Robot], late: int) -> Recount:
    """Compare every wish of every robot (by seat id) with the database; `late` were acknowledged after the close."""
    wishes = {(seat, wish.topic): wish for seat, robot in robots.items() for wish in robot.wishes.values()}
    rows = rows_of(conference)
    counted = sum(tally.by_phone for tally in tallies(conference).values())
    standing = sum(1 for row in rows.values() if row.weight)
    unknown = sum(1 for pair, row in rows.items() if row.weight and not is_wanted(wishes.get(pair)))
    return Recount(
        sent=sum(1 for wish in wishes.values() if wish.weight),
        acknowledged=sum(1 for wish in wishes.values() if wish.standing_weight),
        counted=counted,
        lost=sum(1 for pair, wish in wishes.items() if is_lost(wish, rows.get(pair))) + max(0, standing - counted),
        double=unknown + late + max(0, counted - standing),
    )


def rows_of(conference: Conference) -> dict[Pair, Row]:
    found = Interest.objects.filter(topic__conference=conference).values_list("seat_id", "topic_id", "weight", "key")
    return {(seat, topic): Row(weight, key) for seat, topic, weight, key in found}


def is_wanted(wish: Wish | None) -> bool:
    """Whether some tap of the robot, acknowledged or on its way, asked for this vote."""
    return wish is not None and (wish.weight > 0 or is_wanted(None if wish.is_acknowledged else wish.earlier))


def is_lost(wish: Wish, row: Row | None) -> bool:
    """Whether an acknowledged tap is not in the database, and no later tap that may have arrived replaces it."""
    standing = wish.standing
    if standing is None or not standing.is_acknowledged:
        return False
    kept = {standing.key} | {newer.key for newer in taps_after(wish, standing)}
    return row is None or row.key not in kept or (row.key == standing.key and row.weight != standing.weight)


def taps_after(wish: Wish, standing: Wish) -> list[Wish]:
    """The taps after the acknowledged one, whose answers never came."""
    found, one = [], wish
    while one is not standing and one.earlier is not None:
        found.append(one)
        one = one.earlier
    return found
