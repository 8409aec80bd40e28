"""What the deletion clock does to wishes in plans, and what deleting one's own data does."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from offenraum.conference.models import Conference
from offenraum.kit.clearing import blank_some, delete_some
from offenraum.programme.actions.reasons import SEAT
from offenraum.programme.models import Bookmark, OwnReasons, PlanRun, Reasons
from offenraum.seats.models import Seat


def clear_votes(*, conference: Conference) -> int:
    """Delete everybody's wishes from runs of the planner and from reasons; plans, scores and public reasons stay."""
    reasons = Reasons.objects.filter(edition__conference=conference)
    return (
        delete_some(PlanRun.objects.filter(conference=conference))
        or delete_some(OwnReasons.objects.filter(reasons__in=reasons))
        or delete_some(Bookmark.objects.filter(seat__conference=conference))
        or blank_some(reasons.filter(problem__isnull=False), problem=None)
    )


@transaction.atomic
def forget_seat(*, seat: Seat) -> None:
    """Delete a seat's own plan, its own reasons and its row in every problem that was planned."""
    Bookmark.objects.filter(seat=seat).delete()
    OwnReasons.objects.filter(seat=seat).delete()
    for reasons in Reasons.objects.filter(edition__conference=seat.conference, problem__isnull=False):
        Reasons.objects.filter(pk=reasons.pk).update(problem=without_seat(reasons.problem, seat.pk))
    for run in PlanRun.objects.filter(conference=seat.conference):
        PlanRun.objects.filter(pk=run.pk).update(problem=without_seat(run.problem, seat.pk))


def without_seat(problem: Any, seat: int) -> Any:
    """A problem of the planner without one person's row."""
    people = [person for person in problem.get("people", []) if person["id"] != f"{SEAT}{seat}"]
    return problem | {"people": people}
