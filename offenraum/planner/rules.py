"""The hard rules in plain words: what is wrong with a plan, whoever made it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from offenraum.planner.board import Board
from offenraum.planner.instance import NOWHERE, Instance, index
from offenraum.planner.problem import Cell, Problem


def gettext_noop(text: str) -> str:
    """Mark a sentence for the catalogue; whoever shows it translates it."""
    return text


SENTENCES = {
    "unknown_topic": gettext_noop("%(topic)s is not a topic of this problem."),
    "unknown_slot": gettext_noop("%(topic)s is in slot %(slot)s, which does not exist."),
    "unknown_room": gettext_noop("%(topic)s is in room %(room)s, which does not exist."),
    "room_taken": gettext_noop("%(topic)s and %(other)s are both in room %(room)s in slot %(slot)s."),
    "no_following_slot": gettext_noop("%(topic)s takes two slots, but no slot follows %(slot)s without a break."),
    "room_closed": gettext_noop("%(topic)s is in room %(room)s, which is closed in slot %(slot)s."),
    "room_lacks": gettext_noop("%(topic)s needs %(features)s, which room %(room)s does not have."),
    "host_away": gettext_noop("%(host)s leads %(topic)s but is away in slot %(slot)s."),
    "host_clash": gettext_noop("%(host)s leads %(topic)s and %(other)s, both in slot %(slot)s."),
    "apart": gettext_noop("%(topic)s and %(other)s must not run at the same time, but both are in slot %(slot)s."),
    "resource_short": gettext_noop("Slot %(slot)s has %(available)s of %(resource)s, but %(needed)s sessions need it."),
    "pin_missed": gettext_noop("%(topic)s is pinned to slot %(slot)s %(room)s but is not there."),
    "past_changed": gettext_noop("%(topic)s has already begun in slot %(slot)s, room %(room)s, and must stay there."),
    "past_filled": gettext_noop("%(topic)s is put in slot %(slot)s, which is over."),
}


@dataclass(frozen=True, slots=True)
class Broken:
    """One broken rule: `code` is a key of SENTENCES, `parameters` fill the sentence, `topics` are concerned."""

    code: str
    topics: tuple[str, ...]
    parameters: Mapping[str, str | int] = field(default_factory=dict)

    def sentence(self, translate: Callable[[str], str] = gettext_noop, **shown: str) -> str:
        """The rule in plain words; `shown` replaces ids by what people call the thing."""
        return translate(SENTENCES[self.code]) % {**self.parameters, **shown}


def broken_rules(problem: Problem, placements: Mapping[str, Cell]) -> list[Broken]:
    """Every hard rule that the plan breaks, in the order of topics and slots; an empty list is a valid plan."""
    return broken(index(problem), placements)


def broken(instance: Instance, placements: Mapping[str, Cell]) -> list[Broken]:
    """Like `broken_rules`, for a problem that is already indexed."""
    unknown = list(_unknown(instance, placements))
    if unknown:
        return unknown
    cells = _cells(instance, placements)
    alone = [rule for t, cell in sorted(cells.items()) for rule in _alone(instance, t, cell)]
    spans = {t: _span(instance, t, cell) for t, cell in cells.items()}
    together = [rule for s in range(len(instance.slot_ids)) for rule in _together(instance, s, cells, spans)]
    return [*alone, *together, *_kept(instance, cells)]


def cell_rules(instance: Instance, board: Board, t: int, cell: tuple[int, int]) -> list[Broken]:
    """The hard rules that putting one topic on a cell would break beside what is on the board already."""
    cells = {other: place for other, place in enumerate(board.where) if place != NOWHERE} | {t: cell}
    spans = {other: _span(instance, other, place) for other, place in cells.items()}
    name = instance.topic_ids[t]
    together = [rule for s in spans[t] for rule in _together(instance, s, cells, spans) if name in rule.topics]
    kept = [rule for rule in _kept(instance, {t: cell}) if name in rule.topics]
    return [*_alone(instance, t, cell), *together, *kept]


def _unknown(instance: Instance, placements: Mapping[str, Cell]) -> Iterator[Broken]:
    for topic, cell in placements.items():
        if topic not in instance.topic_ids:
            yield Broken("unknown_topic", (topic,), {"topic": topic})
        if cell.slot not in instance.slot_ids:
            yield Broken("unknown_slot", (topic,), {"topic": topic, "slot": cell.slot})
        if cell.room not in instance.room_ids:
            yield Broken("unknown_room", (topic,), {"topic": topic, "room": cell.room})


def _cells(instance: Instance, placements: Mapping[str, Cell]) -> dict[int, tuple[int, int]]:
    slots = {id_: s for s, id_ in enumerate(instance.slot_ids)}
    rooms = {id_: r for r, id_ in enumerate(instance.room_ids)}
    topics = {id_: t for t, id_ in enumerate(instance.topic_ids)}
    return {topics[topic]: (slots[cell.slot], rooms[cell.room]) for topic, cell in placements.items()}


def _span(instance: Instance, t: int, cell: tuple[int, int]) -> tuple[int, ...]:
    following = instance.next_slot[cell[0]]
    return (cell[0],) if instance.lengths[t] == 1 or following < 0 else (cell[0], following)


def _alone(instance: Instance, t: int, cell: tuple[int, int]) -> Iterator[Broken]:
    """Rules between one topic and its cell. What has begun already is as it is."""
    if instance.fixed[t] == cell:
        return
    topic, (s, r) = instance.problem.topics[t], cell
    named: dict[str, str | int] = {"topic": topic.id, "slot": instance.slot_ids[s], "room": instance.room_ids[r]}
    if topic.length == 2 and instance.next_slot[s] < 0:
        yield Broken("no_following_slot", (topic.id,), named)
    if r in instance.lacks_features[t]:
        missing = ", ".join(sorted(topic.features - instance.problem.rooms[r].features))
        yield Broken("room_lacks", (topic.id,), named | {"features": missing})
    if s < instance.first_open:
        yield Broken("past_filled", (topic.id,), named)
    for span in _span(instance, t, cell):
        if (span, r) in instance.closed:
            yield Broken("room_closed", (topic.id,), named | {"slot": instance.slot_ids[span]})
        for host in _away(instance, t, span):
            yield Broken("host_away", (topic.id,), named | {"slot": instance.slot_ids[span], "host": host})


def _away(instance: Instance, t: int, s: int) -> list[str]:
    if s not in instance.away[t]:
        return []
    own = instance.problem.topics[t].hosts
    return [host.id for host in instance.problem.hosts if host.id in own and instance.slot_ids[s] in host.away]


def _together(
    instance: Instance, s: int, cells: Mapping[int, tuple[int, int]], spans: Mapping[int, tuple[int, ...]]
) -> Iterator[Broken]:
    """Rules between the topics of one slot; what has begun together already is as it is."""
    here = sorted(t for t, span in spans.items() if s in span)
    for place, t in enumerate(here):
        for other in here[place + 1 :]:
            if not (instance.fixed[t] != NOWHERE and instance.fixed[other] != NOWHERE):
                yield from _pair(instance, s, (t, cells[t][1]), (other, cells[other][1]))
    for k, available in enumerate(instance.per_slot):
        users = [t for t in here if k in instance.uses[t]]
        if len(users) > available and any(instance.fixed[t] == NOWHERE for t in users):
            names = tuple(instance.topic_ids[t] for t in users)
            resource = instance.problem.resources[k].id
            filled: dict[str, str | int] = {
                "slot": instance.slot_ids[s],
                "resource": resource,
                "available": available,
                "needed": len(users),
            }
            yield Broken("resource_short", names, filled)


def _pair(instance: Instance, s: int, one: tuple[int, int], two: tuple[int, int]) -> Iterator[Broken]:
    t, other = one[0], two[0]
    names = (instance.topic_ids[t], instance.topic_ids[other])
    filled = {"topic": names[0], "other": names[1], "slot": instance.slot_ids[s]}
    if one[1] == two[1]:
        yield Broken("room_taken", names, filled | {"room": instance.room_ids[one[1]]})
    if other not in instance.clashes[t]:
        return
    host = _shared_host(instance.problem, t, other)
    yield Broken("apart", names, filled) if host is None else Broken("host_clash", names, filled | {"host": host})


def _shared_host(problem: Problem, t: int, other: int) -> str | None:
    persons = {host.id: host.person or f"host {host.id}" for host in problem.hosts}
    others = {persons[host] for host in problem.topics[other].hosts}
    return next((host for host in problem.topics[t].hosts if persons[host] in others), None)


def _kept(instance: Instance, cells: Mapping[int, tuple[int, int]]) -> Iterator[Broken]:
    """Pins, and what has begun."""
    for t, topic in enumerate(instance.problem.topics):
        cell = cells.get(t, NOWHERE)
        if instance.fixed[t] != NOWHERE:
            if cell != instance.fixed[t]:
                s, r = instance.fixed[t]
                named = {"topic": topic.id, "slot": instance.slot_ids[s], "room": instance.room_ids[r]}
                yield Broken("past_changed", (topic.id,), named)
        elif topic.pin and not _holds_pin(instance, t, cell):
            yield Broken(
                "pin_missed", (topic.id,), {"topic": topic.id, "slot": topic.pin.slot, "room": topic.pin.room or ""}
            )


def _holds_pin(instance: Instance, t: int, cell: tuple[int, int]) -> bool:
    pin = instance.problem.topics[t].pin
    if pin is None or cell == NOWHERE:
        return pin is None
    return pin.slot == instance.slot_ids[cell[0]] and pin.room in (None, instance.room_ids[cell[1]])
