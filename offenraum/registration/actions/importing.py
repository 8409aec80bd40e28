"""Taking over people from a table: in its order, as if each had sent the form."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from offenraum.conference.models import Conference
from offenraum.live.changes import announce
from offenraum.registration.actions.entering import Applicant, Arrival, Result, enter
from offenraum.registration.actions.places import locked
from offenraum.registration.actions.registering import NotOpen
from offenraum.registration.models import Contingent, Registration


@transaction.atomic
def import_people(
    *, conference: Conference, people: Sequence[Applicant], contingent: Contingent | None, key: uuid.UUID,
    writes_letters: bool, now: datetime,
) -> list[Result]:
    """Enter everybody of a table; the same again with its key changes nothing. Raises NotOpen without settings."""
    book = locked(conference)
    if book is None:
        raise NotOpen
    keys = [uuid.uuid5(key, f"{number}") for number, _person in enumerate(people)]
    if Registration.objects.filter(conference=conference, key__in=keys[:1]).exists():
        return []
    arrivals = [
        Arrival(person, key=one, form=number, language="de", contingent=contingent)
        for number, (person, one) in enumerate(zip(people, keys, strict=True))
    ]
    results = enter(book, arrivals, now=now, letters=writes_letters)
    announce(scope=conference.slug, topics=["registration"])
    return results
