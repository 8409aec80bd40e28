"""Showing interest: the vote."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import connection, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from offenraum.barcamp.models import Interest
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


# A hall votes within seconds. Building these statements would cost ten times what running them does.
UP_FOR_VOTE = """
    SELECT topic.state, round.state, conference.slug
    FROM barcamp_topic topic
    JOIN conference_conference conference ON conference.id = topic.conference_id
    LEFT JOIN barcamp_round round ON round.id = topic.round_id
    WHERE topic.id = %s
"""
SET_WEIGHT = """
    INSERT INTO barcamp_interest (topic_id, seat_id, weight, key, changed_at) VALUES (%s, %s, %s, %s, %s)
    ON CONFLICT (topic_id, seat_id)
    DO UPDATE SET weight = excluded.weight, key = excluded.key, changed_at = excluded.changed_at
"""
MOST_ID = 2**63 - 1
KEY = Interest._meta.get_field("key")


@transaction.atomic
def show_interest(*, topic_id: int, seat_id: int, weight: int, key: uuid.UUID, now: datetime) -> int:
    """Set what a seat wants of a topic (0 takes it back); returns what now counts. A retry changes nothing."""
    stored_key, stored_now = KEY.get_db_prep_value(key, connection), connection.ops.adapt_datetimefield_value(now)
    with connection.cursor() as cursor:
        cursor.execute(UP_FOR_VOTE, [min(topic_id, MOST_ID)])
        topic_state, round_state, slug = cursor.fetchone() or ("", None, "")
        refusal = may_show(topic_state=topic_state, round_state=round_state)
        if refusal is not None:
            raise NotTaken(refusal)
        cursor.execute(SET_WEIGHT, [topic_id, seat_id, weight, stored_key, stored_now])
    announce(scope=slug, topics=["tally"])
    return weight
