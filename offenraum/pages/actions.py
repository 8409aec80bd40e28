"""What one person does in all slices at once."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from offenraum.barcamp.actions import clearing as barcamp
from offenraum.gathering.actions import clearing as gathering
from offenraum.market.actions import clearing as market
from offenraum.post.actions import forget_recipient
from offenraum.programme.actions import clearing as programme
from offenraum.registration.actions import clearing as registration
from offenraum.registration.actions.own import Details, change_details
from offenraum.registration.models import Registration
from offenraum.seats import actions as seats
from offenraum.seats.actions import Person
from offenraum.seats.models import Seat


@transaction.atomic
def forget(*, seat: Seat, now: datetime) -> None:
    """Delete everything of one person; votes of closed rounds stay as counts of nobody."""
    programme.forget_seat(seat=seat)
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
        return
    registration.forget_registration(registration=applicant, now=now)
    if applicant.email:
        forget_recipient(scope=applicant.conference.slug, recipient=applicant.email)


@transaction.atomic
def correct(*, seat: Seat, person: Person, is_listed: bool) -> None:
    """Change what a seat says about itself; its registration follows."""
    for applicant in Registration.objects.filter(seat=seat).select_related("conference"):
        if person.name:
            change_details(registration=applicant, details=Details(
                name=person.name, organisation=person.organisation, support=applicant.support,
                may_be_photographed=applicant.may_be_photographed, hashtags=tuple(person.hashtags),
            ))
    seats.change_person(seat=seat, person=person, is_listed=is_listed)
