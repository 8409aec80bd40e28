"""Asking the planner for a plan, following its run, and taking the result over."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from enum import StrEnum
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
from offenraum.programme.queries.plan_runs import pins_of, planned_places, problem_to_plan
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
    *, conference: Conference, asked_by: Account | None, seconds: int, shown_at: datetime, now: datetime,
    is_anew: bool = False,
) -> PlanRun:
    """Queue a run of the planner; one that is under way is the answer to a second tap.

    `shown_at` is the conference's time: what has begun by then stays. `now` is real time, which workers live in.
    The plan stays close to what is published, unless `is_anew`.
    """
    lock_draft(conference.pk)
    under_way = PlanRun.objects.filter(conference=conference, state__in=["queued", "running"]).first()
    if under_way:
        return under_way
    problem = problem_to_plan(conference, now=shown_at, is_anew=is_anew)
    if problem is None or not (problem["topics"] and problem["slots"] and problem["rooms"]):
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
    outbox.held(run).update(plan=without_people(plan))
    outbox.finish(run, now=now)
    announce(scope=run.conference.slug, topics=[CHANGE])


class Choice(StrEnum):
    """By which measure a candidate was made: one person, one voice; the most wishes; the fewest moves."""

    SQRT = "sqrt"
    SUM = "sum"
    STEADY = "steady"


def without_people(plan: dict[str, Any]) -> dict[str, Any]:
    """The plan without everybody's own rows, which nobody at the desk needs."""
    reasons = {name: value for name, value in plan.get("explanations", {}).items() if name != "people"}
    return plan | ({"explanations": reasons} if reasons else {})


@transaction.atomic
def ask_for_candidates(*, run: PlanRun, now: datetime) -> None:
    """Let the worker plan the same problem by other measures; a run that is under way comes first."""
    lock_draft(run.conference_id)
    others = PlanRun.objects.filter(conference=run.conference_id, state__in=["queued", "running"])
    ready = PlanRun.objects.filter(pk=run.pk, state=PlanRun.State.DONE, plan__isnull=False)
    if others.exists() or not ready.update(state=PlanRun.State.QUEUED, due_at=now, progress={}, tries=0):
        return
    announce(scope=run.conference.slug, topics=[CHANGE])


@transaction.atomic
def keep_alternative(*, run: PlanRun, choice: Choice, plan: dict[str, Any]) -> None:
    """Store a candidate beside the proposal; raises Lost when nobody waits for it any more."""
    run.alternatives = run.alternatives | {choice.value: without_people(plan)}
    if not outbox.held(run).update(alternatives=run.alternatives):
        raise outbox.Lost
    announce(scope=run.conference.slug, topics=[CHANGE])


@transaction.atomic
def give_up(*, run: PlanRun, error: str, now: datetime, conflict: dict[str, Any] | None = None) -> None:
    """End a run that failed, and keep what is in each other's way; the desk goes on by hand."""
    end = {"state": PlanRun.State.FAILED, "error": error[: outbox.ERROR_LENGTH], "finished_at": now}
    if not outbox.held(run).update(**end, progress={"conflict": conflict} if conflict else {}):
        raise outbox.Lost
    announce(scope=run.conference.slug, topics=[CHANGE])


@transaction.atomic
def cancel_plan(*, run: PlanRun, now: datetime) -> None:
    """Stop a run; its worker ends the planner's process."""
    if outbox.cancel(run, now=now):
        announce(scope=run.conference.slug, topics=[CHANGE])


@transaction.atomic
def accept_plan(*, run: PlanRun, seen: str, now: datetime, choice: str = "") -> None:
    """Make the draft equal to a run's plan. `seen` is the mark of the draft that the moderator compared it with.

    `choice` names one of the candidates beside it, which then becomes the run's plan.
    """
    lock_draft(run.conference_id)
    if choice:
        choose(run, choice)
    if not PlanRun.objects.filter(pk=run.pk, plan__isnull=False).update(accepted_at=now):
        raise Stale
    places = planned_places(run)
    pinned = Placement.objects.filter(conference=run.conference, is_pinned=True)
    if any(places.get(topic) != place for topic, place in pins_of(pinned).items()):
        raise PinsChanged
    take_over_plan(conference=run.conference, places=places, seen=seen)
    announce(scope=run.conference.slug, topics=[CHANGE])


def choose(run: PlanRun, choice: str) -> None:
    """Let a candidate and the proposal change places; Stale when there is none of this name."""
    if choice not in run.alternatives or run.plan is None:
        raise Stale
    others = {name: plan for name, plan in run.alternatives.items() if name != choice}
    run.alternatives, run.plan = others | {own_choice(run): run.plan}, run.alternatives[choice]
    PlanRun.objects.filter(pk=run.pk).update(alternatives=run.alternatives, plan=run.plan)


def own_choice(run: PlanRun) -> str:
    """By which measure the run's plan was made: the one that no candidate beside it has."""
    return next((choice.value for choice in Choice if choice.value not in run.alternatives), Choice.SQRT.value)


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
