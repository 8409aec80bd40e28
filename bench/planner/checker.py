"""Looks at a plan without any of the planner's code: hard rules from the problem file, seats assigned exactly."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

import highspy
import numpy as np

Document = dict[str, Any]
Cells = dict[str, tuple[str, str]]


@dataclass
class Checked:
    """What is wrong with a plan, and the most wishes that people can get from it."""

    broken: list[str] = field(default_factory=list)
    most: float = 0.0


def check(problem: Document, placements: Cells) -> Checked:
    """`placements` is topic -> (slot, room). For problems without running plan, resources and pairs apart."""
    following = {slot["follows"]: slot["id"] for slot in problem["slots"] if slot.get("follows")}
    topics = {topic["id"]: topic for topic in problem["topics"]}
    halves: dict[str, list[tuple[str, str]]] = defaultdict(list)
    checked = Checked()
    for name, (slot, room) in placements.items():
        span = [slot] if topics[name].get("length", 1) == 1 else [slot, following.get(slot, "")]
        for part in span:
            halves[part].append((name, room))
        checked.broken += _alone(problem, topics[name], span, room)
    for slot, sessions in halves.items():
        checked.broken += _together(problem, topics, slot, sessions)
        checked.most += _most_wishes(problem, topics, sessions)
    return checked


def _alone(problem: Document, topic: Document, span: list[str], name: str) -> list[str]:
    room = next(room for room in problem["rooms"] if room["id"] == name)
    hosts = [host for host in problem.get("hosts", []) if host["id"] in topic.get("hosts", [])]
    away = {slot for host in hosts for slot in host.get("away", [])}
    pin = topic.get("pin")
    wrong = {
        "has no second slot": "" in span,
        "is in a closed room": bool(set(span) & set(room.get("closed", []))),
        "lacks features": bool(set(topic.get("features", [])) - set(room.get("features", []))),
        "has a host who is away": bool(away & set(span)),
        "is not on its pin": bool(pin) and (pin["slot"] != span[0] or pin.get("room") not in (None, name)),
    }
    return [f"{topic['id']} {what}" for what, is_wrong in wrong.items() if is_wrong]


def _together(problem: Document, topics: dict[str, Document], slot: str, sessions: list[tuple[str, str]]) -> list[str]:
    persons = {host["id"]: host.get("person") or f"host {host['id']}" for host in problem.get("hosts", [])}
    wrong = []
    for (one, room), (other, other_room) in combinations(sessions, 2):
        hosts = [{persons[host] for host in topics[name].get("hosts", [])} for name in (one, other)]
        if room == other_room:
            wrong.append(f"{one} and {other} share {room} in {slot}")
        if hosts[0] & hosts[1]:
            wrong.append(f"{one} and {other} share a host in {slot}")
    return wrong


def _most_wishes(problem: Document, topics: dict[str, Document], sessions: list[tuple[str, str]]) -> float:
    """The best assignment of people to the sessions of a slot: a transport problem, solved exactly."""
    places = {room["id"]: room["places"] for room in problem["rooms"]}
    persons = {host["id"]: host.get("person") for host in problem.get("hosts", [])}
    led = [(persons[host], name) for name, _ in sessions for host in topics[name].get("hosts", [])]
    leads = {person: name for person, name in led if person}
    total, choices = 0.0, []
    left = {name: places[room] - sum(own == name for own in leads.values()) for name, room in sessions}
    for person in problem["people"]:
        if person["id"] in leads:
            name = leads[person["id"]]
            total += person["wishes"].get(name, 0) / topics[name].get("length", 1)
            continue
        wishes = person["wishes"]
        choices.append([(name, wishes[name] / topics[name].get("length", 1)) for name in left if name in wishes])
    return total + _transport(choices, left)


def _transport(choices: list[list[tuple[str, float]]], left: dict[str, int]) -> float:
    """The largest sum of worths with one choice for each person and so many people for each name."""
    edges = [(person, name, worth) for person, own in enumerate(choices) for name, worth in own]
    if not edges:
        return 0.0
    rows: dict[object, list[int]] = defaultdict(list)
    for column, (person, name, _) in enumerate(edges):
        rows[person].append(column)
        rows[name].append(column)
    limits = [left[row] if isinstance(row, str) else 1 for row in rows]
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(edges), len(rows)
    model.sense_ = highspy.ObjSense.kMaximize
    model.col_cost_ = np.array([worth for _, _, worth in edges])
    model.col_lower_, model.col_upper_ = np.zeros(len(edges)), np.ones(len(edges))
    model.row_lower_ = np.full(len(rows), -highspy.kHighsInf)
    model.row_upper_ = np.maximum(0.0, np.array(limits, float))
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = np.cumsum([0, *(len(columns) for columns in rows.values())])
    model.a_matrix_.index_ = np.array([column for columns in rows.values() for column in columns])
    model.a_matrix_.value_ = np.ones(2 * len(edges))
    solver = highspy.Highs()
    solver.setOptionValue("threads", 1)
    solver.setOptionValue("output_flag", False)
    solver.passModel(model)
    solver.run()
    return float(solver.getInfo().objective_function_value)
