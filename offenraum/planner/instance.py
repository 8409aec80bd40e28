"""A problem as numbers: ids become places in tuples, hard rules become tables. All other modules work on this form."""

from __future__ import annotations

import statistics
import zlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from offenraum.planner.forecast import with_forecast
from offenraum.planner.problem import Problem, Topic
from offenraum.planner.references import past_topics

# What one slot gives is counted in half wishes: a session of two slots gives half its weight in each.
HALVES = 2
NOWHERE = (-1, -1)

Wishers = tuple[tuple[int, tuple[int, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Instance:
    """`wishers[topic]` are (half wishes per slot, people in the order of seats), strongest first.

    `hosting[topic]` are (person, half wishes).
    `fits` are the cells in which a topic may begin, `fixed` where it has begun already, `useless` the rooms that lack
    what a person needs, `clashes` the topics that cannot share a slot with each topic.
    """

    problem: Problem
    slot_ids: tuple[str, ...]
    room_ids: tuple[str, ...]
    topic_ids: tuple[str, ...]
    next_slot: tuple[int, ...]
    places: tuple[int, ...]
    lengths: tuple[int, ...]
    wishers: tuple[Wishers, ...]
    ideals: tuple[int, ...]
    useless: tuple[frozenset[int], ...]
    hosting: tuple[tuple[tuple[int, int], ...], ...]
    clashes: tuple[frozenset[int], ...]
    uses: tuple[tuple[int, ...], ...]
    per_slot: tuple[int, ...]
    closed: frozenset[tuple[int, int]]
    lacks_features: tuple[frozenset[int], ...]
    away: tuple[frozenset[int], ...]
    fixed: tuple[tuple[int, int], ...]
    current: tuple[tuple[int, int], ...]
    fits: tuple[tuple[tuple[int, int], ...], ...]
    first_open: int

    @property
    def named_count(self) -> int:
        """How many people are known by name; the crowd of a forecast comes behind them."""
        return sum(not person.is_forecast for person in self.problem.people)


def index(problem: Problem) -> Instance:
    """The numbers of a checked problem and of the crowd behind its hands, which comes after the people with names."""
    problem = with_forecast(problem)
    slots = _places(slot.id for slot in problem.slots)
    rooms = _places(room.id for room in problem.rooms)
    past = set(past_topics(problem))
    cells = {topic: (slots[cell.slot], rooms[cell.room]) for topic, cell in (problem.current or {}).items()}
    next_slot = [-1] * len(slots)
    for slot in problem.slots:
        if slot.follows is not None:
            next_slot[slots[slot.follows]] = slots[slot.id]
    tables = _Tables(problem, slots, rooms, tuple(next_slot))
    fixed = tuple(cells[topic.id] if topic.id in past else NOWHERE for topic in problem.topics)
    first_open = 0 if problem.now is None else slots[problem.now]
    wishers = _wishers(problem)
    return Instance(
        problem=problem,
        slot_ids=tuple(slots),
        room_ids=tuple(rooms),
        topic_ids=tuple(topic.id for topic in problem.topics),
        next_slot=tuple(next_slot),
        places=tuple(room.places for room in problem.rooms),
        lengths=tuple(topic.length for topic in problem.topics),
        wishers=wishers,
        useless=tuple(
            frozenset(r for r, room in enumerate(problem.rooms) if p.needs - room.features) for p in problem.people
        ),
        hosting=_hosting(problem),
        clashes=_clashes(problem),
        uses=_uses(problem),
        per_slot=tuple(resource.per_slot for resource in problem.resources),
        closed=tables.closed,
        lacks_features=tables.lacks_features,
        away=tables.away,
        fixed=fixed,
        current=tuple(cells.get(topic.id, NOWHERE) for topic in problem.topics),
        fits=tuple(tables.fits(t, fixed[t], first_open) for t in range(len(problem.topics))),
        first_open=first_open,
        ideals=_ideals(problem, wishers),
    )


class _Tables:
    """The hard rules that look at one topic and one cell."""

    def __init__(
        self, problem: Problem, slots: dict[str, int], rooms: dict[str, int], next_slot: tuple[int, ...]
    ) -> None:
        hosts = {host.id: host for host in problem.hosts}
        self.problem, self.slots, self.rooms, self.next_slot = problem, slots, rooms, next_slot
        self.closed = frozenset((slots[s], r) for r, room in enumerate(problem.rooms) for s in room.closed)
        self.lacks_features = tuple(
            frozenset(r for r, room in enumerate(problem.rooms) if topic.features - room.features)
            for topic in problem.topics
        )
        self.away = tuple(frozenset(slots[s] for h in topic.hosts for s in hosts[h].away) for topic in problem.topics)

    def fits(self, t: int, fixed: tuple[int, int], first_open: int) -> tuple[tuple[int, int], ...]:
        """The cells in which topic `t` may begin as far as it alone is concerned."""
        if fixed != NOWHERE:
            return (fixed,)
        topic = self.problem.topics[t]
        open_slots = [s for s in range(first_open, len(self.slots)) if self._slot_fits(topic, t, s)]
        return tuple((s, r) for s in open_slots for r in range(len(self.rooms)) if self._room_fits(topic, t, s, r))

    def _slot_fits(self, topic: Topic, t: int, s: int) -> bool:
        spans = self._span(topic, s)
        pinned = topic.pin is None or self.slots[topic.pin.slot] == s
        return pinned and -1 not in spans and not self.away[t].intersection(spans)

    def _room_fits(self, topic: Topic, t: int, s: int, r: int) -> bool:
        pinned = topic.pin is None or topic.pin.room is None or self.rooms[topic.pin.room] == r
        is_open = all((span, r) not in self.closed for span in self._span(topic, s))
        return pinned and is_open and r not in self.lacks_features[t]

    def _span(self, topic: Topic, s: int) -> tuple[int, ...]:
        return (s,) if topic.length == 1 else (s, self.next_slot[s])


def _places(ids: Iterable[str]) -> dict[str, int]:
    return {id_: place for place, id_ in enumerate(ids)}


def _wishers(problem: Problem) -> tuple[Wishers, ...]:
    topics = _places(topic.id for topic in problem.topics)
    usual = _usual_wishes(problem)
    found: list[dict[int, list[tuple[int, int, int]]]] = [defaultdict(list) for _ in problem.topics]
    for p, person in enumerate(problem.people):
        wishes = usual if person.is_forecast else len(person.wishes)
        for topic, weight in person.wishes.items():
            t = topics[topic]
            found[t][weight * HALVES // problem.topics[t].length].append((wishes, _lot(person.id, topic), p))
    return tuple(_by_strength(wishes) for wishes in found)


def _usual_wishes(problem: Problem) -> int:
    """How many wishes the voters have in the middle; those of a crowd are too few, as hands show only one each."""
    counts = [len(person.wishes) for person in problem.people if person.wishes and not person.is_forecast]
    return statistics.median_low(counts) if counts else 0


def _by_strength(wishes: dict[int, list[tuple[int, int, int]]]) -> Wishers:
    """For each strength the people in the order of seats: who wishes for few topics first, then by lot."""
    return tuple((value, tuple(p for *_, p in sorted(wishes[value]))) for value in sorted(wishes, reverse=True))


def _lot(person: str, topic: str) -> int:
    """Who of equally strong wishes comes first, drawn apart for every topic but the same for the same two names."""
    return zlib.crc32(f"{person}\0{topic}".encode())


def _ideals(problem: Problem, wishers: tuple[Wishers, ...]) -> tuple[int, ...]:
    """Half wishes that a plan made only for this person would give: the best of its wishes, one per slot."""
    values: list[list[int]] = [[] for _ in problem.people]
    for topic, wishes in zip(problem.topics, wishers, strict=True):
        for value, people in wishes:
            for p in people:
                values[p].extend([value] * topic.length)
    return tuple(sum(sorted(own, reverse=True)[: len(problem.slots)]) for own in values)


def _hosting(problem: Problem) -> tuple[tuple[tuple[int, int], ...], ...]:
    people = _places(person.id for person in problem.people)
    persons = {host.id: people[host.person] for host in problem.hosts if host.person is not None}
    found = []
    for topic in problem.topics:
        own = sorted({persons[h] for h in topic.hosts if h in persons})
        found.append(tuple((p, problem.people[p].wishes.get(topic.id, 0) * HALVES // topic.length) for p in own))
    return tuple(found)


def _clashes(problem: Problem) -> tuple[frozenset[int], ...]:
    """The topics that cannot share a slot with each topic: same host, same person behind the hosts, or kept apart."""
    persons = {host.id: ("person", host.person) if host.person else ("host", host.id) for host in problem.hosts}
    led = defaultdict(set)
    for t, topic in enumerate(problem.topics):
        for host in topic.hosts:
            led[persons[host]].add(t)
    clashes: list[set[int]] = [set().union(*(led[persons[host]] for host in topic.hosts)) for topic in problem.topics]
    topics = _places(topic.id for topic in problem.topics)
    for one, other in problem.apart:
        clashes[topics[one]].add(topics[other])
        clashes[topics[other]].add(topics[one])
    return tuple(frozenset(others - {t}) for t, others in enumerate(clashes))


def _uses(problem: Problem) -> tuple[tuple[int, ...], ...]:
    resources = _places(resource.id for resource in problem.resources)
    return tuple(tuple(resources[r] for r in topic.resources) for topic in problem.topics)
