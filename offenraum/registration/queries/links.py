"""Links of registration. They are computed, not stored: a stolen database opens none of them."""

from __future__ import annotations

import hmac
from typing import Final

from django.conf import settings
from django.urls import reverse

from offenraum.conference.models import Conference
from offenraum.kit.keys import derived_key
from offenraum.registration.models import Contingent, Registration

MOST_DIGITS: Final = 15


def secret_of(registration: Registration) -> str:
    """The key in the links of somebody's letters."""
    return f"{registration.pk}-{derived_key('registration', registration.key, pepper=settings.SECRET_KEY)}"


def ticket_key(registration: Registration) -> str:
    """The key in the QR of somebody's ticket; a key of the seat, while there is one."""
    return derived_key("ticket", registration.key, pepper=settings.SECRET_KEY)


def contingent_secret(contingent: Contingent) -> str:
    """The key in the invitation to a contingent; a new link number makes the links before useless."""
    key = derived_key("contingent", contingent.pk, contingent.link_number, pepper=settings.SECRET_KEY)
    return f"{contingent.pk}-{key}"


def registration_of(*, conference: Conference, secret: str) -> Registration | None:
    """Whose link this is."""
    found = Registration.objects.filter(conference=conference, pk=number_in(secret)).first()
    return found if found and is_same(secret, secret_of(found)) else None


def contingent_of(*, conference: Conference, secret: str) -> Contingent | None:
    """The contingent that an invitation leads to."""
    found = Contingent.objects.filter(conference=conference, pk=number_in(secret)).first()
    return found if found and is_same(secret, contingent_secret(found)) else None


def number_in(secret: str) -> int:
    head = secret.partition("-")[0]
    return int(head) if head.isascii() and head.isdecimal() and len(head) <= MOST_DIGITS else 0


def is_same(given: str, known: str) -> bool:
    return hmac.compare_digest(given.encode(errors="replace"), known.encode())


def address_of(registration: Registration) -> str:
    """The link for a letter: somebody's own page."""
    slug = registration.conference.slug
    return settings.ADDRESS + reverse("registration_key", args=[slug, secret_of(registration)])


def ticket_address(registration: Registration) -> str:
    """What the QR of a ticket holds: the same kind of address as on a badge."""
    return settings.ADDRESS + reverse("seat_key", args=[registration.conference.slug, ticket_key(registration)])


def invitation_address(contingent: Contingent) -> str:
    slug = contingent.conference.slug
    return settings.ADDRESS + reverse("registration_invited", args=[slug, contingent_secret(contingent)])
