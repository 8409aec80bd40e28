"""What somebody changes in the own registration."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from offenraum.live.changes import announce
from offenraum.registration.models import ExtraAnswer, Registration
from offenraum.seats.models import Seat


@dataclass(frozen=True, slots=True)
class Details:
    """What somebody says about themselves."""

    name: str
    organisation: str
    support: str
    may_be_photographed: bool
    hashtags: tuple[str, ...]


@transaction.atomic
def change_details(*, registration: Registration, details: Details) -> None:
    """Correct the own answers; the badge follows."""
    shared = {"name": details.name, "organisation": details.organisation, "hashtags": list(details.hashtags)}
    Registration.objects.filter(pk=registration.pk).update(
        support=details.support, may_be_photographed=details.may_be_photographed, **shared
    )
    Seat.objects.filter(registration=registration).update(wants_no_photos=not details.may_be_photographed, **shared)
    announce(scope=registration.conference.slug, topics=["registration"])


@transaction.atomic
def note_topic(*, registration: Registration, now: datetime) -> bool:
    """The topic that somebody brought along is on its way to the board; True for the one call that says so."""
    return Registration.objects.filter(pk=registration.pk, topic_brought_at__isnull=True).update(
        topic_brought_at=now
    ) == 1


@transaction.atomic
def forget_answers(*, question_id: int) -> None:
    """Delete what people answered to a question of the organiser's own."""
    ExtraAnswer.objects.filter(question=question_id).delete()
