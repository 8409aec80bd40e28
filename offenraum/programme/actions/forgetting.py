"""Deleting everything of one person, in every slice from here down."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from offenraum.barcamp.actions import clearing as barcamp
from offenraum.gathering.actions import clearing as gathering
from offenraum.market.actions import clearing as market
from offenraum.post.actions import forget_recipient
from offenraum.programme.actions.clearing import forget_seat
from offenraum.registration.actions import clearing as registration
from offenraum.registration.models import Registration
from offenraum.seats.actions import clearing as seats
from offenraum.seats.models import Seat


@transaction.atomic
def forget(*, seat: Seat, now: datetime) -> None:
    """Delete everything of one person; votes of closed rounds stay as counts of nobody."""
    forget_seat(seat=seat)
    gathering.forget_seat(seat=seat)
    market.forget_seat(seat=seat)
    barcamp.forget_seat(seat=seat)
    registration.forget_seat(seat=seat, now=now)
    if seat.email:
        forget_recipient(scope=seat.conference.slug, recipient=seat.email)
    seats.forget_seat(seat=seat, now=now)


@transaction.atomic
def forget_applicant(*, applicant: Registration, now: datetime) -> None:
    """The same for somebody who registered, with or without a place."""
    if applicant.seat:
        forget(seat=applicant.seat, now=now)
    else:
        registration.forget_without_seat(registration=applicant, now=now)
