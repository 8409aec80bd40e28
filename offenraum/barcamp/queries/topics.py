"""Reads about topics."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Prefetch, QuerySet

from offenraum.barcamp.models import Round, Topic, TopicHost
from offenraum.conference.models import Conference
from offenraum.kit.similarity import most_alike
from offenraum.seats.models import Seat


def public_topics(conference: Conference) -> QuerySet[Topic]:
    """The topics that everybody may see, with their hosts."""
    return with_hosts(Topic.objects.filter(conference=conference, state=Topic.State.RELEASED))


def desk_topics(conference: Conference) -> QuerySet[Topic]:
    """All topics but the withdrawn ones, with their hosts."""
    return with_hosts(Topic.objects.filter(conference=conference).exclude(state=Topic.State.WITHDRAWN))


def with_hosts(topics: QuerySet[Topic]) -> QuerySet[Topic]:
    return topics.select_related("round").prefetch_related(Prefetch("hosts", TopicHost.objects.select_related("seat")))


def unchosen_topics(round_: Round, interests: Mapping[int, int]) -> list[Topic]:
    """In the last call, what somebody with these interests (topic id to weight) can still choose."""
    if round_.state != Round.State.LAST_CALL:
        return []
    topics = public_topics(round_.conference).exclude(pk__in=interests)
    return list(topics.exclude(round__state=Round.State.CLOSED))


def topic_of(*, conference: Conference, number: int) -> Topic | None:
    return with_hosts(Topic.objects.filter(conference=conference, number=number)).first()


def topics_hosted_by(*, seat: Seat) -> QuerySet[Topic]:
    """The topics that this seat brought."""
    return with_hosts(Topic.objects.filter(hosts__seat=seat)).order_by("number")


def similar_topics(conference: Conference, *, title: str) -> list[Topic]:
    """Public topics with a title like this one, the most alike first."""
    known = {topic.pk: topic for topic in public_topics(conference)}
    alike = most_alike(title, [(key, topic.title) for key, topic in known.items()])
    return [known[key] for key in alike]
