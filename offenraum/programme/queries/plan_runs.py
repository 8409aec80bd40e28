"""Reads about runs of the planner."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from offenraum.conference.models import Conference, Slot
from offenraum.programme.models import Placement, PlanRun
from offenraum.programme.queries.draft import problem_of
from offenraum.programme.queries.published import latest_edition
from offenraum.programme.queries.reasons import cells_in
from offenraum.programme.rules import Place


def problem_to_plan(conference: Conference, *, now: datetime, is_anew: bool = False) -> dict[str, Any] | None:
    """The problem for a run at the conference's time `now`; None when the last slot has begun.

    What has begun stays, pins stay. The plan keeps close to the latest edition, or without one to a draft that runs
    already; `is_anew` forgets this for everything that is still to come.
    """
    slots = list(Slot.objects.filter(conference=conference).order_by("starts_at"))
    begun = {str(slot.pk) for slot in slots if slot.starts_at <= now}
    first_open = next((slot for slot in slots if slot.starts_at > now), None) if begun else None
    if begun and first_open is None:
        return None
    problem = problem_of(conference, now_slot=first_open, keep_current=bool(begun))
    if edition := latest_edition(conference):
        problem["current"] = cells_in(problem, edition.sessions)
    if is_anew and problem["current"]:
        problem["current"] = {topic: at for topic, at in problem["current"].items() if at["slot"] in begun} or None
    return problem


def latest_run(conference: Conference) -> PlanRun | None:
    """The newest proposal; runs for a change of the day are looked at where that change is."""
    return PlanRun.objects.filter(conference=conference, change__isnull=True).order_by("-pk").first()


def planned_places(run: PlanRun) -> dict[int, Place]:
    """Topic id to place of a finished run."""
    placements = run.plan["placements"] if run.plan else {}
    return {int(topic): Place(slot=int(at["slot"]), room=int(at["room"])) for topic, at in placements.items()}


def pins_of(placements: Iterable[Placement]) -> dict[int, Place]:
    return {p.topic_id: Place(p.slot_id, p.room_id) for p in placements}
