"""The tally: what is known about the interest in each topic, from phones, ballots and hands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Q

from offenraum.barcamp.models import HandCount, Topic, Total
from offenraum.barcamp.rules.tally import Counted, deciding, total_wanted
from offenraum.conference.models import Conference


@dataclass(frozen=True, slots=True)
class Tally:
    """What is known about the interest in one topic; only the desk may see it before the close."""

    topic: int
    named: int
    strong: int
    hands: int | None
    is_estimate: bool
    total: int
    by_ballot: int = 0

    @property
    def by_phone(self) -> int:
        return self.named - self.by_ballot

    @property
    def hands_on_top(self) -> int:
        """The hands that no named vote stands for."""
        return self.total - self.named

    @property
    def is_rough(self) -> bool:
        """Whether hands are in it: nobody can recount them."""
        return self.hands is not None


# One voice a seat and topic, whatever ways it came; merged topics are one. It counts if the seat is there, and was
# before the round closed. Read after every tick while a hall votes, so it is a statement and not built anew.
VOICES = """
    WITH wish AS (
        SELECT COALESCE(topic.head_id, topic.id) AS head, interest.seat_id AS seat, interest.shown_at AS phone_at,
            interest.weight AS weight
        FROM barcamp_interest interest JOIN barcamp_topic topic ON topic.id = interest.topic_id
        WHERE topic.conference_id = %s AND interest.weight > 0
        UNION ALL
        SELECT COALESCE(topic.head_id, topic.id), ballot.seat_id, NULL, 1
        FROM barcamp_ballotmark mark JOIN barcamp_ballot ballot ON ballot.id = mark.ballot_id AND ballot.is_valid
        JOIN barcamp_topic topic ON topic.id = mark.topic_id
        WHERE topic.conference_id = %s
    ), voice AS (
        SELECT wish.head, wish.seat, MIN(wish.phone_at) AS phone_at, MAX(wish.weight) AS weight
        FROM wish JOIN seats_seat seat ON seat.id = wish.seat JOIN barcamp_topic topic ON topic.id = wish.head
        LEFT JOIN barcamp_round round ON round.id = topic.round_id
        WHERE seat.checked_in_at IS NOT NULL AND (round.closed_at IS NULL OR seat.checked_in_at <= round.closed_at)
        GROUP BY wish.head, wish.seat
    )
"""
NAMED = """
    SELECT head, COUNT(*), SUM(CASE WHEN weight >= 2 THEN 1 ELSE 0 END), COUNT(*) - COUNT(phone_at)
    FROM voice GROUP BY head
"""
LATER = """
    SELECT counted.id, COUNT(*)
    FROM barcamp_handcount counted JOIN barcamp_topic topic ON topic.id = counted.topic_id
    JOIN voice ON voice.head = COALESCE(topic.head_id, topic.id)
    WHERE voice.phone_at IS NULL OR voice.phone_at > counted.counted_at
    GROUP BY counted.id
"""
NOBODY = (0, 0, 0)


def rows(query: str, conference: Conference) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(VOICES + query, [conference.pk, conference.pk])
        return list(cursor.fetchall())


def tallies(conference: Conference) -> dict[int, Tally]:
    """Topic id to tally: one voice for each checked-in seat, and the hands on top that no named vote stands for."""
    named = {head: (count, strong, by_ballot) for head, count, strong, by_ballot in rows(NAMED, conference)}
    hands = hands_of(conference)
    return {
        topic: tally_of(topic, named.get(topic, NOBODY), deciding(hands.get(topic, [])))
        for topic in named.keys() | hands.keys()
    } | kept_totals(conference)


def kept_totals(conference: Conference) -> dict[int, Tally]:
    """Topic id to the tally that was kept when its votes were deleted."""
    kept = Total.objects.filter(topic__conference=conference)
    columns = ("topic_id", "named", "strong", "hands", "is_estimate", "total", "by_ballot")
    return {row[0]: Tally(*row) for row in kept.values_list(*columns)}


def tally_of(topic: int, named: tuple[int, int, int], hands: tuple[Counted, int] | None) -> Tally:
    count, strong, by_ballot = named
    counted, lessened_by = hands or (None, 0)
    total = total_wanted(
        named=count, hands=counted.count if counted else None, named_by_paper_or_later=lessened_by
    )
    return Tally(
        topic=topic, named=count, strong=strong, by_ballot=by_ballot, total=total,
        hands=counted.count if counted else None, is_estimate=bool(counted and counted.is_estimate),
    )


def hands_of(conference: Conference) -> dict[int, list[tuple[Counted, int]]]:
    """Topic id to the hands counted for it in its last round, each with the named votes that lessen it."""
    counts = standing_hands(conference)
    later = dict(rows(LATER, conference)) if counts else {}
    found: dict[int, list[tuple[Counted, int]]] = {}
    for hands in counts:
        counted = Counted(hands.count, hands.is_estimate, hands.counted_at, is_united=hands.merge_id is not None)
        found.setdefault(hands.topic.head_id or hands.topic_id, []).append((counted, later.get(hands.pk, 0)))
    return found


def standing_hands(conference: Conference) -> list[HandCount]:
    """The hands of each topic's last round; those counted for merged topics only while they are merged."""
    holds = Q(merge=None) | Q(merge__state="done")
    counts = HandCount.objects.filter(holds, round__conference=conference).select_related("topic")
    last = {(hands.topic_id, hands.merge_id): hands for hands in counts.order_by("round__number")}
    return list(last.values())


def topics_by_interest(conference: Conference, topics: Iterable[Topic]) -> list[tuple[Topic, Tally | None]]:
    """Topics with their tally, most wanted first; for the time after the close, and for the desk."""
    known = tallies(conference)
    pairs = [(topic, known.get(topic.pk)) for topic in topics]
    return sorted(pairs, key=lambda pair: (-(pair[1].total if pair[1] else 0), pair[0].number))
