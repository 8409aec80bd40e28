"""Asking the planner for a plan, following its run, and taking the result over."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from offenraum.barcamp.actions.topics import Stale
from offenraum.conference.models import Conference
from offenraum.kit import outbox
from offenraum.live.changes import announce
from offenraum.people.models import Account
from offenraum.programme.actions.draft import lock_draft, take_over_plan
from offenraum.programme.models import Placement, PlanRun
from offenraum.programme.queries.day import outlook_of, problem_after
from offenraum.programme.queries.draft import problem_to_plan
from offenraum.programme.queries.plan_runs import pins_of, planned_places
from offenraum.programme.rules.day import DayChange

CHANGE = "proposal"


class NothingToPlan(Exception):
    """Without topics or without slots there is nothing to plan."""

    message = _("There is nothing to plan yet: a plan needs topics, rooms and slots.")


class PinsChanged(Exception):
    """The plan was calculated with other pins than those that are set now."""

    message = _("Somebody has pinned or unpinned a session since. Please propose a plan again.")


@transaction.atomic
def ask_for_plan(
    *, conference: Conference, asked_by: Account | None, seconds: int, shown_at: datetime, now: datetime
) -> PlanRun:
    """Queue a run of the planner; one that is under way is the answer to a second tap.

    `shown_at` is the conference's time: what has begun by then stays. `now` is real time, which workers live in.
    """
    lock_draft(conference.pk)
    under_way = PlanRun.objects.filter(conference=conference, state__in=["queued", "running"]).first()
    if under_way:
        return under_way
    problem = problem_to_plan(conference, now=shown_at)
    is_over = problem["current"] is not None and problem["now"] is None
    if is_over or not (problem["topics"] and problem["slots"] and problem["rooms"]):
        raise NothingToPlan
    run = PlanRun.objects.create(
        conference=conference, asked_by=asked_by, seconds=seconds, problem=problem, created_at=now, due_at=now
    )
    announce(scope=conference.slug, topics=[CHANGE])
    return run


@transaction.atomic
def note_progress(*, run: PlanRun, progress: dict[str, Any]) -> None:
    """Keep how far a run is; raises Lost when it was cancelled or another worker has it."""
    if not outbox.held(run).update(progress=progress):
        raise outbox.Lost
    announce(scope=run.conference.slug, topics=[CHANGE])


@transaction.atomic
def keep_plan(*, run: PlanRun, plan: dict[str, Any], now: datetime) -> None:
    """Store what the planner answered and end the run."""
    outbox.held(run).update(plan=plan)
    outbox.finish(run, now=now)
    announce(scope=run.conference.slug, topics=[CHANGE])


@transaction.atomic
def give_up(*, run: PlanRun, error: str, now: datetime) -> None:
    """End a run that failed; the desk goes on by hand."""
    if not outbox.held(run).update(state=PlanRun.State.FAILED, error=error[: outbox.ERROR_LENGTH], finished_at=now):
        raise outbox.Lost
    announce(scope=run.conference.slug, topics=[CHANGE])


@transaction.atomic
def cancel_plan(*, run: PlanRun, now: datetime) -> None:
    """Stop a run; its worker ends the planner's process."""
    if outbox.cancel(run, now=now):
        announce(scope=run.conference.slug, topics=[CHANGE])


@transaction.atomic
def accept_plan(*, run: PlanRun, seen: str, now: datetime) -> None:
    """Make the draft equal to a run's plan. `seen` is the mark of the draft that the moderator compared it with."""
    lock_draft(run.conference_id)
    if not PlanRun.objects.filter(pk=run.pk, state=PlanRun.State.DONE).update(accepted_at=now):
        raise Stale
    places = planned_places(run)
    pinned = Placement.objects.filter(conference=run.conference, is_pinned=True)
    if any(places.get(topic) != place for topic, place in pins_of(pinned).items()):
        raise PinsChanged
    take_over_plan(conference=run.conference, places=places, seen=seen)
    announce(scope=run.conference.slug, topics=[CHANGE])


@transaction.atomic
def ask_for_change(
    *, conference: Conference, asked_by: Account | None, change: DayChange, seconds: int, shown_at: datetime,
    now: datetime,
) -> PlanRun:
    """Let the planner look for the best way after a change of the day; the running plan is what it starts from."""
    lock_draft(conference.pk)
    under_way = PlanRun.objects.filter(conference=conference, state__in=["queued", "running"]).first()
    if under_way:
        return under_way
    problem = problem_after(outlook_of(conference, change, now=shown_at))
    if problem["now"] is None or not problem["topics"]:
        raise NothingToPlan
    run = PlanRun.objects.create(
        conference=conference, asked_by=asked_by, seconds=seconds, created_at=now, due_at=now, change=asdict(change),
        problem=problem,
    )
    announce(scope=conference.slug, topics=[CHANGE])
    return run
