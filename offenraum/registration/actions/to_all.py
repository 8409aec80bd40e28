"""Letters to everybody who has a seat and an address."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from offenraum.conference.actions.letters import write_letter
from offenraum.conference.models import Conference
from offenraum.post.actions import NoAddress
from offenraum.registration.queries.links import address_of
from offenraum.registration.queries.recipients import recipients_of
from offenraum.seats.actions.keys import issue_ticket
from offenraum.seats.models import Seat


@transaction.atomic
def write_to_all(*, conference: Conference, kind: str, now: datetime) -> int:
    """Write to everybody, at most once a day of the conference's clock; returns to how many."""
    written = 0
    for seat in recipients_of(conference, kind):
        registration = getattr(seat, "registration", None)
        try:
            write_letter(
                conference=conference, kind=kind, key=f"seat-{seat.pk} {now:%Y-%m-%d}", to=seat.email,
                values={"name": seat.name, "link": address_of(registration) if registration else link_of(seat, now)},
                language=registration.language if registration else settings.LANGUAGE_CODE, now=now,
            )
        except NoAddress:
            continue
        written += 1
    return written


def link_of(seat: Seat, now: datetime) -> str:
    """The address of a seat that was not registered by its owner."""
    return settings.ADDRESS + reverse("seat_key", args=[seat.conference.slug, issue_ticket(seat=seat, now=now)])
