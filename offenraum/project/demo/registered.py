"""Registration in the demonstration: everybody with a seat was confirmed, the house was full, some still wait."""

from __future__ import annotations

import uuid
from datetime import timedelta

from offenraum.conference.models import Conference
from offenraum.project.demo import day
from offenraum.project.demo.names import invented_people
from offenraum.registration.models import Contingent, Registration, RegistrationSettings
from offenraum.seats.models import Seat

WAITING = 14
MOST_PEOPLE = 2000
PRESS_PLACES = 6
NAMESPACE = uuid.UUID("0c5d4c0a-2018-5904-8000-616e6d656c64")


def fill_registration(*, conference: Conference) -> None:
    """A registration for each seat in the order of seats, then the waiting list; closed on the evening before."""
    seats = list(Seat.objects.filter(conference=conference).order_by("number"))
    opened = day.at(9, 0) - timedelta(days=60)
    waiting = invented_people(MOST_PEOPLE + WAITING)[MOST_PEOPLE:]
    people: list[tuple[str, str, Seat | None]] = [(seat.name, seat.organisation, seat) for seat in seats]
    people += [(person.name, person.organisation, None) for person in waiting]
    RegistrationSettings.objects.create(
        conference=conference, places=max(1, len(seats)), opens_at=opened, closes_at=day.at(18, 0) - timedelta(days=1),
        reconfirm_days=0, last_number=len(people),
    )
    Contingent.objects.create(conference=conference, name="Presse", places=PRESS_PLACES)
    Registration.objects.bulk_create([
        Registration(
            conference=conference, number=number, key=uuid.uuid5(NAMESPACE, f"{number}"), name=name,
            organisation=organisation, seat=seat, place=number if seat else None,
            state=Registration.State.CONFIRMED if seat else Registration.State.WAITING,
            created_at=opened + timedelta(minutes=number),
            confirmed_at=opened + timedelta(minutes=number) if seat else None,
        )
        for number, (name, organisation, seat) in enumerate(people, 1)
    ])
