"""Reads about rounds and their pitches."""

from __future__ import annotations

from django.db.models import QuerySet

from offenraum.barcamp.models import Pitch, Round, Topic
from offenraum.conference.models import Conference


def round_now(conference: Conference) -> Round | None:
    """The running round, else the next planned one, else the last closed one."""
    rounds = list(Round.objects.filter(conference=conference).select_related("current__topic"))
    running = [r for r in rounds if r.is_running]
    planned = [r for r in rounds if r.state == Round.State.PLANNED]
    return next(iter(running + planned + rounds[::-1]), None)


def pitches_of(round_: Round) -> QuerySet[Pitch]:
    """The queue of a round, hidden and withdrawn topics left out."""
    return (
        Pitch.objects.filter(round=round_, topic__state=Topic.State.RELEASED)
        .select_related("topic")
        .prefetch_related("topic__hosts")
        .order_by("position")
    )
