"""What is beside the plan: other sessions with room, foyer tables, the lightning round."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from offenraum.barcamp.models import Topic
from offenraum.barcamp.queries import tallies
from offenraum.conference.models import Conference
from offenraum.programme.models import SessionFlag
from offenraum.programme.queries.published import Programme, Session
from offenraum.programme.rules import overlap

MOST_ALTERNATIVES: Final = 3


def with_room(programme: Programme, full: Session, conference: Conference) -> list[Session]:
    """Sessions at the same time that are not full, those with the most seats for the fewest interested first."""
    wanted = {topic: tally.total for topic, tally in tallies(conference).items()}
    others = [
        one for one in programme.sessions
        if one.topic.pk != full.topic.pk and overlap(one.span, full.span) and not one.is_full
    ]
    return sorted(others, key=lambda one: (wanted.get(one.topic.pk, 0) - one.room.places, one.room.position))[
        :MOST_ALTERNATIVES
    ]


@dataclass(frozen=True, slots=True)
class Beside:
    """Topics that have no room but a place: at a table in the foyer, or some minutes in the lightning round."""

    foyer: tuple[SessionFlag, ...]
    lightning: tuple[SessionFlag, ...]


def beside_plan(conference: Conference) -> Beside:
    """What everybody may see of it, in the order in which it was said."""
    shown = SessionFlag.objects.filter(conference=conference, topic__state=Topic.State.RELEASED)
    flags = list(shown.exclude(kind=SessionFlag.Kind.FULL).select_related("topic").prefetch_related("topic__hosts"))
    return Beside(
        foyer=tuple(flag for flag in flags if flag.kind == SessionFlag.Kind.FOYER),
        lightning=tuple(flag for flag in flags if flag.kind == SessionFlag.Kind.LIGHTNING),
    )
