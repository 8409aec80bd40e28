"""Showing interest: the vote."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from offenraum.barcamp.models import Interest
from offenraum.barcamp.queries.interest import Asked, votes_of
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


# A hall votes within seconds: one statement serves all who vote at once, and building it by hand costs a tenth.
UP_FOR_VOTE = """
    SELECT topic.id, topic.state, round.state, conference.slug, topic.head_id,
        EXISTS (SELECT 1 FROM barcamp_topic member WHERE member.head_id = topic.id)
    FROM barcamp_topic topic
    JOIN conference_conference conference ON conference.id = topic.conference_id
    LEFT JOIN barcamp_topic head ON head.id = topic.head_id
    LEFT JOIN barcamp_round round ON round.id = COALESCE(head.round_id, topic.round_id)
    WHERE topic.id IN ({places})
"""
SET_WEIGHTS = """
    INSERT INTO barcamp_interest (topic_id, seat_id, weight, key, changed_at, shown_at)
    VALUES {rows}
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


@dataclass(frozen=True, slots=True)
class Wish:
    """What a seat wants of a topic from now on; weight 0 takes it back."""

    topic_id: int
    seat_id: int
    weight: int
    key: uuid.UUID
    now: datetime


@dataclass(frozen=True, slots=True)
class Stand:
    """How a topic stands in the vote; `one` is the topic that it and others are merged into."""

    refusal: Refusal | None
    slug: str = ""
    one: int | None = None


@dataclass(frozen=True, slots=True)
class Tap:
    """A vote as a browser sends it."""

    asked: Asked
    weight: int
    key: uuid.UUID


NOWHERE = Stand(may_show(topic_state="", round_state=None))


def show_interest(*, topic_id: int, seat_id: int, weight: int, key: uuid.UUID, now: datetime) -> int:
    """Set what a seat wants of a topic (0 takes it back); returns what now counts. A retry changes nothing."""
    (refusal,) = show_interests([Wish(topic_id, seat_id, weight, key, now)])
    if refusal is not None:
        raise NotTaken(refusal)
    return weight


def take_votes(taps: Sequence[Tap]) -> list[bool]:
    """Look up and set many votes at once; for each whether it is taken."""
    looked_up = zip(taps, votes_of([tap.asked for tap in taps]), strict=True)
    wishes = {
        place: Wish(vote.topic_id, vote.seat_id, tap.weight, tap.key, vote.now)
        for place, (tap, vote) in enumerate(looked_up) if vote and vote.topic_id and vote.seat_id
    }
    refusals = dict(zip(wishes, show_interests(list(wishes.values())) if wishes else [], strict=True))
    return [place in refusals and refusals[place] is None for place in range(len(taps))]


@transaction.atomic
def show_interests(wishes: Sequence[Wish]) -> list[Refusal | None]:
    """Set many at once, in their order; for each, why it is not taken.

    Topics that are merged are one: whoever wants less of it wants less of each.
    """
    with connection.cursor() as cursor:
        stands = stands_of({wish.topic_id for wish in wishes}, cursor)
        taken = [(wish, stand) for wish in wishes if (stand := stands.get(wish.topic_id, NOWHERE)).refusal is None]
        for some in rounds_of([wish for wish, stand in taken if stand.one is None]):
            set_weights(some, cursor)
        for wish, stand in taken:
            if stand.one is not None:
                set_weights([wish], cursor)
                lessen_others(wish, stand.one, cursor)
    for slug in sorted({stand.slug for _wish, stand in taken}):
        announce(scope=slug, topics=["tally"])
    return [stands.get(wish.topic_id, NOWHERE).refusal for wish in wishes]


def stands_of(topics: Collection[int], cursor: Any) -> dict[int, Stand]:
    places = ",".join(["%s"] * len(topics))
    cursor.execute(UP_FOR_VOTE.format(places=places), [min(topic, MOST_ID) for topic in topics])
    return {
        topic: Stand(may_show(topic_state=state, round_state=round_state), slug, head or (topic if members else None))
        for topic, state, round_state, slug, head, members in cursor.fetchall()
    }


def rounds_of(wishes: Iterable[Wish]) -> Iterator[list[Wish]]:
    """Parts in which no seat wants the same topic twice: a statement sets a row once."""
    left = list(wishes)
    while left:
        firsts: dict[tuple[int, int], Wish] = {}
        for wish in left:
            firsts.setdefault((wish.topic_id, wish.seat_id), wish)
        yield list(firsts.values())
        left = [wish for wish in left if firsts[wish.topic_id, wish.seat_id] is not wish]


def set_weights(wishes: Sequence[Wish], cursor: Any) -> None:
    rows = ",".join(["(%s,%s,%s,%s,%s,%s)"] * len(wishes))
    values = [value for wish in wishes for value in row_of(wish)]
    cursor.execute(SET_WEIGHTS.format(rows=rows), values)


def row_of(wish: Wish) -> tuple[object, ...]:
    now = connection.ops.adapt_datetimefield_value(wish.now)
    return wish.topic_id, wish.seat_id, wish.weight, KEY.get_db_prep_value(wish.key, connection), now, now


def lessen_others(wish: Wish, one: int, cursor: Any) -> None:
    topic, seat, weight, key, now, _now = row_of(wish)
    cursor.execute(LESSEN_OTHERS, [weight, key, now, seat, weight, topic, one, one])
