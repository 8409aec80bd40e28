"""What one person does in all slices at once."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from offenraum.barcamp.actions import clearing as barcamp
from offenraum.gathering.actions import clearing as gathering
from offenraum.post.actions import forget_recipient
from offenraum.programme.actions import clearing as programme
from offenraum.seats import actions as seats
from offenraum.seats.models import Seat


@transaction.atomic
def forget(*, seat: Seat, now: datetime) -> None:
    """Delete everything of one person; votes of closed rounds stay as counts of nobody."""
    programme.forget_seat(seat=seat)
    gathering.forget_seat(seat=seat)
    barcamp.forget_seat(seat=seat)
    if seat.email:
        forget_recipient(scope=seat.conference.slug, recipient=seat.email)
    seats.forget_seat(seat=seat, now=now)
