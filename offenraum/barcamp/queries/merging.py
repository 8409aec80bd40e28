"""Reads about merging: what is merged, what could be."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

from django.db.models import Q, QuerySet

from offenraum.barcamp.models import Merge, Topic, TopicHost
from offenraum.barcamp.queries.interest import wishes_by_seat
from offenraum.barcamp.queries.topics import public_topics, with_hosts
from offenraum.barcamp.rules.merging import ALIKE_ENOUGH, Pair, pair_of, worth_a_look
from offenraum.conference.models import Conference
from offenraum.kit.similarity import likeness
from offenraum.seats.models import Seat

MOST_PAIRS = 20


def merges_of(conference: Conference) -> QuerySet[Merge]:
    """The merges that hold, the newest first."""
    done = Merge.objects.filter(topic__conference=conference, state=Merge.State.DONE)
    return done.select_related("topic", "into").order_by("-pk")


def newest_merge(topic: Topic) -> Merge | None:
    """The last merge that made a topic what it is now."""
    return Merge.objects.filter(state=Merge.State.DONE, topic__head=topic).order_by("-pk").first()


def group_of(topic: Topic) -> QuerySet[Topic]:
    """All topics that are one with this one, itself included."""
    head = topic.head_id or topic.pk
    return with_hosts(Topic.objects.filter(Q(pk=head) | Q(head=head)))


def merges_about(topic: Topic) -> QuerySet[Merge]:
    """Offers and merges of this topic, and of what has gone into it, in any state."""
    about = Q(topic=topic) | Q(into=topic) | Q(topic__head=topic)
    return Merge.objects.filter(about).select_related("topic", "into__conference", "offered_by").distinct()


@dataclass(frozen=True, slots=True)
class Together:
    """What a host can do about other topics: answer offers, wait for answers, ask, separate."""

    asked: tuple[Merge, ...]
    waiting: tuple[Merge, ...]
    merged: tuple[Merge, ...]
    similar: tuple[Topic, ...]

    def __bool__(self) -> bool:
        return bool(self.asked or self.waiting or self.merged or self.similar)


def together_of(topic: Topic, seat: Seat) -> Together:
    """For the page of a topic, as one of its hosts sees it; says nothing about votes."""
    known = list(merges_about(topic))
    up = {Topic.State.RELEASED}
    offers = [m for m in known if m.state == Merge.State.OFFERED and {m.topic.state, m.into.state} == up]
    mine = tuple(m for m in offers if m.offered_by_id == seat.pk)
    in_talks = {pk for m in offers for pk in (m.topic_id, m.into_id)}
    return Together(
        asked=tuple(m for m in offers if m.offered_by_id != seat.pk),
        waiting=mine,
        merged=tuple(m for m in known if m.state == Merge.State.DONE),
        similar=tuple(other for other in similar_to(topic) if other.pk not in in_talks),
    )


def original_hosts(topics: QuerySet[Topic]) -> list[TopicHost]:
    """Who brought these topics, without those who have joined by a merge."""
    return list(TopicHost.objects.filter(topic__in=topics, joined_from=None).order_by("topic__number", "pk"))


def pairs_worth_a_look(conference: Conference) -> list[tuple[Pair, Topic, Topic]]:
    """Topics that may be one, by their text or by who wants them; only the desk may see it before the close."""
    topics = {topic.pk: topic for topic in public_topics(conference)}
    voters = voters_of(conference)
    pairs = [
        pair_of(one.pk, other.pk, likeness=text_likeness(one, other), voters=voters)
        for one, other in combinations(topics.values(), 2)
    ]
    found = worth_a_look(pairs, most=MOST_PAIRS)
    return [(pair, topics[pair.one], topics[pair.other]) for pair in found]


def voters_of(conference: Conference) -> dict[int, set[int]]:
    """Topic id to the ids of the checked-in seats that want it."""
    voters: dict[int, set[int]] = {}
    for seat, wishes in wishes_by_seat(conference).items():
        for topic in wishes:
            voters.setdefault(topic, set()).add(seat)
    return voters


def text_likeness(one: Topic, other: Topic) -> float:
    """0 to 1: the titles alone, or with what else is on the cards."""
    return max(likeness(one.title, other.title), likeness(text_of(one), text_of(other)))


def text_of(topic: Topic) -> str:
    return " ".join([topic.title, topic.about, *topic.hashtags])


def similar_to(topic: Topic, *, most: int = 3) -> list[Topic]:
    """Public topics whose text is like this one's, the most alike first; says nothing about votes."""
    rated = [(text_likeness(topic, other), other) for other in public_topics(topic.conference) if other.pk != topic.pk]
    alike = sorted((pair for pair in rated if pair[0] >= ALIKE_ENOUGH), key=lambda pair: (-pair[0], pair[1].number))
    return [other for _rate, other in alike[:most]]
