"""Taking over people from a table: in its order, as if each had sent the form."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from offenraum.conference.models import Conference
from offenraum.live.changes import announce
from offenraum.registration.actions.places import locked
from offenraum.registration.actions.registering import Applicant, NotOpen, Result, enter
from offenraum.registration.models import Contingent, Registration
from offenraum.registration.queries import Pool


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
    pool = Pool(book, contingent)
    results = []
    for person, one in zip(people, keys, strict=True):
        results += enter(pool, [person], keys=[one], language="de", now=now, letters=writes_letters)
    announce(scope=conference.slug, topics=["registration"])
    return results
