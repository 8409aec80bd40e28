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
    SELECT topic.state, round.state, conference.slug, topic.head_id,
        EXISTS (SELECT 1 FROM barcamp_topic member WHERE member.head_id = topic.id)
    FROM barcamp_topic topic
    JOIN conference_conference conference ON conference.id = topic.conference_id
    LEFT JOIN barcamp_topic head ON head.id = topic.head_id
    LEFT JOIN barcamp_round round ON round.id = COALESCE(head.round_id, topic.round_id)
    WHERE topic.id = %s
"""
SET_WEIGHT = """
    INSERT INTO barcamp_interest (topic_id, seat_id, weight, key, changed_at, shown_at)
    VALUES (%s, %s, %s, %s, %s, %s)
    ON CONFLICT (topic_id, seat_id)
    DO UPDATE SET weight = excluded.weight, key = excluded.key, changed_at = excluded.changed_at,
        shown_at = CASE WHEN barcamp_interest.weight > 0 THEN barcamp_interest.shown_at ELSE excluded.shown_at END
"""
LESSEN_OTHERS = """
    UPDATE barcamp_interest SET weight = %s, key = %s, changed_at = %s
    WHERE seat_id = %s AND weight > %s AND topic_id <> %s
    AND topic_id IN (SELECT id FROM barcamp_topic WHERE head_id = %s OR id = %s)
"""
MOST_ID = 2**63 - 1
KEY = Interest._meta.get_field("key")


@transaction.atomic
def show_interest(*, topic_id: int, seat_id: int, weight: int, key: uuid.UUID, now: datetime) -> int:
    """Set what a seat wants of a topic (0 takes it back); returns what now counts. A retry changes nothing.

    Topics that are merged are one: whoever wants less of it wants less of each.
    """
    stored_key, stored_now = KEY.get_db_prep_value(key, connection), connection.ops.adapt_datetimefield_value(now)
    with connection.cursor() as cursor:
        cursor.execute(UP_FOR_VOTE, [min(topic_id, MOST_ID)])
        topic_state, round_state, slug, head, has_members = cursor.fetchone() or ("", None, "", None, False)
        refusal = may_show(topic_state=topic_state, round_state=round_state)
        if refusal is not None:
            raise NotTaken(refusal)
        cursor.execute(SET_WEIGHT, [topic_id, seat_id, weight, stored_key, stored_now, stored_now])
        if head or has_members:
            one = head or topic_id
            cursor.execute(LESSEN_OTHERS, [weight, stored_key, stored_now, seat_id, weight, topic_id, one, one])
    announce(scope=slug, topics=["tally"])
    return weight
