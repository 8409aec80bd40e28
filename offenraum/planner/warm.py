"""Compile the engine ahead of time: `python -m offenraum.planner.warm`, called by the set-up."""

from __future__ import annotations

import sys
import time

from offenraum.planner.contents import improve
from offenraum.planner.covering import begin, look
from offenraum.planner.instance import index
from offenraum.planner.reading import read_problem
from offenraum.planner.search import Search
from offenraum.planner.slots import Day
from offenraum.planner.start import begin as empty
from offenraum.planner.warmth import alone, is_warm, mark_warm

SMALLEST = {
    "slots": [{"id": "slot", "start": "2018-09-04T10:00:00+02:00", "minutes": 45}],
    "rooms": [{"id": "room", "places": 1}],
    "topics": [{"id": "one"}, {"id": "other"}],
    "people": [{"id": "person", "wishes": {"one": 1, "other": 2}}],
}


def warm() -> None:
    """Run the engine once on a tiny problem, so that all its machine code is on disk; quick when it is there."""
    instance = index(read_problem(SMALLEST))
    search = Search(instance, empty(instance), "sqrt", seed=1)
    search.fill()
    search.run_steps(64, lambda _: False)
    day = Day(instance)
    count = day.allow(0)
    improve(day.slot, count)
    begin(day.slot, count)
    look(day.slot, 0, 0, 1)
    mark_warm()


def main() -> int:
    """Warm up and say how long it took; a second process waits for the first."""
    with alone():
        if not is_warm():
            started = time.monotonic()
            warm()
            sys.stdout.write(f"planner: machine code in {time.monotonic() - started:.0f} s\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
