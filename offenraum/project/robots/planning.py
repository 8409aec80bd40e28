"""Lets the planner make the draft where no worker runs: asks, does the work at once, takes the plan over."""

from __future__ import annotations

from django.utils import timezone

from offenraum.conference.models import Conference
from offenraum.conference.queries import now_of
from offenraum.kit.outbox import serve_one, worker_name
from offenraum.programme.actions.plan_runs import accept_plan, ask_for_plan
from offenraum.programme.models import PlanRun
from offenraum.programme.queries.draft import places_of_draft
from offenraum.programme.rules import mark_of
from offenraum.programme.tasks import PLANNING


class NoPlan(Exception):
    """The planner gave no plan; the message is its own."""


def plan_draft(*, conference: Conference, seconds: int) -> None:
    """Plan all topics and make the draft equal to the plan."""
    run = ask(conference=conference, seconds=seconds)
    serve_one(PLANNING, worker=worker_name(), now=timezone.now)
    accept(run)


def ask(*, conference: Conference, seconds: int) -> PlanRun:
    """Queue a run of the planner."""
    return ask_for_plan(
        conference=conference, asked_by=None, seconds=seconds, shown_at=now_of(conference), now=timezone.now()
    )


def accept(run: PlanRun) -> None:
    """Take over what a run has found."""
    done = PlanRun.objects.get(pk=run.pk)
    if done.plan is None:
        raise NoPlan(done.error)
    accept_plan(run=done, seen=mark_of(places_of_draft(done.conference)), now=timezone.now())
