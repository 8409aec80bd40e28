"""Two topics side by side, for the decision whether they are one."""

from __future__ import annotations

from dataclasses import dataclass

from offenraum.barcamp.models import Topic
from offenraum.barcamp.queries import Tally, tallies
from offenraum.barcamp.queries.merging import text_likeness, voters_of
from offenraum.barcamp.rules.merging import Pair, pair_of
from offenraum.conference.models import Conference


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two, and what is known about it."""

    topic: Topic
    tally: Tally | None
    other: Topic


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two topics, how alike they are, who wants both."""

    sides: tuple[Side, Side]
    pair: Pair

    @property
    def can_merge(self) -> bool:
        return all(side.topic.state == Topic.State.RELEASED for side in self.sides)


def comparison_of(conference: Conference, one: Topic, other: Topic) -> Comparison:
    """What a moderator looks at before merging."""
    known = tallies(conference)
    sides = Side(one, known.get(one.pk), other), Side(other, known.get(other.pk), one)
    pair = pair_of(one.pk, other.pk, likeness=text_likeness(one, other), voters=voters_of(conference))
    return Comparison(sides=sides, pair=pair)
