"""What the deletion clock does to seats, and what deleting one's own data does."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import transaction

from offenraum.conference.models import Conference
from offenraum.kit.clearing import blank_some, delete_some
from offenraum.live.changes import announce
from offenraum.people.actions import note_erasure
from offenraum.seats.actions.checkin import ABSENT, PRESENCE
from offenraum.seats.models import BadgePrint, Seat, SeatDevice, SeatKey
from offenraum.seats.queries import is_forgotten, last_number, name_of

NOBODY: Final = {
    "name": "", "organisation": "", "email": "", "hashtags": [], "wants_no_photos": False,
    "is_listed": False,
}
"""What the columns about a person hold when nobody stands behind a seat any more."""


def clear_check_ins(*, conference: Conference) -> int:
    """Forget who was there."""
    return blank_some(Seat.objects.filter(conference=conference, checked_in_at__isnull=False), **ABSENT)


def clear_names(*, conference: Conference) -> int:
    """Forget who the seats were for, and their keys; the numbered seats stay as counts."""
    known = Seat.objects.filter(conference=conference).exclude(**NOBODY)
    return (
        delete_some(BadgePrint.objects.filter(conference=conference))
        or delete_some(SeatDevice.objects.filter(seat__conference=conference))
        or delete_some(SeatKey.objects.filter(seat__conference=conference))
        or blank_some(known, **NOBODY)
    )


@transaction.atomic
def forget_seat(*, seat: Seat, now: datetime) -> None:
    """Delete who a seat was for. It stays under a number that was never printed: only as a count."""
    Conference.objects.select_for_update().get(pk=seat.conference_id)
    note_erasure(name=name_of(seat), now=now)
    BadgePrint.objects.filter(conference=seat.conference_id).delete()
    found = Seat.objects.filter(pk=seat.pk).first()
    if found and not is_forgotten(found):
        SeatDevice.objects.filter(seat=seat).delete()
        SeatKey.objects.filter(seat=seat).delete()
        Seat.objects.filter(pk=seat.pk).update(number=last_number(conference=seat.conference) + 1, **NOBODY)
    announce(scope=seat.conference.slug, topics=PRESENCE)
