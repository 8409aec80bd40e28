"""What opens a seat: badges, tickets and links, made, printed again and ended."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count

from django.conf import settings
from django.db import transaction

from offenraum.kit.keys import derived_key, new_key
from offenraum.seats.models import Seat, SeatDevice, SeatKey
from offenraum.seats.queries import badge_secret, digest_of, ended_badges
from offenraum.seats.rules import code_of, tag_of


@dataclass(frozen=True, slots=True)
class NewSeat:
    """A seat with its keys in clear text, which nobody can read again."""

    seat: Seat
    badge_secret: str
    code: str


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
def reissue_keys(*, seat: Seat, now: datetime) -> NewSeat:
    """New badge and code for a lost one; the old ones and the signed-in browser end, the links in letters stay."""
    Seat.objects.select_for_update().get(pk=seat.pk)
    SeatDevice.objects.filter(seat=seat, ended_at__isnull=True).update(ended_at=now)
    (new,) = issue_badges(seats=[Seat.objects.select_related("conference").get(pk=seat.pk)], now=now)
    return new
