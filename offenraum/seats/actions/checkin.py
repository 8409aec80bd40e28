"""Who is here: checked in, taken back, a guest with a pre-printed badge."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from offenraum.conference.models import Conference
from offenraum.live.changes import announce
from offenraum.seats.models import Seat
from offenraum.seats.queries import blank_badges

PRESENCE: Final = ("tally", "presence")
"""What changes when somebody comes or goes: whose votes count, and how many are here."""

ABSENT: Final = {"checked_in_at": None, "checked_in_key": None}
"""What the columns about a check-in hold before there is one."""


class NoBadgeLeft(Exception):
    """All pre-printed badges are handed out."""

    message = _("There is no pre-printed badge left. The desk can print more.")


@transaction.atomic
def check_in(*, seat: Seat, now: datetime, key: uuid.UUID | None = None) -> bool:
    """Mark a seat as present; True for the one call that did it, and for a retry of it with the same key."""
    won = Seat.objects.filter(pk=seat.pk, checked_in_at__isnull=True).update(checked_in_at=now, checked_in_key=key) == 1
    if won:
        announce(scope=seat.conference.slug, topics=PRESENCE)
    return won or (key is not None and Seat.objects.filter(pk=seat.pk, checked_in_key=key).exists())


@transaction.atomic
def undo_check_in(*, seat: Seat) -> bool:
    """Take back a check-in by mistake; the seat's interest counts again when it checks in again."""
    present = Seat.objects.filter(pk=seat.pk, checked_in_at__isnull=False)
    won = present.update(**ABSENT) == 1
    if won:
        announce(scope=seat.conference.slug, topics=PRESENCE)
    return won


@transaction.atomic
def admit_guest(*, conference: Conference, now: datetime, key: uuid.UUID) -> Seat:
    """Check the next pre-printed badge in for somebody without a registration; returns which one to hand out."""
    known = Seat.objects.filter(conference=conference, checked_in_key=key).first()
    if known:
        return known
    while seat := blank_badges(conference=conference).first():
        if check_in(seat=seat, now=now, key=key):
            return Seat.objects.get(pk=seat.pk)
    raise NoBadgeLeft
