"""Seats, made for people and blank, and who they are for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from offenraum.conference.models import Conference
from offenraum.live.changes import announce
from offenraum.seats.actions.keys import NewSeat, with_badges
from offenraum.seats.models import Seat
from offenraum.seats.queries import last_number


class NumbersTaken(Exception):
    """Seats have been made since the page was shown, most likely by a second tap on the same button."""

    message = _("These seats have been made already. For a lost badge, make new keys for its seat.")


@dataclass(frozen=True, slots=True)
class Person:
    """Who a new seat is for."""

    name: str = ""
    organisation: str = ""
    email: str = ""
    hashtags: tuple[str, ...] = ()
    wants_no_photos: bool = False


@transaction.atomic
def create_seats(
    *, conference: Conference, people: Sequence[Person], kind: str, now: datetime, checked_in: bool = False,
    after: int | None = None,
) -> list[NewSeat]:
    """Make one seat a person, numbered on from the last; `after` is the last number that was seen, if it matters."""
    Conference.objects.select_for_update().get(pk=conference.pk)
    last = last_number(conference=conference)
    if after is not None and after != last:
        raise NumbersTaken
    seats = [
        new_seat(conference=conference, number=number, person=person, kind=kind, now=now, checked_in=checked_in)
        for number, person in enumerate(people, last + 1)
    ]
    return with_badges(Seat.objects.bulk_create(seats), now=now)


def new_seat(
    *, conference: Conference, number: int, person: Person, kind: str, now: datetime, checked_in: bool
) -> Seat:
    return Seat(
        conference=conference,
        number=number,
        kind=kind,
        name=person.name,
        organisation=person.organisation,
        email=person.email,
        hashtags=list(person.hashtags),
        wants_no_photos=person.wants_no_photos,
        checked_in_at=now if checked_in else None,
        created_at=now,
    )


@transaction.atomic
def change_person(*, seat: Seat, person: Person, is_listed: bool) -> None:
    """Correct who a seat is for, and whether it stands on the public list of attendees."""
    Seat.objects.filter(pk=seat.pk).update(
        name=person.name, organisation=person.organisation, hashtags=list(person.hashtags), is_listed=is_listed
    )
    announce(scope=seat.conference.slug, topics=["registration"])
