"""Reads about the reasons of the published plan: what everybody may know, and what one seat may."""

from __future__ import annotations

from typing import Any

from offenraum.barcamp.queries import round_now
from offenraum.conference.models import Conference
from offenraum.programme.models import Edition, OwnReasons, PlanRun, Reasons
from offenraum.programme.queries.draft import problem_of
from offenraum.programme.queries.published import latest_edition
from offenraum.seats.models import Seat


def reasons_of(conference: Conference) -> Reasons | None:
    """The reasons of the latest edition, found or still to be."""
    found = Reasons.objects.filter(edition__conference=conference).select_related("edition")
    return found.order_by("-edition__number").first()


def may_tell(conference: Conference) -> bool:
    """Whether the vote is over: until then no figure that follows from votes leaves the desk."""
    round_ = round_now(conference)
    return round_ is not None and round_.is_closed


def told_of(conference: Conference) -> Reasons | None:
    """The reasons of the latest edition, once they are there and may be told."""
    reasons = reasons_of(conference)
    is_latest = reasons is not None and reasons.edition == latest_edition(conference)
    return reasons if reasons and reasons.told and is_latest and may_tell(conference) else None


def own_reasons(seat: Seat) -> OwnReasons | None:
    """What the latest edition gives a seat; only for that seat."""
    reasons = told_of(seat.conference)
    return OwnReasons.objects.filter(reasons=reasons, seat=seat).first() if reasons else None


def change_logs(conference: Conference) -> list[Reasons]:
    """The reasons of all editions that have any, the newest first."""
    found = Reasons.objects.filter(edition__conference=conference, told__isnull=False).select_related("edition")
    return list(found.order_by("-edition__number"))


def last_accepted(conference: Conference) -> PlanRun | None:
    """The proposal that was taken over last."""
    return PlanRun.objects.filter(conference=conference, accepted_at__isnull=False).order_by("-accepted_at").first()


def problem_of_edition(edition: Edition, before: Edition | None) -> dict[str, Any]:
    """What the edition answers: wishes as they are now, and as running plan the edition before."""
    problem = problem_of(edition.conference, now_slot=None, keep_current=False)
    return problem | {"current": cells_in(problem, before.sessions) if before else None}


def cells_in(problem: dict[str, Any], sessions: list[dict[str, int]]) -> dict[str, dict[str, str]]:
    """Topic to cell, of the sessions that the problem still knows."""
    lengths = {topic["id"]: topic["length"] for topic in problem["topics"]}
    followed = {slot["follows"] for slot in problem["slots"]}
    known = {kind: {one["id"] for one in problem[kind]} for kind in ("slots", "rooms")}
    cells = {str(row["topic"]): {"slot": str(row["slot"]), "room": str(row["room"])} for row in sessions}
    return {
        topic: cell for topic, cell in cells.items()
        if topic in lengths and cell["slot"] in known["slots"] and cell["room"] in known["rooms"]
        and (lengths[topic] == 1 or cell["slot"] in followed)
    }
