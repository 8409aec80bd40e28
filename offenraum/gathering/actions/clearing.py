"""What the deletion clock does to what people wrote, and what deleting one's own data does."""

from __future__ import annotations

from django.db import transaction

from offenraum.conference.models import Conference
from offenraum.gathering.models import Contribution, Feedback, HeadCount, PadStep, Report
from offenraum.kit.clearing import blank_some, delete_some
from offenraum.live.changes import announce
from offenraum.seats.models import Seat


def clear_votes(*, conference: Conference) -> int:
    """Cut feedback off from who gave it."""
    return blank_some(Feedback.objects.filter(topic__conference=conference, seat__isnull=False), seat=None)


def clear_names(*, conference: Conference) -> int:
    """Cut questions, links, comments and notes off from who wrote them; delete reports."""
    written = Contribution.objects.filter(topic__conference=conference, seat__isnull=False)
    steps = PadStep.objects.filter(pad__topic__conference=conference, seat__isnull=False)
    counted = HeadCount.objects.filter(topic__conference=conference).exclude(counted_by="")
    return (
        delete_some(Report.objects.filter(topic__conference=conference))
        or blank_some(written, seat=None)
        or blank_some(steps, seat=None)
        or blank_some(counted, counted_by="")
    )


@transaction.atomic
def forget_seat(*, seat: Seat) -> None:
    """Delete what a seat wrote under questions, links and comments; notes belong to all and stay without a name."""
    numbers = set(Contribution.objects.filter(seat=seat).values_list("topic__number", flat=True))
    Report.objects.filter(seat=seat).delete()
    Contribution.objects.filter(seat=seat).delete()
    PadStep.objects.filter(seat=seat).update(seat=None)
    Feedback.objects.filter(seat=seat).update(seat=None)
    announce(scope=seat.conference.slug, topics=["reports", *(f"session-{number}" for number in numbers)])
