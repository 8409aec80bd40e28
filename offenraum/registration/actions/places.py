"""Giving and freeing places: under the lock, and the next of the list moves up in the same transaction."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from offenraum.conference.models import Conference
from offenraum.live.changes import announce
from offenraum.registration.actions.entering import give_seats
from offenraum.registration.actions.letters import moment, tell
from offenraum.registration.models import Contingent, Registration, RegistrationSettings
from offenraum.registration.models.registrations import ACTIVE, HOLDING
from offenraum.registration.queries import times_of, to_be_called
from offenraum.registration.queries.pools import Pool
from offenraum.registration.rules import answer_by, calls_again, confirm_by, moves_up, next_up
from offenraum.seats.models import Seat
from offenraum.seats.rules import printed_code

State = Registration.State


class TooLate(Exception):
    """The place is gone, or the person is here already."""

    message = _("That is not possible any more. Please look at what this page says now.")


def locked(conference: Conference) -> RegistrationSettings | None:
    """The settings, held until the transaction ends: who comes first here comes first in the list."""
    book = RegistrationSettings.objects.select_for_update().filter(conference=conference).order_by().first()
    if book is not None:
        book.conference = conference
    return book


def give_place(registration: Registration, place: int, *, now: datetime) -> None:
    """A place for good: with a seat, and the letter with the ticket."""
    registration.state, registration.place, registration.confirmed_at = State.CONFIRMED, place, now
    registration.confirm_by = None
    codes = give_seats([registration], now=now)
    registration.save()
    tell(registration, "confirmation", now=now, code=printed_code(codes[registration.key]))


@transaction.atomic
def confirm(*, registration: Registration, now: datetime) -> None:
    """Take the place one moved up to, or say again that one comes. Twice is as good as once. Raises TooLate."""
    locked(registration.conference)
    found = Registration.objects.select_related("conference", "lead").get(pk=registration.pk)
    if found.state not in HOLDING or (found.confirm_by and found.confirm_by <= now):
        raise TooLate
    if found.state == State.OFFERED:
        give_place(found, found.place or 0, now=now)
    else:
        Registration.objects.filter(pk=found.pk).update(confirm_by=None)
    announce(scope=found.conference.slug, topics=["registration"])


@transaction.atomic
def cancel(*, registration: Registration, now: datetime) -> None:
    """Give the place back or leave the list; the next moves up before this is over. Raises TooLate for who is here."""
    book = locked(registration.conference)
    found = Registration.objects.select_related("conference", "lead", "contingent").get(pk=registration.pk)
    if book is None or found.state not in ACTIVE:
        return
    end(found, State.CANCELLED, now=now)
    move_up(Pool(book, found.contingent), now=now)
    announce(scope=found.conference.slug, topics=["registration", "tally"])


def end(registration: Registration, state: str, *, now: datetime) -> None:
    """The person does not come any more: no place, no seat, and a letter that says so."""
    seat_id = registration.seat_id
    Registration.objects.filter(pk=registration.pk).update(
        state=state, place=None, seat=None, confirm_by=None, ended_at=now
    )
    for seat in Seat.objects.select_for_update().filter(pk__in=[seat_id] if seat_id else []):
        if seat.is_checked_in:
            raise TooLate
        seat.delete()
    tell(registration, "cancelled", now=now)


def move_up(pool: Pool, *, now: datetime) -> None:
    """Give every free place to the next of the list. The caller holds the lock."""
    starts_at = times_of(pool.book.conference).starts_at
    if not moves_up(now=now, starts_at=starts_at):
        return
    waiting = list(pool.waiting().select_related("conference", "lead")[: pool.capacity])
    for registration, place in next_up(capacity=pool.capacity, taken=pool.taken(), waiting=waiting):
        by = confirm_by(now=now, hours=pool.book.confirm_hours, starts_at=starts_at)
        if by is None:
            give_place(registration, place, now=now)
        else:
            offer(registration, place, by=by, now=now)


def offer(registration: Registration, place: int, *, by: datetime, now: datetime) -> None:
    """Hold a place until somebody confirms it; meanwhile other places go on to others."""
    registration.state, registration.place, registration.confirm_by = State.OFFERED, place, by
    registration.save(update_fields=["state", "place", "confirm_by"])
    tell(registration, "moved_up", now=now, deadline=moment(by, registration.conference))


def fill_pools(book: RegistrationSettings, *, now: datetime) -> None:
    """Let people move up wherever places are free, for everybody and in each contingent."""
    move_up(Pool(book), now=now)
    for contingent in Contingent.objects.filter(conference=book.conference_id):
        move_up(Pool(book, contingent), now=now)


@transaction.atomic
def pass_time(*, conference: Conference, now: datetime) -> None:
    """Free what was not confirmed in time, and ask everybody again when its day has come."""
    book = locked(conference)
    if book is None:
        return
    late = Registration.objects.filter(conference=conference, confirm_by__lte=now, state__in=HOLDING)
    for registration in late.filter(seat__checked_in_at__isnull=True).select_related("conference", "lead"):
        end(registration, State.EXPIRED, now=now)
    call_again(book, now=now)
    fill_pools(book, now=now)
    announce(scope=conference.slug, topics=["registration", "tally"])


def call_again(book: RegistrationSettings, *, now: datetime) -> None:
    """Ask those with a place if they still come; who got it since the call began has just said so."""
    starts_at = times_of(book.conference).starts_at
    if starts_at is None or not calls_again(now=now, days=book.reconfirm_days, starts_at=starts_at):
        return
    by = answer_by(now=now, hours=book.reconfirm_hours, starts_at=starts_at)
    for registration in to_be_called(book, starts_at=starts_at).select_related("conference", "lead"):
        Registration.objects.filter(pk=registration.pk).update(called_at=now, confirm_by=by)
        tell(registration, "reconfirm", now=now, deadline=moment(by, book.conference))
