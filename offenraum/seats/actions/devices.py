"""Browsers that sign in to a seat and out of it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from offenraum.conference.models import Conference
from offenraum.kit.keys import new_key
from offenraum.live.changes import announce
from offenraum.seats.actions.checkin import PRESENCE
from offenraum.seats.actions.making import Person, create_seats
from offenraum.seats.models import Seat, SeatDevice
from offenraum.seats.queries import digest_of, seat_of_badge, seat_of_code


class UnknownKey(Exception):
    """A badge, link or code that opens no seat."""

    message = _("We do not know this code. Please compare it with your badge, or ask at the registration desk.")


@transaction.atomic
def sign_in(*, seat: Seat, now: datetime) -> str:
    """Sign a browser in to a seat and end the one before; returns the new device's key."""
    Seat.objects.select_for_update().get(pk=seat.pk)
    SeatDevice.objects.filter(seat=seat, ended_at__isnull=True).update(ended_at=now)
    secret = new_key()
    SeatDevice.objects.create(seat=seat, key_hash=digest_of(secret), signed_in_at=now)
    return secret


def sign_in_with_key(*, conference: Conference, key: str, now: datetime) -> str:
    """Sign in with a badge's QR, a link or a typed code."""
    seat = seat_of_badge(conference=conference, secret=key) or seat_of_code(conference=conference, code=key)
    if seat is None:
        raise UnknownKey
    return sign_in(seat=seat, now=now)


@transaction.atomic
def sign_in_open(*, conference: Conference, now: datetime) -> str:
    """In an open conference each device is a seat of its own, present at once."""
    (new,) = create_seats(
        conference=conference, people=[Person()], kind=Seat.Kind.DEVICE, now=now, checked_in=True
    )
    announce(scope=conference.slug, topics=PRESENCE)
    return sign_in(seat=new.seat, now=now)


@transaction.atomic
def sign_out(*, device_secret: str, now: datetime) -> None:
    """End this browser's seat."""
    SeatDevice.objects.filter(key_hash=digest_of(device_secret), ended_at__isnull=True).update(ended_at=now)
