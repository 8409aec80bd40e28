"""Making topics one, and two again. Votes stay where they were shown; only who stands for whom changes."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from offenraum.barcamp.actions.stage import join_running_round, leave_stage
from offenraum.barcamp.models import Merge, Topic, TopicHost
from offenraum.barcamp.queries.merging import group_of, original_hosts
from offenraum.barcamp.rules.merging import head_of, heads
from offenraum.conference.models import Conference
from offenraum.live.changes import announce
from offenraum.seats.models import Seat

BY_HOSTS = "hosts"
CHANGED = ("board", "round", "plan", "programme", "tally")


class CannotMerge(Exception):
    """Two topics that cannot become one; the message says why."""

    def __init__(self, message: str | Promise) -> None:
        super().__init__(message)
        self.message = message


class Settled(Exception):
    """An offer that somebody has answered, or a merge that somebody has undone."""

    message = _("Somebody else has already decided this.")


def lock_merges(conference_id: int) -> None:
    """Merges of one conference wait for each other: two at once could make a circle."""
    Conference.objects.select_for_update(no_key=True).get(pk=conference_id)


@transaction.atomic
def merge_topics(*, topic: Topic, into: Topic, done_by: str, now: datetime) -> Merge:
    """Let one topic go into another, with what has gone into it before; voters are united, all hosts are hosts."""
    lock_merges(into.conference_id)
    refuse_unmergeable(topic, into)
    Merge.objects.filter(state=Merge.State.OFFERED, topic__in=[topic, into], into__in=[topic, into]).update(
        state=Merge.State.DECLINED
    )
    leave_stage(topic)
    merge = Merge.objects.create(topic=topic, into=into, state=Merge.State.DONE, done_by=done_by, done_at=now)
    Topic.objects.filter(pk=topic.pk).update(state=Topic.State.MERGED, head=into, version=F("version") + 1)
    regroup(into.conference, changed=[topic.pk, into.pk])
    announce(scope=into.conference.slug, topics=CHANGED)
    return merge


def refuse_unmergeable(topic: Topic, into: Topic) -> None:
    states = dict(Topic.objects.filter(pk__in=[topic.pk, into.pk]).values_list("pk", "state"))
    if topic.pk == into.pk or topic.conference_id != into.conference_id:
        raise CannotMerge(_("Please choose two different topics."))
    for one in (topic, into):
        if states.get(one.pk) != Topic.State.RELEASED:
            raise CannotMerge(_("No. %(number)d, “%(title)s”, is no longer there: %(state)s.") % {
                "number": one.number, "title": one.title,
                "state": Topic.State(states.get(one.pk, Topic.State.WITHDRAWN)).label,
            })


@transaction.atomic
def undo_merge(*, merge: Merge, undone_by: str, now: datetime | None) -> None:
    """Make two topics of one again: each gets its own hosts and voters back, exactly."""
    conference = merge.into.conference
    lock_merges(conference.pk)
    undone = Merge.objects.filter(pk=merge.pk, state=Merge.State.DONE).update(
        state=Merge.State.UNDONE, undone_by=undone_by, undone_at=now
    )
    if not undone:
        raise Settled
    Topic.objects.filter(pk=merge.topic_id).update(
        state=Topic.State.RELEASED, head=None, version=F("version") + 1
    )
    regroup(conference, changed=[merge.topic_id, merge.into_id])
    join_running_round(Topic.objects.get(pk=merge.topic_id))
    announce(scope=conference.slug, topics=CHANGED)


def regroup(conference: Conference, *, changed: list[int]) -> None:
    """Who stands for whom, as the merges say that hold; then who is host of what has changed."""
    into = dict(
        Merge.objects.filter(topic__conference=conference, state=Merge.State.DONE).values_list("topic_id", "into_id")
    )
    for topic, head in heads(into).items():
        Topic.objects.filter(pk=topic).exclude(head=head).update(head=head)
    for head in {head_of(topic, into) for topic in changed}:
        share_hosts(Topic.objects.get(pk=head))
    TopicHost.objects.filter(topic__in=into.keys() & set(changed), joined_from__isnull=False).delete()


def share_hosts(head: Topic) -> None:
    """The hosts of what is merged are hosts of the topic that stands for it; nobody is listed twice."""
    TopicHost.objects.filter(topic=head, joined_from__isnull=False).delete()
    listed = {identity(host) for host in TopicHost.objects.filter(topic=head)}
    for host in original_hosts(group_of(head).exclude(pk=head.pk)):
        if identity(host) not in listed:
            TopicHost.objects.create(topic=head, seat=host.seat, name=host.name, joined_from=host)
            listed.add(identity(host))


def identity(host: TopicHost) -> object:
    """One person is one seat, or one name without a seat."""
    return host.seat_id or host.name.casefold()


@transaction.atomic
def offer_merge(*, topic: Topic, into: Topic, seat: Seat, now: datetime) -> Merge:
    """A host of either asks the other's host; if that one has asked already, both have agreed."""
    lock_merges(into.conference_id)
    refuse_unmergeable(topic, into)
    if not is_host(seat, topic, into):
        raise CannotMerge(_("Only a host can offer this."))
    asked = Merge.objects.filter(
        state=Merge.State.OFFERED, topic__in=[topic, into], into__in=[topic, into]
    ).first()
    if asked and (asked.offered_by_id == seat.pk or not may_answer(seat, asked)):
        return asked
    if asked or hosts_both(seat, topic, into):
        return merge_topics(topic=topic, into=into, done_by=BY_HOSTS, now=now)
    offer = Merge.objects.create(
        topic=topic, into=into, state=Merge.State.OFFERED, offered_by=seat, offered_at=now
    )
    announce(scope=into.conference.slug, topics=["board"])
    return offer


@transaction.atomic
def answer_offer(*, offer: Merge, seat: Seat, agrees: bool, now: datetime) -> None:
    """The other host agrees, and the topics are one; or does not, and nothing changes."""
    lock_merges(offer.into.conference_id)
    if not Merge.objects.filter(pk=offer.pk, state=Merge.State.OFFERED).exists() or not may_answer(seat, offer):
        raise Settled
    if agrees:
        merge_topics(topic=offer.topic, into=offer.into, done_by=BY_HOSTS, now=now)
        return
    Merge.objects.filter(pk=offer.pk).update(state=Merge.State.DECLINED)
    announce(scope=offer.into.conference.slug, topics=["board"])


def may_answer(seat: Seat, offer: Merge) -> bool:
    """A host of the topic whose host did not ask."""
    asker = offer.offered_by
    return is_host(seat, offer.into if asker and is_host(asker, offer.topic) else offer.topic)


def is_host(seat: Seat, *topics: Topic) -> bool:
    """Who brought one of these topics; who has joined by a merge does not decide about the next."""
    return TopicHost.objects.filter(topic__in=topics, seat=seat, joined_from=None).exists()


def hosts_both(seat: Seat, one: Topic, other: Topic) -> bool:
    return is_host(seat, one) and is_host(seat, other)


def leave_group(topic: Topic, *, undone_by: str, now: datetime | None) -> None:
    """Before a topic goes, what is merged with it stands on its own again."""
    for merge in direct_merges(topic):
        undo_merge(merge=merge, undone_by=undone_by, now=now)


def direct_merges(topic: Topic) -> QuerySet[Merge]:
    done = Merge.objects.filter(state=Merge.State.DONE).select_related("topic", "into__conference")
    return done.filter(topic=topic) | done.filter(into=topic)
