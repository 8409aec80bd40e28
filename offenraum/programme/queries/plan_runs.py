"""Reads about runs of the planner."""

from __future__ import annotations

from collections.abc import Iterable

from offenraum.conference.models import Conference
from offenraum.programme.models import Placement, PlanRun
from offenraum.programme.rules import Place


def latest_run(conference: Conference) -> PlanRun | None:
    """The newest proposal; runs for a change of the day are looked at where that change is."""
    return PlanRun.objects.filter(conference=conference, change__isnull=True).order_by("-pk").first()


def planned_places(run: PlanRun) -> dict[int, Place]:
    """Topic id to place of a finished run."""
    placements = run.plan["placements"] if run.plan else {}
    return {int(topic): Place(slot=int(at["slot"]), room=int(at["room"])) for topic, at in placements.items()}


def pins_of(placements: Iterable[Placement]) -> dict[int, Place]:
    return {p.topic_id: Place(p.slot_id, p.room_id) for p in placements}
