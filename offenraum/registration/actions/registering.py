"""Registering: forms of one person or several, each a place or a number on the waiting list."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from offenraum.conference.models import Conference
from offenraum.live.changes import announce
from offenraum.registration.actions.entering import Applicant, Arrival, Result, enter
from offenraum.registration.actions.places import locked
from offenraum.registration.models import Attempt, Contingent, Registration, RegistrationSettings
from offenraum.registration.queries import position_of, standing_in
from offenraum.registration.queries.pools import Counts, Pool
from offenraum.registration.rules import DEVICE_WINDOW, MOST_OF_DEVICE, Phase

NOBODY: Final = Counts(held=0, waiting=0, highest=0)


class NotOpen(Exception):
    """Registration has not begun, is over, or there is none."""

    message = _("Registration is closed at the moment. Nothing was sent.")


class TooMany(Exception):
    """One browser has sent a lot of forms within an hour."""

    message = _("Many registrations came from this browser. Please wait an hour, or write to the organisers.")


@dataclass(frozen=True, slots=True)
class Sent:
    """One form: who sends it, from where, in which language."""

    key: uuid.UUID
    device_hash: str
    language: str
    contingent: Contingent | None = None


@dataclass(frozen=True, slots=True)
class Form:
    """A form as it has come in, with the people on it."""

    conference: Conference
    people: Sequence[Applicant]
    sent: Sent
    now: datetime

    @property
    def keys(self) -> list[uuid.UUID]:
        """A key for each person, the same when the form comes again."""
        key = self.sent.key
        return [key if not number else uuid.uuid5(key, f"{number}") for number, _one in enumerate(self.people)]


Answer = list[Result] | NotOpen | TooMany


def register(*, conference: Conference, people: Sequence[Applicant], sent: Sent, now: datetime) -> list[Result]:
    """Give each person a place or a number on the list, in the order of the form; the same form again changes nothing.

    Raises NotOpen and TooMany.
    """
    (answer,) = register_all([Form(conference, people, sent, now)])
    if isinstance(answer, Exception):
        raise answer
    return answer


@transaction.atomic
def register_all(forms: Sequence[Form]) -> list[Answer]:
    """The same for all who press the button at the same moment, in their order; what is refused is returned."""
    answers: dict[int, Answer] = {}
    for conference in dict.fromkeys(form.conference for form in forms):
        ours = {place: form for place, form in enumerate(forms) if form.conference == conference}
        answers |= register_ours(conference, ours)
    return [answers[place] for place in range(len(forms))]


def register_ours(conference: Conference, forms: dict[int, Form]) -> dict[int, Answer]:
    """The forms of one conference, by their place among all."""
    book = locked(conference)
    if book is None:
        return {place: NotOpen() for place in forms}
    answers: dict[int, Answer] = {}
    known, counted = known_by_key(conference, forms.values()), attempts_of(conference, forms.values())
    taken: dict[int, Form] = {}
    for place, form in forms.items():
        if found := [known[key] for key in form.keys if key in known]:
            answers[place] = [Result(one.name, position_of(one), one) for one in found]
        elif not is_open(book, form):
            answers[place] = NotOpen()
        elif counted.get(form.sent.device_hash, 0) >= MOST_OF_DEVICE:
            answers[place] = TooMany()
        else:
            counted[form.sent.device_hash] = counted.get(form.sent.device_hash, 0) + 1
            taken[place] = form
    if taken:
        answers |= take(book, taken)
        announce(scope=conference.slug, topics=["registration"])
    return answers


def known_by_key(conference: Conference, forms: Iterable[Form]) -> dict[uuid.UUID, Registration]:
    """Who came with one of these forms already."""
    keys = [key for form in forms for key in form.keys]
    return {one.key: one for one in Registration.objects.filter(conference=conference, key__in=keys)}


def attempts_of(conference: Conference, forms: Iterable[Form]) -> dict[str, int]:
    """How many forms each of these browsers has sent; addresses are not counted, a town hall has one for everybody."""
    since = {form.sent.device_hash: form.now - DEVICE_WINDOW for form in forms}
    recent = Attempt.objects.filter(
        conference=conference, device_hash__in=since, made_at__gt=min(since.values())
    )
    return dict(recent.values_list("device_hash").annotate(Count("pk")).values_list("device_hash", "pk__count"))


def is_open(book: RegistrationSettings, form: Form) -> bool:
    standing = standing_in(Pool(book, form.sent.contingent), now=form.now, counts=NOBODY)
    return standing.phase in {Phase.OPEN, Phase.WAITING}


def take(book: RegistrationSettings, forms: dict[int, Form]) -> dict[int, Answer]:
    """Enter everybody on these forms, and count the forms."""
    Attempt.objects.bulk_create([
        Attempt(conference=book.conference, device_hash=form.sent.device_hash, made_at=form.now)
        for form in forms.values()
    ])
    arrivals = [
        Arrival(person, key=key, form=place, language=form.sent.language, contingent=form.sent.contingent)
        for place, form in forms.items() for person, key in zip(form.people, form.keys, strict=True)
    ]
    results = enter(book, arrivals, now=next(iter(forms.values())).now)
    answers: dict[int, Answer] = {}
    for arrival, result in zip(arrivals, results, strict=True):
        told = answers.setdefault(arrival.form, [])
        if isinstance(told, list):
            told.append(result)
    return answers
