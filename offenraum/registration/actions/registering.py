"""Registering: one form, one person or several, each a place or a number on the waiting list."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from offenraum.conference.models import Conference
from offenraum.live.changes import announce
from offenraum.registration.actions.letters import tell
from offenraum.registration.actions.places import give_place, locked
from offenraum.registration.models import (
    Attempt,
    Contingent,
    ExtraAnswer,
    ExtraQuestion,
    Registration,
    RegistrationSettings,
)
from offenraum.registration.queries import Counts, Pool, position_of, standing_in
from offenraum.registration.rules import DEVICE_WINDOW, MOST_OF_DEVICE, Phase

NOBODY: Final = Counts(held=0, waiting=0, highest=0)


class NotOpen(Exception):
    """Registration has not begun, is over, or there is none."""

    message = _("Registration is closed at the moment. Nothing was sent.")


class TooMany(Exception):
    """One browser has sent a lot of forms within an hour."""

    message = _("Many registrations came from this browser. Please wait an hour, or write to the organisers.")


@dataclass(frozen=True, slots=True)
class Applicant:
    """Who wants to come; `email_key` is the address as it is compared."""

    name: str
    email: str = ""
    email_key: str = ""
    organisation: str = ""
    support: str = ""
    may_be_photographed: bool = False
    hashtags: tuple[str, ...] = ()
    topic: str = ""
    answers: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Result:
    """What somebody is told at once: a place, or a number on the waiting list.

    `registration` is missing for an address that is registered already; only a letter to it says so.
    """

    name: str
    position: int
    registration: Registration | None


@dataclass(frozen=True, slots=True)
class Sent:
    """One form: who sends it, from where, in which language."""

    key: uuid.UUID
    device_hash: str
    language: str
    contingent: Contingent | None = None


@transaction.atomic
def register(*, conference: Conference, people: Sequence[Applicant], sent: Sent, now: datetime) -> list[Result]:
    """Give each person a place or a number on the list, in the order of the form; the same form again changes nothing.

    Raises NotOpen and TooMany.
    """
    book = locked(conference)
    if book is None:
        raise NotOpen
    known = list(Registration.objects.filter(conference=conference, key__in=keys_of(sent, people)))
    if known:
        return [Result(one.name, position_of(one), one) for one in known]
    pool = Pool(book, sent.contingent)
    if standing_in(pool, now=now, counts=NOBODY).phase not in {Phase.OPEN, Phase.WAITING}:
        raise NotOpen
    note_attempt(conference, sent, now)
    results = enter(pool, people, keys=keys_of(sent, people), language=sent.language, now=now)
    announce(scope=conference.slug, topics=["registration"])
    return results


def keys_of(sent: Sent, people: Sequence[Applicant]) -> list[uuid.UUID]:
    """A key for each person of a form, the same when the form comes again."""
    return [sent.key if not number else uuid.uuid5(sent.key, f"{number}") for number, _one in enumerate(people)]


def note_attempt(conference: Conference, sent: Sent, now: datetime) -> None:
    """Count the forms of one browser; addresses are not counted, a town hall has one for everybody."""
    recent = Attempt.objects.filter(
        conference=conference, device_hash=sent.device_hash, made_at__gt=now - DEVICE_WINDOW
    )
    if recent.count() >= MOST_OF_DEVICE:
        raise TooMany
    Attempt.objects.create(conference=conference, device_hash=sent.device_hash, made_at=now)


def enter(
    pool: Pool, people: Sequence[Applicant], *, keys: Sequence[uuid.UUID], language: str, now: datetime,
    letters: bool = True,
) -> list[Result]:
    """Enter people in this order; the first leads the group. The caller holds the lock."""
    results: list[Result] = []
    doubles, lead = active_by_email(pool.book, people), None
    for person, key in zip(people, keys, strict=True):
        counts = pool.counts()
        place, waiting = pool.place_for_next(counts), counts.waiting
        if person.email_key in doubles:
            if letters:
                tell(doubles[person.email_key], "already_registered", now=now, key=f"-{key.hex[:12]}")
            results.append(Result(person.name, 0 if place else waiting + 1, None))
            continue
        made = entered(pool, person, place=place, now=now, form=(key, language, lead), tells=letters)
        lead = lead or made
        if letters and not place:
            tell(made, "waiting", now=now, position=f"{waiting + 1}")
        results.append(Result(person.name, 0 if place else waiting + 1, made))
    return results


def active_by_email(book: RegistrationSettings, people: Sequence[Applicant]) -> dict[str, Registration]:
    """Who of these is registered already, by address."""
    emails = [person.email_key for person in people if person.email_key]
    active = Registration.objects.filter(
        conference=book.conference_id, email_key__in=emails, ended_at__isnull=True
    ).select_related("conference", "lead")
    return {one.email_key: one for one in active}


def entered(
    pool: Pool, person: Applicant, *, place: int | None, now: datetime,
    form: tuple[uuid.UUID, str, Registration | None], tells: bool,
) -> Registration:
    """One row, with its answers; whoever has a place gets a seat at once."""
    key, language, lead = form
    pool.book.last_number += 1
    RegistrationSettings.objects.filter(pk=pool.book.pk).update(last_number=pool.book.last_number)
    made = Registration(
        conference=pool.book.conference, contingent=pool.contingent, number=pool.book.last_number, key=key,
        state=Registration.State.WAITING, lead=lead, name=person.name, organisation=person.organisation,
        email=person.email, email_key=person.email_key, support=person.support, topic=person.topic,
        may_be_photographed=person.may_be_photographed, hashtags=list(person.hashtags), language=language,
        created_at=now,
    )
    if place:
        give_place(made, place, now=now, tells=tells)
    else:
        made.save()
    keep_answers(made, person)
    return made


def keep_answers(made: Registration, person: Applicant) -> None:
    """What was answered to questions that are still asked."""
    if not any(person.answers.values()):
        return
    questions = {question.pk: question for question in ExtraQuestion.objects.filter(pk__in=person.answers)}
    ExtraAnswer.objects.bulk_create([
        ExtraAnswer(registration=made, question=questions[number], text=text)
        for number, text in person.answers.items() if text and number in questions
    ])
