"""The one change of the demonstration after edition 1: two sessions of a late slot change rooms."""

from __future__ import annotations

from itertools import combinations

from offenraum.conference.models import Conference
from offenraum.programme.actions.draft import Taken, swap_topics
from offenraum.programme.models import Placement
from offenraum.programme.queries.draft import draft_of, room_facts


def change_draft(conference: Conference) -> None:
    """Swap the rooms of two sessions that both find there what they need."""
    draft = sorted(draft_of(conference).values(), key=lambda p: (p.slot.starts_at, p.topic_id), reverse=True)
    one, other = next((pair for pair in combinations(draft, 2) if can_swap(*pair)), (None, None))
    if one is None or other is None:
        raise Taken
    swap_topics(topic=one.topic, seen=one.version, other=other.topic, other_seen=other.version)


def can_swap(one: Placement, other: Placement) -> bool:
    """Whether two single sessions of one slot may change rooms."""
    is_same_slot = one.slot_id == other.slot_id and one.topic.length == other.topic.length == 1
    return is_same_slot and fits(one, other) and fits(other, one)


def fits(moved: Placement, into: Placement) -> bool:
    return set(moved.topic.needs) <= room_facts(into.room).features
