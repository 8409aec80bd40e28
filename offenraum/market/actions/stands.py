"""Stands are made, described, placed and hidden; their exhibitors get keys."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from offenraum.barcamp.actions.topics import TopicText, propose_topic
from offenraum.barcamp.models import Topic
from offenraum.conference.actions.letters import write_letter
from offenraum.conference.models import Conference
from offenraum.kit.keys import new_key
from offenraum.live.changes import announce
from offenraum.market.models import DemoSlot, FloorPlan, Medium, Stand, StandKey
from offenraum.market.rules import MOST_STANDS
from offenraum.people.queries import digest_of
from offenraum.post.rules import LetterKind
from offenraum.seats.models import Seat
from offenraum.website.actions.contents import drop_picture, keep_picture
from offenraum.website.pictures import Made

MOST_MEDIA: Final = 6
MOST_DEMOS: Final = 60


class TooMany(Exception):
    """More stands, pictures or demonstrations than a market can show."""

    message = _("There is no room for more. Please remove something first.")


def tell(stand: Stand) -> None:
    """Every page that shows this stand."""
    announce(scope=stand.conference.slug, topics=["market", f"stand-{stand.number}"])


@transaction.atomic
def make_stand(*, conference: Conference, title: str, email: str, now: datetime) -> Stand:
    """A stand with the next number; its exhibitor describes it."""
    Conference.objects.select_for_update().get(pk=conference.pk)
    last = Stand.objects.filter(conference=conference).aggregate(last=Max("number"))["last"] or 0
    if last >= MOST_STANDS:
        raise TooMany
    stand = Stand.objects.create(conference=conference, number=last + 1, title=title, email=email, made_at=now)
    tell(stand)
    return stand


@transaction.atomic
def keep_stand(*, stand: Stand) -> None:
    """Store what a form has checked."""
    stand.save()
    tell(stand)


@transaction.atomic
def place_stand(*, stand: Stand, x: int | None, y: int | None) -> None:
    """Put a stand on the floor plan, or take it off."""
    Stand.objects.filter(pk=stand.pk).update(x=x, y=y)
    tell(stand)


@transaction.atomic
def hide_stand(*, stand: Stand, is_hidden: bool, now: datetime) -> None:
    """Take a stand off the market, or show it again."""
    Stand.objects.filter(pk=stand.pk).update(hidden_at=now if is_hidden else None)
    tell(stand)


@transaction.atomic
def send_key(*, stand: Stand, language: str, now: datetime) -> str:
    """Write a letter with a new key to the exhibitor; keys that went out before end. Raises NoAddress."""
    key = new_key()
    end_keys(stand=stand, now=now)
    StandKey.objects.create(stand=stand, secret_hash=digest_of(key), made_at=now)
    link = settings.ADDRESS + reverse("stand_key", args=[stand.conference.slug, key])
    write_letter(
        conference=stand.conference, kind=LetterKind.EXHIBITOR_KEY, key=f"stand {digest_of(key)[:32]}", to=stand.email,
        values={"link": link, "stand": stand.title}, language=language, now=now,
    )
    return key


@transaction.atomic
def end_keys(*, stand: Stand, now: datetime) -> None:
    """The keys of a stand open nothing any more."""
    StandKey.objects.filter(stand=stand, ended_at=None).update(ended_at=now)


@transaction.atomic
def note_use(*, key: StandKey, now: datetime) -> None:
    """An exhibitor has come in for the first time."""
    StandKey.objects.filter(pk=key.pk, used_at=None).update(used_at=now)


@transaction.atomic
def add_medium(*, stand: Stand, made: Made, alt: str, alt_en: str, now: datetime) -> None:
    Stand.objects.select_for_update().get(pk=stand.pk)
    if Medium.objects.filter(stand=stand).count() >= MOST_MEDIA:
        raise TooMany
    picture = keep_picture(conference=stand.conference, made=made, alt=alt, alt_en=alt_en, now=now)
    Medium.objects.create(stand=stand, picture=picture)
    tell(stand)


@transaction.atomic
def drop_medium(*, medium: Medium) -> None:
    drop_picture(picture=medium.picture)
    tell(medium.stand)


@transaction.atomic
def keep_plan(*, conference: Conference, made: Made, alt: str, alt_en: str, now: datetime) -> None:
    """A floor plan, or another one."""
    held = FloorPlan.objects.filter(conference=conference).select_related("picture").first()
    picture = keep_picture(conference=conference, made=made, alt=alt, alt_en=alt_en, now=now)
    FloorPlan.objects.update_or_create(conference=conference, defaults={"picture": picture})
    if held is not None:
        drop_picture(picture=held.picture)
    announce(scope=conference.slug, topics=["market"])


@transaction.atomic
def add_demos(*, stand: Stand, starts_at: datetime, minutes: int, count: int, places: int) -> int:
    """Demonstrations one after the other; a time that is taken stays as it is. Returns how many are new."""
    Stand.objects.select_for_update().get(pk=stand.pk)
    held = set(DemoSlot.objects.filter(stand=stand).values_list("starts_at", flat=True))
    wanted = [starts_at + timedelta(minutes=minutes * place) for place in range(count)]
    new = [moment for moment in wanted if moment not in held]
    if len(held) + len(new) > MOST_DEMOS:
        raise TooMany
    rows = [DemoSlot(stand=stand, starts_at=moment, minutes=minutes, places=places) for moment in new]
    DemoSlot.objects.bulk_create(rows)
    tell(stand)
    return len(new)


@transaction.atomic
def drop_demo(*, demo: DemoSlot) -> None:
    """Call a demonstration off; its bookings go with it."""
    DemoSlot.objects.filter(pk=demo.pk).delete()
    tell(demo.stand)


@transaction.atomic
def make_topic(*, stand: Stand, seat: Seat, host_name: str, key: uuid.UUID, now: datetime) -> Topic:
    """The stand becomes a topic of the barcamp; the two know each other. Done twice, it is the same topic."""
    Stand.objects.select_for_update().get(pk=stand.pk)
    held = Stand.objects.select_related("topic").get(pk=stand.pk).topic
    if held is not None and held.state != Topic.State.WITHDRAWN:
        return held
    text = TopicText(title=stand.title, about="\n\n".join(about_lines(stand)), kind=Topic.Kind.PROJECT)
    topic = propose_topic(
        conference=stand.conference, seat=seat, host_name=host_name, text=text, key=key, now=now,
    )
    Stand.objects.filter(pk=stand.pk).update(topic=topic)
    tell(stand)
    return topic


def about_lines(stand: Stand) -> Sequence[str]:
    return [line for line in (stand.summary, stand.problem) if line][:2]
