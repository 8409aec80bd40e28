"""Lets the planner make the draft where no worker runs: asks, does the work at once, takes the plan over."""

from __future__ import annotations

from datetime import datetime

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


def plan_draft(*, conference: Conference, seconds: int, shown_at: datetime | None = None) -> None:
    """Plan all topics as of `shown_at` on the conference's clock, by default now, and take the plan over."""
    run = ask(conference=conference, seconds=seconds, shown_at=shown_at)
    serve_one(PLANNING, worker=worker_name(), now=timezone.now)
    accept(run)


def ask(*, conference: Conference, seconds: int, shown_at: datetime | None = None) -> PlanRun:
    """Queue a run of the planner."""
    shown = shown_at or now_of(conference)
    return ask_for_plan(conference=conference, asked_by=None, seconds=seconds, shown_at=shown, now=timezone.now())


def accept(run: PlanRun) -> None:
    """Take over what a run has found."""
    done = PlanRun.objects.get(pk=run.pk)
    if done.plan is None:
        raise NoPlan(done.error)
    accept_plan(run=done, seen=mark_of(places_of_draft(done.conference)), now=timezone.now())
