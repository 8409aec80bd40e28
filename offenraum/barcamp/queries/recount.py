"""Counting again from the rows, by hand and without the statements of the tally: so that one proves the other."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from offenraum.barcamp.models import BallotMark, HandCount, Interest, Merge, Topic
from offenraum.barcamp.queries.tally import Tally, kept_totals
from offenraum.barcamp.rules.merging import heads
from offenraum.barcamp.rules.tally import Counted, Voice, deciding, later_or_by_ballot
from offenraum.conference.models import Conference
from offenraum.seats.models import Seat

Voices = dict[int, dict[int, Voice]]


@dataclass(frozen=True, slots=True)
class Hall:
    """Who is there since when, which topic stands for which, and when each topic's vote was closed."""

    arrived: dict[int, datetime | None]
    heads: dict[int, int]
    closed: dict[int, datetime | None]

    def counts(self, seat: int, head: int) -> bool:
        there, closed = self.arrived.get(seat), self.closed[head]
        return there is not None and (closed is None or there <= closed)


def recount(conference: Conference) -> dict[int, Tally]:
    """Topic id to tally, from interest, ballots, hands, merges and check-ins as they are stored."""
    hall = hall_of(conference)
    voices, hands = voices_of(conference, hall), hands_counted(conference, hall)
    found = {topic: counted(topic, voices.get(topic, {}), hands.get(topic, [])) for topic in voices.keys() | hands}
    return found | kept_totals(conference)


def hall_of(conference: Conference) -> Hall:
    there = Seat.objects.filter(conference=conference, checked_in_at__isnull=False)
    merged = Merge.objects.filter(topic__conference=conference, state=Merge.State.DONE)
    topics = Topic.objects.filter(conference=conference)
    return Hall(
        arrived=dict(there.values_list("pk", "checked_in_at")),
        heads=heads(dict(merged.values_list("topic_id", "into_id"))),
        closed=dict(topics.values_list("pk", "round__closed_at")),
    )


def voices_of(conference: Conference, hall: Hall) -> Voices:
    """Topic id to seat id to its one voice."""
    phones = Interest.objects.filter(topic__conference=conference, weight__gt=0)
    papers = BallotMark.objects.filter(topic__conference=conference, ballot__is_valid=True)
    wishes = [*phones.values_list("topic_id", "seat_id", "shown_at", "weight")]
    wishes += [(topic, seat, None, 1) for topic, seat in papers.values_list("topic_id", "ballot__seat_id")]
    found: Voices = defaultdict(dict)
    for topic, seat, phone_at, weight in wishes:
        head = hall.heads.get(topic, topic)
        if hall.counts(seat, head):
            found[head][seat] = joined(found[head].get(seat), Voice(phone_at, weight))
    return dict(found)


def joined(one: Voice | None, other: Voice) -> Voice:
    """Two wishes of one seat for one topic are one voice: the earlier by phone, the stronger."""
    if one is None:
        return other
    times = [voice.phone_at for voice in (one, other) if voice.phone_at]
    return Voice(min(times, default=None), max(one.weight, other.weight))


def hands_counted(conference: Conference, hall: Hall) -> dict[int, list[Counted]]:
    """Topic id to the hands that were counted for it in its last round, alone and together with what is merged."""
    newest: dict[tuple[int, int | None], tuple[int, Counted]] = {}
    for hands in HandCount.objects.filter(round__conference=conference).select_related("round", "merge"):
        if hands.merge and hands.merge.state != Merge.State.DONE:
            continue
        one = Counted(hands.count, hands.is_estimate, hands.counted_at, is_united=hands.merge is not None)
        place = hands.topic_id, hands.merge_id
        newest[place] = max(newest.get(place, (0, one)), (hands.round.number, one), key=lambda pair: pair[0])
    found: dict[int, list[Counted]] = defaultdict(list)
    for (topic, _merge), (_round, one) in newest.items():
        found[hall.heads.get(topic, topic)].append(one)
    return dict(found)


def counted(topic: int, voices: dict[int, Voice], hands: list[Counted]) -> Tally:
    named = list(voices.values())
    chosen = deciding([(one, later_or_by_ballot(named, one.counted_at)) for one in hands])
    on_top = max(0, chosen[0].count - chosen[1]) if chosen else 0
    return Tally(
        topic=topic, named=len(named), strong=sum(voice.weight >= 2 for voice in named), total=len(named) + on_top,
        hands=chosen[0].count if chosen else None, is_estimate=bool(chosen and chosen[0].is_estimate),
        by_ballot=sum(voice.phone_at is None for voice in named),
    )
