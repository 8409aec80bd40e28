"""What the deletion clock does to registrations, and what deleting one's own data does."""

from __future__ import annotations

import uuid
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from offenraum.conference.models import Conference
from offenraum.kit.clearing import blank_some, delete_some
from offenraum.kit.datamap import Keep, days_of
from offenraum.live.changes import announce
from offenraum.people.actions import note_erasure
from offenraum.post.actions import forget_recipient
from offenraum.registration.actions.places import TooLate, cancel
from offenraum.registration.models import Attempt, ExtraAnswer, Registration
from offenraum.registration.queries import name_of
from offenraum.seats.models import Seat

NOBODY: Final = {
    "name": "", "organisation": "", "email": "", "email_key": "", "support": "", "may_be_photographed": False,
    "hashtags": [], "topic": "",
}


def clear_support(*, conference: Conference) -> int:
    """Delete what people need in order to take part."""
    return blank_some(Registration.objects.filter(conference=conference).exclude(support=""), support="")


def clear_answers(*, conference: Conference, days: int) -> int:
    """Delete answers to own questions whose days, as the organiser set them, are over."""
    return delete_some(ExtraAnswer.objects.filter(question__conference=conference, question__keep_days__lte=days))


def clear_names(*, conference: Conference) -> int:
    """Delete who registered, waited and cancelled."""
    return delete_some(Registration.objects.filter(conference=conference))


def clear_floods(*, now: datetime) -> int:
    """Delete what was kept against floods of forms."""
    return delete_some(Attempt.objects.filter(made_at__lt=now - timedelta(days=days_of(Keep.LOGS))))


@transaction.atomic
def forget_registration(*, registration: Registration, now: datetime) -> None:
    """Delete who registered; a place not yet taken goes to the next of the list. The number stays as a count."""
    note_erasure(name=name_of(registration), now=now)
    with suppress(TooLate):
        cancel(registration=registration, now=now)
    ExtraAnswer.objects.filter(registration=registration).delete()
    Registration.objects.filter(pk=registration.pk).update(key=uuid.uuid4(), **NOBODY)
    announce(scope=registration.conference.slug, topics=["registration"])


@transaction.atomic
def forget_without_seat(*, registration: Registration, now: datetime) -> None:
    """Delete everything of somebody who waits or has cancelled, with the letters to the address."""
    forget_registration(registration=registration, now=now)
    if registration.email:
        forget_recipient(scope=registration.conference.slug, recipient=registration.email)


def forget_seat(*, seat: Seat, now: datetime) -> None:
    """The same for whoever came by a seat."""
    for registration in Registration.objects.filter(seat=seat).select_related("conference"):
        forget_registration(registration=registration, now=now)
