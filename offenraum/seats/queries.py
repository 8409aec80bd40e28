"""Reads about seats."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db.models import Count, Max, Q, QuerySet
from django.http import HttpRequest

from offenraum.conference.models import Conference
from offenraum.kit.keys import derived_key, digest
from offenraum.kit.plain_text import Unfit, tidy_line
from offenraum.seats.models import Seat, SeatDevice, SeatKey
from offenraum.seats.rules import code_of, scanned_key, typed_code

SESSION_KEY = "seats"


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A browser's seat, and whether another device has taken it over since."""

    seat: Seat
    is_taken_over: bool


def digest_of(secret: str) -> str:
    """How this installation stores a key."""
    return digest(secret, pepper=settings.SECRET_KEY)


def seat_of_device(*, conference: Conference, device_secret: str) -> SignedIn | None:
    """The seat that this browser is signed in to."""
    device = (
        SeatDevice.objects.select_related("seat")
        .filter(key_hash=digest_of(device_secret), seat__conference=conference)
        .first()
    )
    return SignedIn(seat=device.seat, is_taken_over=device.ended_at is not None) if device else None


def seat_of_badge(*, conference: Conference, secret: str) -> Seat | None:
    """The seat of a badge's QR or of a link in a letter."""
    return seat_of_key(conference=conference, key=secret, kinds=(SeatKey.Kind.BADGE, SeatKey.Kind.LINK))


def seat_of_code(*, conference: Conference, code: str) -> Seat | None:
    """The seat of a typed code; spaces, dashes and lower case do not matter."""
    return seat_of_key(conference=conference, key=typed_code(code), kinds=(SeatKey.Kind.CODE,))


def seat_of_key(*, conference: Conference, key: str, kinds: Iterable[str]) -> Seat | None:
    """The seat that a key of these kinds opens now."""
    found = SeatKey.objects.select_related("seat").filter(
        key_hash=digest_of(key), kind__in=kinds, ended_at__isnull=True, seat__conference=conference
    )
    return found[0].seat if found else None


def badge_secret(seat: Seat, edition: int) -> str:
    """The key in the QR of a seat's first, second … badge: computed, so that the same badge can be printed again."""
    born = seat.created_at.astimezone(UTC).isoformat()
    return derived_key("badge", seat.pk, born, edition, pepper=settings.SECRET_KEY)


def ended_badges(seats: Sequence[Seat]) -> dict[int, int]:
    """How many badges of each seat have ended."""
    rows = SeatKey.objects.filter(seat__in=seats, kind=SeatKey.Kind.BADGE, ended_at__isnull=False)
    return dict(rows.values_list("seat").annotate(Count("pk")).values_list("seat", "pk__count"))


def code_now(seat: Seat) -> str:
    """The code on a seat's valid badge, for who has no device that shows a QR; empty where it cannot be computed."""
    code = code_of(badge_secret(seat, ended_badges([seat]).get(seat.pk, 0)))
    return code if seat_of_code(conference=seat.conference, code=code) == seat else ""


def scanned(*, conference: Conference, text: str) -> SeatKey | None:
    """The key that a camera read or a helper typed, also one that has ended since."""
    key = scanned_key(text)
    hashes = {digest_of(key), digest_of(typed_code(key))}
    found = SeatKey.objects.select_related("seat").filter(key_hash__in=hashes, seat__conference=conference)
    return found.first()


def blank_badges(*, conference: Conference) -> QuerySet[Seat]:
    """Pre-printed badges that nobody has yet: without a name, not checked in, never signed in to, not ended."""
    return Seat.objects.filter(
        conference=conference, kind=Seat.Kind.BADGE, name="", checked_in_at__isnull=True, devices__isnull=True,
        keys__kind=SeatKey.Kind.BADGE, keys__ended_at__isnull=True,
    ).order_by("number")


@dataclass(frozen=True, slots=True)
class Presence:
    """How many have come, of those who registered and of all."""

    present: int
    registered: int
    registered_present: int

    @property
    def missing(self) -> int:
        return self.registered - self.registered_present


def presence_of(slug: str) -> Presence:
    registered, present = Q(kind=Seat.Kind.REGISTRATION), Q(checked_in_at__isnull=False)
    return Presence(**Seat.objects.filter(conference__slug=slug).aggregate(
        present=Count("pk", filter=present), registered=Count("pk", filter=registered),
        registered_present=Count("pk", filter=registered & present),
    ))


@dataclass(frozen=True, slots=True)
class Listed:
    """A seat as a check-in without network needs it: no key, no address, no organisation."""

    number: int
    name: str
    checked_in_at: datetime | None
    tags: tuple[str, ...]


def seats_for_the_door(*, conference: Conference) -> list[Listed]:
    """All seats of a conference, with what their keys are recognised by."""
    tags: dict[int, list[str]] = {}
    keys = SeatKey.objects.filter(seat__conference=conference, ended_at__isnull=True).exclude(tag="")
    for seat, tag in keys.values_list("seat", "tag"):
        tags.setdefault(seat, []).append(tag)
    rows = Seat.objects.filter(conference=conference).values_list("pk", "number", "name", "checked_in_at")
    return [Listed(number, name, at, tuple(tags.get(pk, ()))) for pk, number, name, at in rows]


def find_seats(*, conference: Conference, text: str) -> QuerySet[Seat]:
    """Seats by part of a name or by number, for the desk and the door; none for what cannot be a name."""
    try:
        text = tidy_line(text, limit=120)
    except Unfit:
        return Seat.objects.none()
    found = Q(name__icontains=text) | Q(organisation__icontains=text)
    if text.isdecimal() and len(text) < 9:
        found |= Q(number=int(text))
    return Seat.objects.filter(found, conference=conference)


def last_number(*, conference: Conference) -> int:
    """The highest seat number so far."""
    return Seat.objects.filter(conference=conference).aggregate(last=Max("number"))["last"] or 0


def checked_in_count(*, conference: Conference) -> int:
    return Seat.objects.filter(conference=conference, checked_in_at__isnull=False).count()


def device_secret_of(request: HttpRequest, conference: Conference) -> str:
    """The key that this browser keeps for a conference in its one session cookie."""
    return str(request.session.get(SESSION_KEY, {}).get(conference.slug, ""))


def device_hash_of(request: HttpRequest, slug: str) -> str:
    """The same key as it is stored; empty for a browser without a seat here."""
    secret = str(request.session.get(SESSION_KEY, {}).get(slug, ""))
    return digest_of(secret) if secret else ""


def signed_in(request: HttpRequest, conference: Conference) -> SignedIn | None:
    """Whose seat a request comes from, also when another device has taken it over since."""
    secret = device_secret_of(request, conference)
    return seat_of_device(conference=conference, device_secret=secret) if secret else None


def seat_of(request: HttpRequest, conference: Conference) -> Seat | None:
    """The seat that a request may act for."""
    found = signed_in(request, conference)
    return found.seat if found and not found.is_taken_over else None


def name_of(seat: Seat) -> str:
    """What makes a seat this one for ever, also in another backup: its row and the moment it was made."""
    return f"seat {seat.pk} {seat.created_at.timestamp():.6f}"


def attendance_of(conference: Conference) -> dict[str, int]:
    """How many seats there were and how many of them checked in."""
    return {"seats": Seat.objects.filter(conference=conference).count(),
            "checked_in": checked_in_count(conference=conference)}


def is_forgotten(seat: Seat) -> bool:
    """Whether nobody stands behind a seat any more: no name, and no key that opens it."""
    return not (seat.name or seat.organisation or seat.email or seat.keys.exists() or seat.devices.exists())


# Whose own calendar an address stands for: programs that subscribe to it have no cookies.


def calendar_key(seat: Seat) -> str:
    """What stands in the address of somebody's own calendar; it opens nothing else."""
    return calendar_signer(seat.conference.slug).sign(str(seat.pk))


def seat_of_calendar(conference: Conference, key: str) -> Seat | None:
    try:
        number = int(calendar_signer(conference.slug).unsign(key))
    except (BadSignature, ValueError):
        return None
    return Seat.objects.filter(conference=conference, pk=number).first()


def calendar_signer(slug: str) -> Signer:
    return Signer(salt=f"calendar {slug}", sep=".")


def listed_seats(conference: Conference) -> QuerySet[Seat]:
    """Who wants to stand on the public list of attendees, by name; nobody does who has not said so."""
    return Seat.objects.filter(conference=conference, is_listed=True).exclude(name="").order_by("name", "number")
