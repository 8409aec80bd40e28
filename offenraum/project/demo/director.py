"""The director: leads the demonstration's barcamp as a moderator would, and steps back when a moderator does it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from offenraum.barcamp.actions.rounds import close_round, last_call, next_pitch, open_round, show_draft
from offenraum.barcamp.actions.topics import Stale
from offenraum.barcamp.models import Pitch, Round, Topic
from offenraum.barcamp.queries import pitches_of
from offenraum.conference.models import Conference
from offenraum.conference.queries import now_of
from offenraum.programme.actions.draft import Taken
from offenraum.programme.actions.editions import NothingToPublish, publish_edition
from offenraum.programme.actions.plan_runs import NothingToPlan, PinsChanged
from offenraum.programme.models import PlanRun
from offenraum.programme.queries.draft import draft_of
from offenraum.programme.queries.plan_runs import latest_run
from offenraum.programme.queries.published import latest_edition
from offenraum.project.demo.change import change_draft
from offenraum.project.robots.leading import MODERATOR, first_round, lead
from offenraum.project.robots.planning import accept, ask
from offenraum.project.robots.terminal import say

QUIET_SECONDS = 60.0
LOOK_SECONDS = 2.0
LAST_CALL_MINUTES = 2
PLANNER_SECONDS = 3
PLANNER_LOOK_SECONDS = 0.3
AGAIN_SECONDS = 10.0
Trace = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """What the director does next, how many seconds from now, and what it says then."""

    pause: float
    act: Callable[[], object]
    said: str | Promise


def next_step(conference: Conference) -> Step | None:
    """What the state of the conference calls for; None when the programme has had its second edition."""
    round_ = first_round(conference)
    if round_.is_closed:
        return next_of_plan(conference)
    if round_.state == Round.State.PLANNED:
        return step(open_round, conference, 0.0, _("The round is open."))
    if round_.state == Round.State.LAST_CALL:
        return step(close_round, conference, real(conference, LAST_CALL_MINUTES * 60), _("The vote is closed."))
    return next_of_pitches(conference, round_)


def next_of_pitches(conference: Conference, round_: Round) -> Step:
    waiting = [pitch for pitch in pitches_of(round_) if pitch.state in (Pitch.State.WAITING, Pitch.State.SKIPPED)]
    pause = real(conference, conference.pitch_seconds + conference.vote_seconds) if round_.current_id else 1.0
    if not waiting:
        return step(last_call, conference, pause, _("Last call."), minutes=LAST_CALL_MINUTES)
    total = round_.pitches.count()
    said = format_lazy(
        _("Pitch {number} of {total}: {title}"), number=total - len(waiting) + 1, total=total,
        title=waiting[0].topic.title,
    )
    return step(next_pitch, conference, pause, said)


def next_of_plan(conference: Conference) -> Step | None:
    """From the planner to the second edition."""
    edition = latest_edition(conference)
    if edition and edition.number > 1:
        return None
    if edition:
        return Step(45.0, partial(change, conference), _("Edition 2 is published: two sessions have changed rooms."))
    if not draft_of(conference):
        return next_of_planner(conference)
    if not first_round(conference).is_draft_shown:
        said = _("The draft is on the wall.")
        return Step(1.0, partial(lead, show_draft, conference, is_shown=True), said)
    return Step(8.0, partial(publish, conference, 0), _("Edition 1 is published, the programme is on all screens."))


def next_of_planner(conference: Conference) -> Step:
    """Ask the worker for a plan, wait for it, take it over."""
    run = latest_run(conference)
    if run and run.state == PlanRun.State.DONE and run.accepted_at is None:
        return Step(0.0, partial(accept, run), _("The planner's proposal is the draft."))
    if run and run.is_under_way:
        return Step(PLANNER_LOOK_SECONDS, wait_a_little, "")
    pause = AGAIN_SECONDS if run else 1.0
    return Step(pause, partial(ask, conference=conference, seconds=PLANNER_SECONDS), _("The planner works."))


def wait_a_little() -> None:
    """The planner is at work; there is nothing to do."""


def step(action: Callable[..., None], conference: Conference, pause: float, said: str | Promise, **values: int) -> Step:
    return Step(pause, lambda: lead(action, conference, now=now_of(conference), **values), said)


def real(conference: Conference, seconds: float) -> float:
    """So many seconds of the conference's clock in seconds of ours."""
    return seconds / conference.clock_speed


def publish(conference: Conference, after: int) -> None:
    publish_edition(conference=conference, after=after, published_by=MODERATOR, now=now_of(conference))


def change(conference: Conference) -> None:
    change_draft(conference)
    publish(conference, 1)


def trace_of(conference: Conference) -> Trace:
    """What changes when somebody moderates."""
    edition = latest_edition(conference)
    draft = {topic: (p.slot_id, p.room_id, p.version) for topic, p in draft_of(conference).items()}
    return (
        first_round(conference).version,
        frozenset(draft.items()),
        edition.number if edition else 0,
        PlanRun.objects.filter(conference=conference).count(),
        Topic.objects.filter(conference=conference, state=Topic.State.HIDDEN).count(),
    )


def is_untouched(conference: Conference, trace: Trace) -> bool:
    """Whether nobody has moderated since the director's last step."""
    return trace_of(conference) == trace


async def direct(conference: Conference) -> None:
    """Lead until the second edition; while somebody moderates by hand, wait until it is quiet for a while."""
    trace = await asyncio.to_thread(trace_of, conference)
    while (upcoming := await asyncio.to_thread(next_step, conference)) is not None:
        await asyncio.sleep(upcoming.pause)
        if await is_done(upcoming, conference, trace):
            trace = await asyncio.to_thread(trace_of, conference)
            say_if_any(upcoming.said)
        else:
            trace = await step_back(conference)
    say(str(_("The director is done. The desk is yours; Ctrl-C ends the demonstration.")))


def say_if_any(said: str | Promise) -> None:
    if str(said):
        say(str(said))


async def is_done(upcoming: Step, conference: Conference, trace: Trace) -> bool:
    """Do it, unless somebody has moderated since; False then."""
    if not await asyncio.to_thread(is_untouched, conference, trace):
        return False
    try:
        await asyncio.to_thread(upcoming.act)
    except (Stale, Taken, NothingToPlan, NothingToPublish, PinsChanged):
        return False
    return True


async def step_back(conference: Conference) -> Trace:
    """Wait until nobody has moderated for a while; what it looks like then."""
    back = _("You moderate: the director steps back and goes on after {seconds} quiet seconds.")
    say(str(back).format(seconds=int(QUIET_SECONDS)))
    trace, quiet = await asyncio.to_thread(trace_of, conference), 0.0
    while quiet < QUIET_SECONDS:
        await asyncio.sleep(LOOK_SECONDS)
        latest = await asyncio.to_thread(trace_of, conference)
        trace, quiet = latest, quiet + LOOK_SECONDS if latest == trace else 0.0
    say(str(_("It is quiet: the director goes on.")))
    return trace
