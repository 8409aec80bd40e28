"""Leading a round: stage, queue, hands, last call, close."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from offenraum.barcamp.actions import rounds
from offenraum.barcamp.models import Pitch, Round
from offenraum.barcamp.queries import round_now
from offenraum.conference.queries import now_of
from offenraum.conference.queries.access import Access
from offenraum.desk.access import at_desk
from offenraum.desk.answers import attempt, back, not_understood, say
from offenraum.desk.forms import HandsForm, SpontaneousForm, StepForm
from offenraum.desk.queries.stage import count_of, stage_of

LAST_CALL_MINUTES: Final = 5
ESTIMATES: Final = (5, 10, 15, 20, 30, 50)


@require_GET
@at_desk()
def page(request: HttpRequest, desk: Access) -> HttpResponse:
    """The round: what is on stage, what comes next."""
    return round_page(request, desk)


def round_page(
    request: HttpRequest, desk: Access, *, hands: HandsForm | None = None,
    topic: SpontaneousForm | None = None,
) -> HttpResponse:
    """The page with forms as they were typed; one that is wrong makes the answer 422."""
    context = {
        "conference": desk.conference, "access": desk, "page": "round", "stage": stage_of(desk.conference),
        "hands": hands or HandsForm(), "topic": topic or SpontaneousForm.fresh(),
        "estimates": ESTIMATES,
    }
    return render(request, "desk/round.html", context, status=422 if hands or topic else 200)


@require_GET
@at_desk()
def confirm_close(request: HttpRequest, desk: Access) -> HttpResponse:
    """The second, distinct tap before the vote is closed."""
    stage = stage_of(desk.conference)
    if stage.round is None or not stage.round.is_running:
        return back(desk.conference, "round")
    context = {
        "conference": desk.conference, "access": desk, "page": "round", "stage": stage,
        "count": count_of(desk.conference),
    }
    return render(request, "desk/close.html", context)


@dataclass(frozen=True, slots=True)
class Tap:
    """What a step of the round is done with."""

    round: Round
    version: int
    now: datetime
    pitch: Pitch | None
    before: Pitch | None

    @property
    def seen(self) -> dict[str, object]:
        return {"round_": self.round, "version": self.version}

    @property
    def timed(self) -> dict[str, object]:
        return {**self.seen, "now": self.now}


@dataclass(frozen=True, slots=True)
class Step:
    """One verb of the round: its action, what it takes, what the moderator reads."""

    action: Callable[..., object]
    arguments: Callable[[Tap], dict[str, object]]
    words: str | Promise
    needs_pitch: bool = False


STEPS: Final[Mapping[str, Step]] = {
    "oeffnen": Step(rounds.open_round, lambda tap: tap.timed, _("The round is open.")),
    "weiter": Step(rounds.next_pitch, lambda tap: tap.timed, _("Next pitch.")),
    "ueberspringen": Step(rounds.skip_pitch, lambda tap: tap.timed, _("Skipped; it comes again at the end.")),
    "zurueck": Step(rounds.back_pitch, lambda tap: tap.timed, _("Back to the pitch before.")),
    "pause": Step(rounds.pause_round, lambda tap: tap.timed, _("The timer has stopped.")),
    "fortsetzen": Step(rounds.resume_round, lambda tap: tap.timed, _("The timer goes on.")),
    "aufrufen": Step(
        rounds.call_pitch, lambda tap: {**tap.timed, "pitch": tap.pitch}, _("Called to the stage."), needs_pitch=True
    ),
    "verschieben": Step(
        rounds.move_pitch, lambda tap: {**tap.seen, "pitch": tap.pitch, "before": tap.before},
        _("The order has been changed."), needs_pitch=True,
    ),
    "letzter-aufruf": Step(
        rounds.last_call, lambda tap: {**tap.timed, "minutes": LAST_CALL_MINUTES}, _("Last call: five minutes.")
    ),
    "schliessen": Step(rounds.close_round, lambda tap: tap.timed, _("The vote is closed.")),
    "wieder-oeffnen": Step(rounds.reopen_round, lambda tap: tap.timed, _("The vote is open again.")),
    "leinwand-aus": Step(rounds.blank_wall, lambda tap: {**tap.seen, "is_blank": True}, _("The wall is dark.")),
    "leinwand-an": Step(
        rounds.blank_wall, lambda tap: {**tap.seen, "is_blank": False}, _("The wall shows the round again.")
    ),
}


@require_POST
@at_desk()
def plan(request: HttpRequest, desk: Access) -> HttpResponse:
    """Add a round to the conference."""
    if attempt(request, rounds.plan_round, conference=desk.conference):
        say(request, _("The round is ready to be opened."))
    return back(desk.conference, "round")


@require_POST
@at_desk()
def step(request: HttpRequest, desk: Access, verb: str) -> HttpResponse:
    """Do one step of the round as the moderator saw it."""
    form, done = StepForm(request.GET.dict() | request.POST.dict()), STEPS.get(verb)
    round_ = round_now(desk.conference)
    if done is None:
        raise Http404
    if round_ is None or not form.is_valid():
        return not_understood(request, desk.conference, "round")
    tap = tap_of(form, round_, now_of(desk.conference))
    if done.needs_pitch and tap.pitch is None:
        return not_understood(request, desk.conference, "round")
    if attempt(request, done.action, **done.arguments(tap)):
        say(request, done.words)
    return back(desk.conference, "round")


def tap_of(form: StepForm, round_: Round, now: datetime) -> Tap:
    pitches = {pitch.pk: pitch for pitch in Pitch.objects.filter(round=round_)}
    wanted = form.cleaned_data
    return Tap(
        round=round_, version=wanted["version"], now=now,
        pitch=pitches.get(wanted["pitch"]), before=pitches.get(wanted["before"]),
    )
