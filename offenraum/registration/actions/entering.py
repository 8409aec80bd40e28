"""Entering people in their order: one look at the places, one statement for each kind of row, however many come."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from offenraum.conference.actions.letters import write_letters
from offenraum.post.actions import Draft
from offenraum.registration.actions.letters import draft_to
from offenraum.registration.models import Contingent, ExtraAnswer, ExtraQuestion, Registration, RegistrationSettings
from offenraum.registration.queries.links import ticket_key
from offenraum.registration.queries.pools import Pool, Queue
from offenraum.seats.actions.keys import issue_links
from offenraum.seats.actions.making import Person, create_seats
from offenraum.seats.models import Seat
from offenraum.seats.rules import printed_code

State = Registration.State


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
class Arrival:
    """Somebody who comes in; of those with the same `form` the first leads the group."""

    person: Applicant
    key: uuid.UUID
    form: int
    language: str
    contingent: Contingent | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """What somebody is told at once: a place, or a number on the waiting list.

    `registration` is missing for an address that is registered already; only a letter to it says so.
    """

    name: str
    position: int
    registration: Registration | None


@dataclass(slots=True)
class Entries:
    """What is to be written: new registrations with their arrival and position, and who came a second time."""

    fresh: list[tuple[Registration, Arrival, int]] = field(default_factory=list)
    doubles: list[tuple[Registration, Arrival]] = field(default_factory=list)
    codes: dict[uuid.UUID, str] = field(default_factory=dict)


def enter(
    book: RegistrationSettings, arrivals: Sequence[Arrival], *, now: datetime, letters: bool = True
) -> list[Result]:
    """Give each a place with a seat, or a number on the list. The caller holds the lock."""
    entries = Entries()
    results = list(decided(book, arrivals, entries, now=now))
    store(book, entries, now=now)
    if letters:
        write_letters(conference=book.conference, drafts=drafts_of(entries), now=now)
    return results


def decided(
    book: RegistrationSettings, arrivals: Sequence[Arrival], entries: Entries, *, now: datetime
) -> Iterable[Result]:
    """Who gets what, in order; nothing is written yet."""
    pools = {Pool(book, arrival.contingent) for arrival in arrivals}
    queues, leads = {pool: Queue(pool) for pool in pools}, dict[int, Registration]()
    active = active_by_email(book, arrivals)
    for arrival in arrivals:
        person, queue = arrival.person, queues[Pool(book, arrival.contingent)]
        if person.email_key in active:
            entries.doubles.append((active[person.email_key], arrival))
            yield Result(person.name, queue.next()[1], None)
            continue
        place, position = queue.admit()
        book.last_number += 1
        made = registration_of(book, arrival, place=place, now=now)
        made.lead = leads.get(arrival.form)
        leads.setdefault(arrival.form, made)
        if person.email_key:
            active[person.email_key] = made
        entries.fresh.append((made, arrival, position))
        yield Result(person.name, position, made)


def active_by_email(book: RegistrationSettings, arrivals: Sequence[Arrival]) -> dict[str, Registration]:
    """Who of these is registered already, by address."""
    emails = [arrival.person.email_key for arrival in arrivals if arrival.person.email_key]
    active = Registration.objects.filter(conference=book.conference_id, email_key__in=emails, ended_at__isnull=True)
    found = {one.email_key: one for one in active}
    for one in found.values():
        one.conference = book.conference
    return found


def registration_of(
    book: RegistrationSettings, arrival: Arrival, *, place: int | None, now: datetime
) -> Registration:
    """One row, not stored yet."""
    person = arrival.person
    return Registration(
        conference=book.conference, contingent=arrival.contingent, number=book.last_number, key=arrival.key,
        state=State.CONFIRMED if place else State.WAITING, place=place, confirmed_at=now if place else None,
        name=person.name, organisation=person.organisation, email=person.email, email_key=person.email_key,
        support=person.support, topic=person.topic, may_be_photographed=person.may_be_photographed,
        hashtags=list(person.hashtags), language=arrival.language, created_at=now,
    )


def store(book: RegistrationSettings, entries: Entries, *, now: datetime) -> None:
    """Seats for those with a place, then those who lead a group, then the others, then what they answered."""
    RegistrationSettings.objects.filter(pk=book.pk).update(last_number=book.last_number)
    registrations = [made for made, _arrival, _position in entries.fresh]
    entries.codes |= give_seats([made for made in registrations if made.place], now=now)
    Registration.objects.bulk_create([made for made in registrations if made.lead is None])
    Registration.objects.bulk_create([made for made in registrations if made.lead is not None])
    keep_answers(entries)


def give_seats(registrations: Sequence[Registration], *, now: datetime) -> dict[uuid.UUID, str]:
    """Make the seats of those with a place; returns the codes to type by the key of the registration."""
    if not registrations:
        return {}
    new = create_seats(
        conference=registrations[0].conference, people=[person_of(one) for one in registrations],
        kind=Seat.Kind.REGISTRATION, now=now,
    )
    issue_links(
        keys=[(one.seat, ticket_key(registration)) for one, registration in zip(new, registrations, strict=True)],
        now=now,
    )
    for one, registration in zip(new, registrations, strict=True):
        registration.seat = one.seat
    return {registration.key: one.code for one, registration in zip(new, registrations, strict=True)}


def person_of(registration: Registration) -> Person:
    return Person(
        name=registration.name, organisation=registration.organisation, email=registration.email,
        hashtags=tuple(registration.hashtags), wants_no_photos=not registration.may_be_photographed,
    )


def keep_answers(entries: Entries) -> None:
    """What was answered to questions that are still asked."""
    given = [
        (made, number, text) for made, arrival, _position in entries.fresh
        for number, text in arrival.person.answers.items() if text
    ]
    if given:
        asked = ExtraQuestion.objects.in_bulk({number for _made, number, _text in given})
        ExtraAnswer.objects.bulk_create([
            ExtraAnswer(registration=made, question=asked[number], text=text)
            for made, number, text in given if number in asked
        ])


def drafts_of(entries: Entries) -> list[Draft]:
    """The letters to all of them: a ticket, a number on the list, or that they are registered already."""
    drafts: list[Draft] = []
    for made, _arrival, position in entries.fresh:
        if made.place:
            drafts += draft_to(made, "confirmation", code=printed_code(entries.codes[made.key]))
        else:
            drafts += draft_to(made, "waiting", position=f"{position}")
    for found, arrival in entries.doubles:
        drafts += draft_to(found, "already_registered", key=f"-{arrival.key.hex[:12]}")
    return drafts
