"""Runs in the environment of conference-scheduler: a problem on standard input, cells on the last line of output."""

import json
import os
import sys
from datetime import datetime, timedelta

import pulp
from conference_scheduler import scheduler
from conference_scheduler.lp_problem import objective_functions
from conference_scheduler.resources import Event, Slot


def main() -> None:
    asked = json.load(sys.stdin)
    begin = datetime(2018, 9, 4, 9)  # noqa: DTZ001
    cells = [(s, r) for s in range(asked["slots"]) for r in range(len(asked["places"]))]
    slots = [Slot(f"room {r}", begin + timedelta(hours=s), 45, asked["places"][r], "day") for s, r in cells]
    events = [Event(f"topic {t}", 45, demand) for t, demand in enumerate(asked["demands"])]
    for one, other in asked["apart"]:
        events[one].add_unavailability(events[other])
    objective = objective_functions.efficiency_capacity_demand_difference
    solver = pulp.PULP_CBC_CMD(msg=False, timeLimit=asked["seconds"])
    try:
        found = scheduler.solution(events, slots, objective_function=objective, solver=solver)
        placed = [[t, *cells[cell]] for t, cell in found]
    except ValueError:
        placed = []
    used = os.times()
    print(json.dumps({"cells": placed, "seconds": sum(used[:4])}))


if __name__ == "__main__":
    main()
