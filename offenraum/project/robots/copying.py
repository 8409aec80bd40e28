"""A copy of a conference's grid to rehearse on, and its removal."""

from __future__ import annotations

import re
import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from offenraum.barcamp.actions.rounds import plan_round
from offenraum.conference.actions.clock import pass_moment
from offenraum.conference.models import Conference, Day, Room, RoomClosure, Slot
from offenraum.kit.plain_text import shortened
from offenraum.live.models import StreamVersion
from offenraum.people.models import Account
from offenraum.post.models import Letter

SLUG = re.compile(r"probe-[0-9a-f]{16}")
BEFORE_FIRST_SLOT = timedelta(hours=1)
LEFT_BEHIND_AFTER = timedelta(hours=6)


class NothingToRehearse(Exception):
    """The conference has no slots or no rooms yet."""

    @property
    def message(self) -> str:
        return _("This conference has no slots or no rooms yet. Please enter them first.")


@transaction.atomic
def copy_conference(*, source: Conference, now: datetime) -> Conference:
    """A conference of its own with the slots and rooms of `source`, whose clock shows an hour before the first slot."""
    first = Slot.objects.filter(conference=source).order_by("starts_at").first()
    if first is None or not Room.objects.filter(conference=source).exists():
        raise NothingToRehearse
    copy = Conference.objects.create(
        slug=f"probe-{secrets.token_hex(8)}",
        title=shortened(_("Rehearsal: {title}").format(title=source.title), limit=120),
        short_title=_("Rehearsal"),
        time_zone=source.time_zone,
        pitch_seconds=source.pitch_seconds,
        vote_seconds=source.vote_seconds,
        wall_metres=source.wall_metres,
        clock_started_at=now,
        clock_shows_at=first.starts_at - BEFORE_FIRST_SLOT,
    )
    copy_rooms(source, copy, copy_slots(source, copy))
    plan_round(conference=copy)
    pass_moment(conference=copy)
    return copy


def copy_slots(source: Conference, copy: Conference) -> dict[int, Slot]:
    """Slots by the id of the slot they copy."""
    days = {day.pk: Day.objects.create(conference=copy, date=day.date) for day in Day.objects.filter(conference=source)}
    made: dict[int, Slot] = {}
    for slot in Slot.objects.filter(conference=source).order_by("starts_at"):
        made[slot.pk] = Slot.objects.create(
            conference=copy, day=days[slot.day_id], number=slot.number, starts_at=slot.starts_at, minutes=slot.minutes,
            follows=made.get(slot.follows_id) if slot.follows_id else None,
        )
    return made


def copy_rooms(source: Conference, copy: Conference, slots: dict[int, Slot]) -> None:
    for room in Room.objects.filter(conference=source).prefetch_related("closures"):
        made = Room.objects.create(
            conference=copy, name=room.name, position=room.position, places=room.places, way=room.way,
            is_step_free=room.is_step_free, equipment=room.equipment,
        )
        closures = [RoomClosure(room=made, slot=slots[closure.slot_id]) for closure in room.closures.all()]
        RoomClosure.objects.bulk_create(closures)


@transaction.atomic
def remove_copy(copy: Conference) -> None:
    """Leave nothing behind."""
    Account.objects.filter(email=moderator_email(copy)).delete()
    Account.objects.filter(email=second_email(copy)).delete()
    StreamVersion.objects.filter(scope=copy.slug).delete()
    Letter.objects.filter(scope=copy.slug).delete()
    Conference.objects.filter(pk=copy.pk).delete()


def moderator_email(copy: Conference) -> str:
    """The address of the account that moderates the rehearsal."""
    return f"{copy.slug}@probe.invalid"


def second_email(copy: Conference) -> str:
    """The address of the account at the second desk of the door."""
    return f"{copy.slug}-2@probe.invalid"


def remove_left_behind(*, now: datetime) -> None:
    """Remove copies of rehearsals that were killed."""
    for old in Conference.objects.filter(slug__startswith="probe-", created_at__lt=now - LEFT_BEHIND_AFTER):
        if SLUG.fullmatch(old.slug):
            remove_copy(old)
