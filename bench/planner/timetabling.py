"""Public timetabling instances as stress: track 2 of the 2007 competition, read as far as our model goes.

A file is a column of numbers: events, rooms, features, students; places of rooms; student x event; room x feature;
event x feature; event x slot; event x event. Students become people who wish for their events, rooms keep places and
features, slots in which an event may not be become absences of its host. Which event comes before which has no
counterpart, and two events of one student in one slot cost a wish instead of being forbidden.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np

from bench.planner.checker import Document

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "data" / "itc2007"
SLOTS = 45
DAY = 9
BEGIN = datetime(2018, 9, 3, 9, 0, tzinfo=UTC)


def files() -> list[Path]:
    """The instances beside the project; none where they are missing."""
    return sorted(FOLDER.glob("*.tim"))


def read_timetabling(text: str) -> Document:
    """A problem in the planner's form from a .tim file."""
    numbers = np.array(text.split(), np.int64)
    events, rooms, features, students = (int(number) for number in numbers[:4])
    shapes = [(rooms,), (students, events), (rooms, features), (events, features), (events, SLOTS)]
    tables, place = [], 4
    for shape in shapes:
        size = int(np.prod(shape))
        tables.append(numbers[place : place + size].reshape(shape))
        place += size
    places, attends, has, needs, may_be = tables
    return {
        "slots": [_slot(number) for number in range(SLOTS)],
        "rooms": [{"id": f"r{r}", "places": int(places[r]), "features": _names(has[r])} for r in range(rooms)],
        "topics": [{"id": f"e{e}", "hosts": [f"h{e}"], "features": _names(needs[e])} for e in range(events)],
        "hosts": [{"id": f"h{e}", "away": [f"s{s}" for s in np.flatnonzero(may_be[e] == 0)]} for e in range(events)],
        "people": [
            {"id": f"p{p}", "wishes": {f"e{e}": 1 for e in np.flatnonzero(attends[p])}} for p in range(students)
        ],
    }


def _slot(number: int) -> Document:
    day, hour = divmod(number, DAY)
    return {"id": f"s{number}", "start": (BEGIN + timedelta(days=day, hours=hour)).isoformat(), "minutes": 60}


def _names(row: np.ndarray) -> list[str]:  # type: ignore[type-arg]
    return [f"f{number}" for number in np.flatnonzero(row)]
