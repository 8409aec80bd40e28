"""What one person changes in several slices at once."""

from __future__ import annotations

from django.db import transaction

from offenraum.registration.actions.own import Details, change_details
from offenraum.registration.models import Registration
from offenraum.seats.actions.making import Person, change_person
from offenraum.seats.models import Seat


@transaction.atomic
def correct(*, seat: Seat, person: Person, is_listed: bool) -> None:
    """Change what a seat says about itself; its registration follows."""
    for applicant in Registration.objects.filter(seat=seat).select_related("conference"):
        if person.name:
            change_details(registration=applicant, details=Details(
                name=person.name, organisation=person.organisation, support=applicant.support,
                may_be_photographed=applicant.may_be_photographed, hashtags=tuple(person.hashtags),
            ))
    change_person(seat=seat, person=person, is_listed=is_listed)
