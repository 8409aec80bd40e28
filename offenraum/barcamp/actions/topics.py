"""Bringing, changing and taking back topics."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext_lazy as _

from offenraum.barcamp.actions.merging import leave_group
from offenraum.barcamp.actions.stage import join_running_round, leave_stage
from offenraum.barcamp.models import HostAbsence, Topic, TopicHost
from offenraum.barcamp.queries.merging import group_of
from offenraum.conference.actions.webhooks import notify
from offenraum.conference.models import Conference, Slot, Webhook
from offenraum.live.changes import announce
from offenraum.seats.models import Seat

WITHDRAWN = "withdrawn"


class Stale(Exception):
    """Somebody else changed the same thing since it was read."""

    message = _("Somebody else has just changed this. Please look at the new state and decide again.")


@dataclass(frozen=True, slots=True)
class TopicText:
    """What a host writes on the card."""

    title: str
    about: str = ""
    kind: str = Topic.Kind.TOPIC
    level: str = Topic.Level.ALL
    format: str = Topic.Format.DISCUSSION
    length: int = 1
    needs: tuple[str, ...] = ()
    hashtags: tuple[str, ...] = ()


@transaction.atomic
def propose_topic(
    *, conference: Conference, seat: Seat | None, host_name: str, text: TopicText, key: uuid.UUID, now: datetime
) -> Topic:
    """Put a topic on the board; the browser's key makes a retry harmless."""
    Conference.objects.select_for_update().get(pk=conference.pk)
    known = Topic.objects.filter(conference=conference, key=key).first()
    if known:
        return known
    state = Topic.State.SUBMITTED if conference.must_release_topics and seat else Topic.State.RELEASED
    last = Topic.objects.filter(conference=conference).aggregate(last=Max("number"))["last"] or 0
    topic = Topic.objects.create(
        conference=conference, number=last + 1, key=key, state=state, created_at=now, **fields_of(text)
    )
    TopicHost.objects.create(topic=topic, seat=seat, name=host_name)
    if state == Topic.State.RELEASED:
        join_running_round(topic)
    path = f"/{conference.slug}/themen/{topic.number}"
    facts = {"number": topic.number, "title": topic.title, "is_released": topic.state == Topic.State.RELEASED}
    notify(conference=conference, event=Webhook.Event.TOPIC, facts=facts | {"path": path}, now=now)
    announce(scope=conference.slug, topics=["board", "round"])
    return topic


def fields_of(text: TopicText) -> dict[str, object]:
    return asdict(text) | {"needs": list(text.needs), "hashtags": list(text.hashtags)}


@transaction.atomic
def edit_topic(
    *, topic: Topic, text: TopicText, host_name: str, seat: Seat, version: int, now: datetime
) -> None:
    """The host changes the own topic; refused when it was changed elsewhere since."""
    seen = Topic.objects.filter(pk=topic.pk, version=version)
    changed = seen.update(version=F("version") + 1, changed_at=now, **fields_of(text))
    if not changed:
        raise Stale
    TopicHost.objects.filter(topic=topic, seat=seat).update(name=host_name)
    announce(scope=topic.conference.slug, topics=["board", "round", "plan", "programme"])


@transaction.atomic
def withdraw_topic(*, topic: Topic, seat: Seat | None = None, now: datetime | None = None) -> None:
    """A host takes back what this seat brought, the desk the topic; what was merged with it stands on its own again."""
    own = group_of(topic).filter(hosts__seat=seat, hosts__joined_from=None) if seat else [topic]
    for one in list(own):
        leave_group(one, undone_by=WITHDRAWN, now=now)
        leave_stage(one)
        set_state(topic=one, state=Topic.State.WITHDRAWN, when=tuple(Topic.State))


@transaction.atomic
def hide_topic(*, topic: Topic) -> None:
    """Take a topic off every screen at once."""
    leave_stage(topic)
    set_state(topic=topic, state=Topic.State.HIDDEN, when=(Topic.State.SUBMITTED, Topic.State.RELEASED))


@transaction.atomic
def release_topic(*, topic: Topic) -> None:
    """Put a waiting or hidden topic on every screen; one that its host has taken back stays away."""
    set_state(topic=topic, state=Topic.State.RELEASED, when=(Topic.State.SUBMITTED, Topic.State.HIDDEN))
    if Topic.objects.filter(pk=topic.pk, state=Topic.State.RELEASED).exists():
        join_running_round(topic)


def set_state(*, topic: Topic, state: str, when: tuple[str, ...]) -> None:
    Topic.objects.filter(pk=topic.pk, state__in=when).update(state=state, version=F("version") + 1)
    announce(scope=topic.conference.slug, topics=["board", "round", "plan", "programme", "tally"])


@transaction.atomic
def set_absences(*, seat: Seat, slots: Sequence[Slot]) -> None:
    """When a host is away, the planner leaves those slots free."""
    HostAbsence.objects.filter(seat=seat).exclude(slot__in=slots).delete()
    for slot in slots:
        HostAbsence.objects.get_or_create(seat=seat, slot=slot)
    announce(scope=seat.conference.slug, topics=["plan"])
