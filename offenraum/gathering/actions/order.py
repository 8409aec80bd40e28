"""Keeping order in sessions: reporting, hiding, showing again, settling."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from offenraum.barcamp.models import Topic
from offenraum.gathering.actions.writing import refuse_absent, tell
from offenraum.gathering.models import Contribution, Report
from offenraum.live.changes import announce
from offenraum.seats.models import Seat


@transaction.atomic
def report(*, topic: Topic, contribution: Contribution | None, seat: Seat, reason: str, now: datetime) -> None:
    """Tell the desk what is wrong with a contribution, or with the notes; once for each seat until it is settled."""
    refuse_absent(seat)
    Report.objects.get_or_create(
        topic=topic, contribution=contribution, seat=seat, settled_at=None,
        defaults={"reason": reason, "reported_at": now},
    )
    announce(scope=topic.conference.slug, topics=["reports"])


@transaction.atomic
def hide_contribution(*, contribution: Contribution, now: datetime) -> None:
    """Take a contribution off every screen and settle what was reported about it."""
    Contribution.objects.filter(pk=contribution.pk, hidden_at=None).update(hidden_at=now)
    settle(topic=contribution.topic, contribution=contribution, now=now)
    tell(contribution.topic)


@transaction.atomic
def show_contribution(*, contribution: Contribution) -> None:
    """Bring back what was hidden."""
    Contribution.objects.filter(pk=contribution.pk).update(hidden_at=None)
    tell(contribution.topic)


@transaction.atomic
def settle(*, topic: Topic, contribution: Contribution | None, now: datetime) -> None:
    """The desk has looked at it."""
    Report.objects.filter(topic=topic, contribution=contribution, settled_at=None).update(settled_at=now)
    announce(scope=topic.conference.slug, topics=["reports"])
