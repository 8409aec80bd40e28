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
    found = Topic.objects.filter(pk=topic_id).order_by()
    known = next(iter(found.values_list("state", "round__state", "conference__slug")), None)
    topic_state, round_state, slug = known or ("", None, "")
    refusal = may_show(topic_state=topic_state, round_state=round_state)
    if refusal is not None:
        raise NotTaken(refusal)
    Interest.objects.bulk_create(
        [Interest(topic_id=topic_id, seat_id=seat_id, weight=weight, key=key, changed_at=now)],
        update_conflicts=True,
        unique_fields=["topic", "seat"],
        update_fields=["weight", "key", "changed_at"],
    )
    announce(scope=slug, topics=["tally"])
    return weight
