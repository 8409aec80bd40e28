"""What the plan gives one person: where they sit, what share of their own best plan that is, and what they miss."""

from __future__ import annotations

from collections import Counter

from offenraum.planner.canonical import Json
from offenraum.planner.instance import HALVES, NOWHERE
from offenraum.planner.prices import Ledger


def people_document(ledger: Ledger) -> dict[str, Json]:
    """Person to own row; people of a forecast have none."""
    people = ledger.instance.problem.people
    return {person.id: person_document(ledger, p) for p, person in enumerate(people) if not person.is_forecast}


def person_document(ledger: Ledger, p: int) -> dict[str, Json]:
    """`got` and `ideal` in wishes, `percent` (null without a wish), `sits` (slot, topic), `missed`."""
    instance = ledger.instance
    got, ideal = ledger.got[p], instance.ideals[p]
    topics = instance.topic_ids
    seats = [(s, here[p][1]) for s, here in enumerate(ledger.seats) if p in here]
    sits: list[Json] = [{"slot": instance.slot_ids[s], "topic": topics[t]} for s, t in seats]
    return {
        "got": got / HALVES,
        "ideal": ideal / HALVES,
        "percent": round(100 * got / ideal) if ideal else None,
        "sits": sits,
        "missed": missed(ledger, p),
    }


def missed(ledger: Ledger, p: int) -> list[Json]:
    """The wishes that the person does not sit in, strongest first: `why` is `out`, `clash`, `full` or `room`."""
    instance = ledger.instance
    person = instance.problem.people[p]
    here = {topic for seats in ledger.seats if p in seats for _, topic in [seats[p]]}
    places = {topic: t for t, topic in enumerate(instance.topic_ids)}
    wishes = sorted(person.wishes.items(), key=lambda wish: (-wish[1], places[wish[0]]))
    return [_missed(ledger, p, places[topic], weight) for topic, weight in wishes if places[topic] not in here]


def _missed(ledger: Ledger, p: int, t: int, weight: int) -> Json:
    instance, (s, r) = ledger.instance, ledger.board.where[t]
    document: dict[str, Json] = {"topic": instance.topic_ids[t], "weight": weight, "why": "out"}
    if (s, r) == NOWHERE:
        return document
    attends = ledger.seats[s].get(p)
    document |= {"slot": instance.slot_ids[s], "instead": instance.topic_ids[attends[1]] if attends else None}
    wanted = weight * HALVES // instance.lengths[t]
    if attends and (attends[0] >= wanted or leads(ledger, p, attends[1])):
        return document | {"why": "clash"}
    why = "room" if r in instance.useless[p] else "full"
    return document | {"why": why, "alternative": document["instead"] or _alternative(ledger, t, s)}


def leads(ledger: Ledger, p: int, t: int) -> bool:
    """Whether a person is one of the hosts."""
    return any(host == p for host, _ in ledger.instance.hosting[t])


def _alternative(ledger: Ledger, t: int, s: int) -> str | None:
    """The session of the slot with places left that most people who wish for this one wish for too."""
    instance, problem = ledger.instance, ledger.instance.problem
    taken = Counter(topic for _, topic in ledger.seats[s].values())
    free = [o for o, r in ledger.board.sessions(s) if taken[o] < instance.places[r]]
    alike = Counter(
        topic for _, people in instance.wishers[t] for q in people for topic in problem.people[q].wishes
    )
    best = max(free, key=lambda o: (alike[instance.topic_ids[o]], -o), default=None)
    return instance.topic_ids[best] if best is not None and alike[instance.topic_ids[best]] else None
