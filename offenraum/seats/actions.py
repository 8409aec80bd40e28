"""What happens to seats: made, signed in to, checked in, given new keys."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from offenraum.conference.models import Conference
from offenraum.kit.clearing import blank_some, delete_some
from offenraum.kit.keys import derived_key, new_key
from offenraum.live.changes import announce
from offenraum.people.actions import note_erasure
from offenraum.seats.models import BadgePrint, Seat, SeatDevice, SeatKey
from offenraum.seats.queries import (
    badge_secret,
    blank_badges,
    digest_of,
    ended_badges,
    is_forgotten,
    last_number,
    name_of,
    seat_of_badge,
    seat_of_code,
)
from offenraum.seats.rules import code_of, tag_of

NOBODY: Final = {
    "name": "", "organisation": "", "email": "", "hashtags": [], "wants_no_photos": False,
    "is_listed": False,
}
"""What the columns about a person hold when nobody stands behind a seat any more."""

ABSENT: Final = {"checked_in_at": None, "checked_in_key": None}
"""What the columns about a check-in hold before there is one."""


class UnknownKey(Exception):
    """A badge, link or code that opens no seat."""

    message = _("We do not know this code. Please compare it with your badge, or ask at the registration desk.")


class NumbersTaken(Exception):
    """Seats have been made since the page was shown, most likely by a second tap on the same button."""

    message = _("These seats have been made already. For a lost badge, make new keys for its seat.")


class NoBadgeLeft(Exception):
    """All pre-printed badges are handed out."""

    message = _("There is no pre-printed badge left. The desk can print more.")


PRESENCE: Final = ("tally", "presence")
"""What changes when somebody comes or goes: whose votes count, and how many are here."""


@dataclass(frozen=True, slots=True)
class NewSeat:
    """A seat with its keys in clear text, which nobody can read again."""

    seat: Seat
    badge_secret: str
    code: str


@dataclass(frozen=True, slots=True)
class Person:
    """Who a new seat is for."""

    name: str = ""
    organisation: str = ""
    email: str = ""
    hashtags: tuple[str, ...] = ()
    wants_no_photos: bool = False


@transaction.atomic
def create_seats(
    *, conference: Conference, people: Sequence[Person], kind: str, now: datetime, checked_in: bool = False,
    after: int | None = None,
) -> list[NewSeat]:
    """Make one seat a person, numbered on from the last; `after` is the last number that was seen, if it matters."""
    Conference.objects.select_for_update().get(pk=conference.pk)
    last = last_number(conference=conference)
    if after is not None and after != last:
        raise NumbersTaken
    seats = [
        new_seat(conference=conference, number=number, person=person, kind=kind, now=now, checked_in=checked_in)
        for number, person in enumerate(people, last + 1)
    ]
    return with_badges(Seat.objects.bulk_create(seats), now=now)


def new_seat(
    *, conference: Conference, number: int, person: Person, kind: str, now: datetime, checked_in: bool
) -> Seat:
    return Seat(
        conference=conference,
        number=number,
        kind=kind,
        name=person.name,
        organisation=person.organisation,
        email=person.email,
        hashtags=list(person.hashtags),
        wants_no_photos=person.wants_no_photos,
        checked_in_at=now if checked_in else None,
        created_at=now,
    )


def with_badges(seats: Iterable[Seat], *, now: datetime, ended: Mapping[int, int] | None = None) -> list[NewSeat]:
    """Give seats without a badge its QR and its code; `ended` says which of them had how many before."""
    made = [badge_of(seat, (ended or {}).get(seat.pk, 0)) for seat in seats]
    keys = [seat_key(new.seat, SeatKey.Kind.BADGE, new.badge_secret, now) for new in made]
    keys += [seat_key(new.seat, SeatKey.Kind.CODE, new.code, now) for new in made]
    SeatKey.objects.bulk_create(keys)
    return made


def badge_of(seat: Seat, edition: int) -> NewSeat:
    """The keys of a seat's first, second … badge."""
    secret = badge_secret(seat, edition)
    return NewSeat(seat=seat, badge_secret=secret, code=code_of(secret))


@transaction.atomic
def badges_to_print(*, seats: Sequence[Seat], now: datetime) -> list[NewSeat]:
    """The badges of these seats as they are valid; only a seat whose keys cannot be computed gets new ones."""
    ended, valid = ended_badges(seats), set(
        SeatKey.objects.filter(seat__in=seats, kind=SeatKey.Kind.BADGE, ended_at__isnull=True)
        .values_list("key_hash", flat=True)
    )
    known = {seat.pk: badge_of(seat, ended.get(seat.pk, 0)) for seat in seats}
    strange = [seat for seat in seats if digest_of(known[seat.pk].badge_secret) not in valid]
    known |= {new.seat.pk: new for new in issue_badges(seats=strange, now=now)} if strange else {}
    return [known[seat.pk] for seat in seats]


@transaction.atomic
def issue_ticket(*, seat: Seat, now: datetime) -> str:
    """The key in the QR of a seat's ticket, the same each time until it is ended."""
    born = seat.created_at.astimezone(UTC).isoformat()
    for edition in count():
        secret = derived_key("ticket", seat.pk, born, edition, pepper=settings.SECRET_KEY)
        fresh = seat_key(seat, SeatKey.Kind.LINK, secret, now)
        SeatKey.objects.bulk_create([fresh], ignore_conflicts=True)
        if SeatKey.objects.filter(key_hash=fresh.key_hash, ended_at__isnull=True).exists():
            break
    return secret


def seat_key(seat: Seat, kind: str, key: str, now: datetime) -> SeatKey:
    tag = tag_of(key, kind=kind, scope=seat.conference.slug)
    return SeatKey(seat=seat, kind=kind, key_hash=digest_of(key), tag=tag, created_at=now)


@transaction.atomic
def issue_link(*, seat: Seat, now: datetime, key: str = "") -> str:
    """A further link for a letter to this seat, with a key that is known already or a new one; others go on working."""
    secret = key or new_key()
    seat_key(seat, SeatKey.Kind.LINK, secret, now).save()
    return secret


@transaction.atomic
def issue_links(*, keys: Sequence[tuple[Seat, str]], now: datetime) -> None:
    """The same for many seats, each with its key."""
    SeatKey.objects.bulk_create([seat_key(seat, SeatKey.Kind.LINK, key, now) for seat, key in keys])


@transaction.atomic
def issue_badges(*, seats: Sequence[Seat], now: datetime) -> list[NewSeat]:
    """New badges to be printed; the badges before end, who is signed in stays so."""
    end_keys(seats=seats, kinds=(SeatKey.Kind.BADGE, SeatKey.Kind.CODE), now=now)
    return with_badges(seats, now=now, ended=ended_badges(seats))


@transaction.atomic
def end_keys(*, seats: Sequence[Seat], kinds: Iterable[str] = SeatKey.Kind.values, now: datetime) -> None:
    """These keys open nothing any more, by default all of them."""
    SeatKey.objects.filter(seat__in=seats, kind__in=kinds, ended_at__isnull=True).update(ended_at=now)


@transaction.atomic
def sign_in(*, seat: Seat, now: datetime) -> str:
    """Sign a browser in to a seat and end the one before; returns the new device's key."""
    Seat.objects.select_for_update().get(pk=seat.pk)
    SeatDevice.objects.filter(seat=seat, ended_at__isnull=True).update(ended_at=now)
    secret = new_key()
    SeatDevice.objects.create(seat=seat, key_hash=digest_of(secret), signed_in_at=now)
    return secret


def sign_in_with_key(*, conference: Conference, key: str, now: datetime) -> str:
    """Sign in with a badge's QR, a link or a typed code."""
    seat = seat_of_badge(conference=conference, secret=key) or seat_of_code(conference=conference, code=key)
    if seat is None:
        raise UnknownKey
    return sign_in(seat=seat, now=now)


@transaction.atomic
def sign_in_open(*, conference: Conference, now: datetime) -> str:
    """In an open conference each device is a seat of its own, present at once."""
    (new,) = create_seats(
        conference=conference, people=[Person()], kind=Seat.Kind.DEVICE, now=now, checked_in=True
    )
    announce(scope=conference.slug, topics=PRESENCE)
    return sign_in(seat=new.seat, now=now)


@transaction.atomic
def sign_out(*, device_secret: str, now: datetime) -> None:
    """End this browser's seat."""
    SeatDevice.objects.filter(key_hash=digest_of(device_secret), ended_at__isnull=True).update(ended_at=now)


@transaction.atomic
def check_in(*, seat: Seat, now: datetime, key: uuid.UUID | None = None) -> bool:
    """Mark a seat as present; True for the one call that did it, and for a retry of it with the same key."""
    won = Seat.objects.filter(pk=seat.pk, checked_in_at__isnull=True).update(checked_in_at=now, checked_in_key=key) == 1
    if won:
        announce(scope=seat.conference.slug, topics=PRESENCE)
    return won or (key is not None and Seat.objects.filter(pk=seat.pk, checked_in_key=key).exists())


@transaction.atomic
def undo_check_in(*, seat: Seat) -> bool:
    """Take back a check-in by mistake; the seat's interest counts again when it checks in again."""
    present = Seat.objects.filter(pk=seat.pk, checked_in_at__isnull=False)
    won = present.update(**ABSENT) == 1
    if won:
        announce(scope=seat.conference.slug, topics=PRESENCE)
    return won


@transaction.atomic
def admit_guest(*, conference: Conference, now: datetime, key: uuid.UUID) -> Seat:
    """Check the next pre-printed badge in for somebody without a registration; returns which one to hand out."""
    known = Seat.objects.filter(conference=conference, checked_in_key=key).first()
    if known:
        return known
    while seat := blank_badges(conference=conference).first():
        if check_in(seat=seat, now=now, key=key):
            return Seat.objects.get(pk=seat.pk)
    raise NoBadgeLeft


@transaction.atomic
def reissue_keys(*, seat: Seat, now: datetime) -> NewSeat:
    """New badge and code for a lost one; the old ones and the signed-in browser end, the links in letters stay."""
    Seat.objects.select_for_update().get(pk=seat.pk)
    SeatDevice.objects.filter(seat=seat, ended_at__isnull=True).update(ended_at=now)
    (new,) = issue_badges(seats=[Seat.objects.select_related("conference").get(pk=seat.pk)], now=now)
    return new


def clear_check_ins(*, conference: Conference) -> int:
    """Forget who was there."""
    return blank_some(Seat.objects.filter(conference=conference, checked_in_at__isnull=False), **ABSENT)


def clear_names(*, conference: Conference) -> int:
    """Forget who the seats were for, and their keys; the numbered seats stay as counts."""
    known = Seat.objects.filter(conference=conference).exclude(**NOBODY)
    return (
        delete_some(BadgePrint.objects.filter(conference=conference))
        or delete_some(SeatDevice.objects.filter(seat__conference=conference))
        or delete_some(SeatKey.objects.filter(seat__conference=conference))
        or blank_some(known, **NOBODY)
    )


@transaction.atomic
def forget_seat(*, seat: Seat, now: datetime) -> None:
    """Delete who a seat was for. It stays under a number that was never printed: only as a count."""
    Conference.objects.select_for_update().get(pk=seat.conference_id)
    note_erasure(name=name_of(seat), now=now)
    BadgePrint.objects.filter(conference=seat.conference_id).delete()
    found = Seat.objects.filter(pk=seat.pk).first()
    if found and not is_forgotten(found):
        SeatDevice.objects.filter(seat=seat).delete()
        SeatKey.objects.filter(seat=seat).delete()
        Seat.objects.filter(pk=seat.pk).update(number=last_number(conference=seat.conference) + 1, **NOBODY)
    announce(scope=seat.conference.slug, topics=PRESENCE)


@transaction.atomic
def change_person(*, seat: Seat, person: Person, is_listed: bool) -> None:
    """Correct who a seat is for, and whether it stands on the public list of attendees."""
    Seat.objects.filter(pk=seat.pk).update(
        name=person.name, organisation=person.organisation, hashtags=list(person.hashtags), is_listed=is_listed
    )
    announce(scope=seat.conference.slug, topics=["registration"])
