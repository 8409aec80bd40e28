"""Showing interest: the vote."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from offenraum.barcamp.models import Interest, Topic
from offenraum.barcamp.rules import Refusal, may_show
from offenraum.live.changes import announce


class NotTaken(Exception):
    """An interest that is not counted; the message says why."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal)
        self.refusal = refusal

    @property
    def message(self) -> Promise:
        if self.refusal is Refusal.ROUND_CLOSED:
            return _("The vote is over.")
        return _("This topic is no longer up for the vote.")


@transaction.atomic
def show_interest(*, topic_id: int, seat_id: int, weight: int, key: uuid.UUID, now: datetime) -> int:
    """Set what a seat wants of a topic (0 takes it back); returns what now counts. A retry changes nothing."""
    topic = Topic.objects.select_related("round", "conference").filter(pk=topic_id).first()
    refusal = refusal_of(topic)
    if topic is None or refusal is not None:
        raise NotTaken(refusal or Refusal.TOPIC_GONE)
    Interest.objects.bulk_create(
        [Interest(topic_id=topic_id, seat_id=seat_id, weight=weight, key=key, changed_at=now)],
        update_conflicts=True,
        unique_fields=["topic", "seat"],
        update_fields=["weight", "key", "changed_at"],
    )
    announce(scope=topic.conference.slug, topics=["tally"])
    return weight


def refusal_of(topic: Topic | None) -> Refusal | None:
    """Why interest in this topic is not taken now, if so."""
    if topic is None:
        return Refusal.TOPIC_GONE
    return may_show(topic_state=topic.state, round_state=topic.round.state if topic.round else None)
