"""The desk at a glance: where the day stands and what to do next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from offenraum.barcamp.models import Pitch, Round
from offenraum.barcamp.queries import pitches_of, public_topics, round_now
from offenraum.conference.models import Conference
from offenraum.programme.models import Edition, PlanRun
from offenraum.programme.queries.draft import places_of_draft
from offenraum.programme.queries.plan_runs import latest_run
from offenraum.programme.queries.published import latest_edition, places_of
from offenraum.programme.rules import changes_between
from offenraum.seats.models import Seat
from offenraum.seats.queries import checked_in_count


@dataclass(frozen=True, slots=True)
class Standing:
    """What the next step depends on."""

    conference: Conference
    round: Round | None
    seats: int
    topics: int
    waiting: int
    placed: int
    changes: int
    edition: Edition | None
    run: PlanRun | None


@dataclass(frozen=True, slots=True)
class NextStep:
    """One sentence, and the one button that does it."""

    sentence: str
    button: str
    page: str


@dataclass(frozen=True, slots=True)
class Overview:
    """The desk at a glance."""

    standing: Standing
    step: NextStep
    address: str


def overview_of(conference: Conference) -> Overview:
    """Where the day stands, and the step that comes next."""
    standing = standing_of(conference)
    step = next_step(standing)
    return Overview(standing=standing, step=step, address=reverse(f"desk:{step.page}", args=[conference.slug]))


def standing_of(conference: Conference) -> Standing:
    round_, edition, places = round_now(conference), latest_edition(conference), places_of_draft(conference)
    return Standing(
        conference=conference,
        round=round_,
        seats=Seat.objects.filter(conference=conference).count(),
        topics=public_topics(conference).count(),
        waiting=waiting_in(round_),
        placed=len(places),
        changes=len(changes_between(places_of(edition), places)),
        edition=edition,
        run=latest_run(conference),
    )


@dataclass(frozen=True, slots=True)
class People:
    """How many seats there are, and how many of them are here; changes with every check-in."""

    seats: int
    present: int


def people_of(conference: Conference) -> People:
    seats = Seat.objects.filter(conference=conference).count()
    return People(seats=seats, present=checked_in_count(conference=conference))


def waiting_in(round_: Round | None) -> int:
    open_states = [Pitch.State.WAITING, Pitch.State.SKIPPED]
    return pitches_of(round_).filter(state__in=open_states).count() if round_ else 0


def next_step(now: Standing) -> NextStep:
    """The first rule that applies, in the order of the day."""
    for rule in (before_the_round, during_the_round, after_the_round):
        step = rule(now)
        if step:
            return step
    return NextStep(_("Everything is published. When something changes, start here."), _("Today"), "day")


Rule = Callable[[Standing], NextStep | None]


def before_the_round(now: Standing) -> NextStep | None:
    if not now.seats and now.conference.seat_mode == Conference.SeatMode.SEATS:
        return NextStep(_("Nobody can sign in yet. Make badges, or paste a list of names."), _("Seats"), "seats")
    if now.round is None:
        return NextStep(_("Set up the round in which topics are presented."), _("To the round"), "round")
    if now.round.state == Round.State.PLANNED:
        words = ngettext(
            "%(count)d topic is there. Open the round when everybody sits.",
            "%(count)d topics are there. Open the round when everybody sits.", now.topics,
        )
        return NextStep(words % {"count": now.topics}, _("To the round"), "round")
    return None


def during_the_round(now: Standing) -> NextStep | None:
    if now.round is None or not now.round.is_running:
        return None
    if now.round.state == Round.State.LAST_CALL and not now.waiting:
        return NextStep(_("It is the last call. Close the vote when the time is over."), _("Close the vote …"), "close")
    words = ngettext(
        "The round is running, %(count)d topic waits for its pitch.",
        "The round is running, %(count)d topics wait for their pitch.", now.waiting,
    )
    return NextStep(words % {"count": now.waiting}, _("Lead the round"), "round")


def after_the_round(now: Standing) -> NextStep | None:
    if now.run and now.run.is_under_way:
        return NextStep(_("The planner is calculating."), _("Look at the proposal"), "proposal")
    if not now.placed:
        return NextStep(_("The vote is closed. Let the planner propose a plan."), _("Propose plan"), "proposal")
    if now.changes:
        number = now.edition.number + 1 if now.edition else 1
        words = ngettext(
            "Edition %(number)d is ready, with %(count)d change.",
            "Edition %(number)d is ready, with %(count)d changes.", now.changes,
        )
        return NextStep(words % {"number": number, "count": now.changes}, _("Look and publish"), "editions")
    return None
