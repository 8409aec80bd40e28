"""Letting the planner propose a plan, and taking it over."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from offenraum.conference.queries import now_of
from offenraum.conference.queries.access import Access
from offenraum.desk.access import at_desk
from offenraum.desk.answers import attempt, back, not_understood, say
from offenraum.desk.forms import MarkForm
from offenraum.programme.actions.plan_runs import (
    Choice,
    accept_plan,
    ask_for_candidates,
    ask_for_plan,
    cancel_plan,
)
from offenraum.programme.models import PlanRun

SECONDS: Final = 5


@require_GET
@at_desk()
def page(request: HttpRequest, desk: Access) -> HttpResponse:
    """The proposal: not asked for, under way, or ready to be taken over."""
    return render(request, "desk/proposal.html", {"conference": desk.conference, "access": desk, "page": "board"})


@require_POST
@at_desk()
def ask(request: HttpRequest, desk: Access) -> HttpResponse:
    """Ask for a plan, close to what is published or wholly anew; people may go on voting meanwhile."""
    account = desk.member.account if desk.member else None
    attempt(
        request, ask_for_plan, conference=desk.conference, asked_by=account, seconds=SECONDS,
        shown_at=now_of(desk.conference), now=timezone.now(), is_anew=request.GET.get("anew") == "1",
    )
    return back(desk.conference, "proposal")


@require_POST
@at_desk()
def cancel(request: HttpRequest, desk: Access, run: int) -> HttpResponse:
    """Stop a run that nobody waits for any more."""
    found = get_object_or_404(PlanRun, pk=run, conference=desk.conference)
    if attempt(request, cancel_plan, run=found, now=timezone.now()):
        say(request, _("The planner has been stopped."))
    return back(desk.conference, "proposal")


@require_POST
@at_desk()
def compare(request: HttpRequest, desk: Access, run: int) -> HttpResponse:
    """Ask for the same plan by other measures, to be shown side by side."""
    found = get_object_or_404(PlanRun, pk=run, conference=desk.conference)
    attempt(request, ask_for_candidates, run=found, now=timezone.now())
    return back(desk.conference, "proposal")


@require_POST
@at_desk()
def accept(request: HttpRequest, desk: Access, run: int) -> HttpResponse:
    """Make the proposed plan the draft."""
    found = get_object_or_404(PlanRun, pk=run, conference=desk.conference)
    form = MarkForm(request.POST)
    choice = request.GET.get("choice", "")
    if not form.is_valid() or choice not in {"", *Choice}:
        return not_understood(request, desk.conference, "proposal")
    if attempt(request, accept_plan, run=found, seen=form.cleaned_data["seen"], now=timezone.now(), choice=choice):
        say(request, _("The proposal is your draft now. Nothing is published yet."))
        return back(desk.conference, "board")
    return back(desk.conference, "proposal")
