"""The running day at the desk: each thing that happens in at most three taps, its consequences shown before."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from offenraum.barcamp.models import Topic
from offenraum.barcamp.queries import topic_of
from offenraum.conference.models import Room, Slot
from offenraum.conference.queries import grid_of, now_of
from offenraum.conference.queries.access import Access
from offenraum.desk.access import at_desk, decider_of
from offenraum.desk.answers import Refused, attempt, back, not_understood, say, warn
from offenraum.desk.forms.day import AcceptForm, ChangeForm, FlagForm
from offenraum.desk.queries.day import candidates_for, choices_for
from offenraum.desk.queries.outlook import Told, told_of
from offenraum.kit.group_commit import durable
from offenraum.programme.actions.day import Shown, change_day
from offenraum.programme.actions.flags import lower_flag, raise_flag
from offenraum.programme.actions.plan_runs import ask_for_change
from offenraum.programme.models import PlanRun, SessionFlag
from offenraum.programme.queries.scene import Impossible
from offenraum.programme.rules.day import DayKind

SECONDS: Final = 2
FLAGS: Final[Mapping[str, str]] = {
    "voll": SessionFlag.Kind.FULL, "foyer": SessionFlag.Kind.FOYER, "blitzrunde": SessionFlag.Kind.LIGHTNING,
}


@require_GET
@at_desk()
def page(request: HttpRequest, desk: Access) -> HttpResponse:
    """What is on, and the ways to everything that can happen."""
    return render(request, "desk/day.html", {"conference": desk.conference, "access": desk, "page": "day"})


@require_GET
@at_desk()
def session(request: HttpRequest, desk: Access, number: int) -> HttpResponse:
    """Everything that can be done with one session now."""
    topic = shown_topic(desk, number)
    context = {
        "conference": desk.conference, "access": desk, "page": "day", "choices": choices_for(desk.conference, topic),
        "place": FlagForm(initial={"place": _("Foyer")}),
    }
    return render(request, "desk/session.html", context)


def shown_topic(desk: Access, number: int) -> Topic:
    topic = topic_of(conference=desk.conference, number=number)
    if topic is None or topic.state != Topic.State.RELEASED:
        raise Http404
    return topic


@require_GET
@at_desk()
def room(request: HttpRequest, desk: Access) -> HttpResponse:
    """Which room is lost, and from when on."""
    grid, now = grid_of(desk.conference), now_of(desk.conference)
    context = {
        "conference": desk.conference, "access": desk, "page": "day", "rooms": grid.rooms,
        "slots": [slot for slot in grid.slots if slot.ends_at > now],
    }
    return render(request, "desk/room.html", context)


@require_GET
@at_desk()
def hole(request: HttpRequest, desk: Access, slot: int, room: int) -> HttpResponse:
    """The best topics of the parking lot for a free place."""
    at = get_object_or_404(Slot, conference=desk.conference, pk=slot)
    where = get_object_or_404(Room, conference=desk.conference, pk=room)
    context = {
        "conference": desk.conference, "access": desk, "page": "day", "slot": at, "room": where,
        "candidates": candidates_for(desk.conference, at, where),
    }
    return render(request, "desk/hole.html", context)


@require_GET
@at_desk()
def change(request: HttpRequest, desk: Access) -> HttpResponse:
    """What a change would do, in sentences; the tap that accepts it is on this page."""
    form = ChangeForm(request.GET)
    if not form.is_valid():
        return not_understood(request, desk.conference, "day")
    try:
        told = told_of(desk.conference, form.change)
    except Impossible as impossible:
        warn(request, impossible.message)
        return back(desk.conference, "day")
    return change_page(request, desk, told, form)


def change_page(request: HttpRequest, desk: Access, told: Told, form: ChangeForm) -> HttpResponse:
    run = PlanRun.objects.filter(conference=desk.conference, pk=form.cleaned_data["run"] or 0).first()
    context = {
        "conference": desk.conference, "access": desk, "page": "day", "told": told, "form": AcceptForm(),
        "run": run, "may_plan": told.change.kind is DayKind.ROOM and run is None,
    }
    return render(request, "desk/change.html", context)


@require_POST
@at_desk()
def calculate(request: HttpRequest, desk: Access) -> HttpResponse:
    """Let the planner look for the best way; the quick one is shown at once."""
    form = ChangeForm(request.GET.dict() | request.POST.dict())
    if not form.is_valid():
        return not_understood(request, desk.conference, "day")
    try:
        run = durable(
            ask_for_change, conference=desk.conference, change=form.change, seconds=SECONDS, now=timezone.now(),
            asked_by=desk.member.account if desk.member else None, shown_at=now_of(desk.conference),
        )
    except Refused as refusal:
        warn(request, refusal.message)
        return redirect(address_of(desk, form))
    return redirect(f"{address_of(desk, form)}&run={run.pk}")


def address_of(desk: Access, form: ChangeForm) -> str:
    return f"{reverse('desk:change', args=[desk.conference.slug])}?{form.question}"


@require_POST
@at_desk()
def accept(request: HttpRequest, desk: Access) -> HttpResponse:
    """Do exactly what was shown."""
    form = AcceptForm(request.GET.dict() | request.POST.dict())
    if not form.is_valid():
        return not_understood(request, desk.conference, "day")
    run = PlanRun.objects.filter(conference=desk.conference, pk=form.cleaned_data["run"] or 0).first()
    try:
        edition = durable(
            change_day, by=decider_of(request), change=form.change, run=run, reason=form.cleaned_data["reason"],
            shown=Shown(form.cleaned_data["seen"], form.cleaned_data["then"], form.after_edition),
        )
    except Refused as refusal:
        warn(request, refusal.message)
        return redirect(address_of(desk, form))
    words = _("Done. Edition %(number)d is on every screen.") % {"number": edition.number} if edition else _(
        "Done. The draft has changed; nothing is published yet."
    )
    say(request, words, "undo")
    return back(desk.conference, "day")


@require_POST
@at_desk()
def flag(request: HttpRequest, desk: Access, number: int, verb: str) -> HttpResponse:
    """Say on every screen that a session is full, goes on in the foyer or is in the lightning round; or no longer."""
    topic, form = shown_topic(desk, number), FlagForm(request.POST)
    kind = FLAGS.get(verb.removeprefix("nicht-"))
    if kind is None:
        raise Http404
    if not form.is_valid():
        warn(request, _("Please type where, in at most 40 characters."))
        return back(desk.conference, "session", number)
    if verb.startswith("nicht-"):
        done = attempt(request, lower_flag, topic=topic, kind=kind)
    else:
        place = form.cleaned_data["place"] if kind == SessionFlag.Kind.FOYER else ""
        done = attempt(request, raise_flag, topic=topic, kind=kind, place=place, now=now_of(desk.conference))
    if done:
        say(request, _("Every screen says so now."))
    return back(desk.conference, "session", number)
