"""Writing in a session: questions, links, comments, feedback, heads."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from offenraum.barcamp.models import Topic
from offenraum.gathering.models import Contribution, Feedback, HeadCount
from offenraum.live.changes import announce
from offenraum.seats.models import Seat


class NotCheckedIn(Exception):
    """Somebody writes whose seat is not checked in."""

    message = _("Only people who are checked in can write here. Please go to the registration desk for a moment.")


def refuse_absent(seat: Seat) -> None:
    if not Seat.objects.filter(pk=seat.pk, checked_in_at__isnull=False).exists():
        raise NotCheckedIn


def tell(topic: Topic) -> None:
    """Every page of this session, and the results."""
    announce(scope=topic.conference.slug, topics=[f"session-{topic.number}"])


@transaction.atomic
def contribute(
    *, topic: Topic, seat: Seat, kind: str, text: str, address: str = "", key: uuid.UUID, now: datetime
) -> Contribution:
    """Put a question, a link or a comment into a session; the browser's key makes a retry harmless."""
    refuse_absent(seat)
    made, is_new = Contribution.objects.get_or_create(
        topic=topic, key=key,
        defaults={"seat": seat, "kind": kind, "text": text, "address": address, "written_at": now},
    )
    if is_new:
        tell(topic)
    return made


@transaction.atomic
def give_feedback(*, topic: Topic, seat: Seat, value: int, now: datetime) -> None:
    """Keep what a session gave to a seat; the newest tap holds."""
    refuse_absent(seat)
    Feedback.objects.update_or_create(topic=topic, seat=seat, defaults={"value": value, "given_at": now})
    tell(topic)


@transaction.atomic
def count_heads(*, topic: Topic, count: int, counted_by: str, now: datetime) -> None:
    """Keep how many people sit in a session; the forecasts of later sessions follow."""
    HeadCount.objects.create(topic=topic, count=count, counted_by=counted_by, counted_at=now)
    announce(scope=topic.conference.slug, topics=[f"session-{topic.number}", "plan"])
