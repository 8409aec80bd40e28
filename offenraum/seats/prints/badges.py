"""Badges: folded A6, sheets of labels, a roll of labels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from offenraum.conference.models import Conference
from offenraum.kit.qr import qr_svg
from offenraum.kit.typesetting import typeset, uncovered
from offenraum.seats.actions.keys import NewSeat
from offenraum.seats.rules import name_parts, printed_code

SOURCE: Final = Path(__file__).with_name("badges.typ")
MASK: Final = 2
"""Looking for the best of eight masks takes longer than setting the page; every reader reads each of them."""


@dataclass(frozen=True, slots=True)
class Face:
    """One badge as it is printed."""

    first: str
    full: str
    organisation: str
    hashtags: str
    no_photo: bool
    number: str
    code: str
    qr: str
    alt: str


@dataclass(frozen=True, slots=True)
class Printed:
    """A file of badges, and on which of them signs without a font were replaced by a square."""

    pdf: bytes
    replaced: tuple[str, ...]


def badges_pdf(conference: Conference, badges: Sequence[NewSeat], *, layout: str, has_keys: bool = True) -> Printed:
    """The badges of seats in one file; a name that no font can write never stops it."""
    faces = [face_of(conference, badge, has_keys=has_keys) for badge in badges]
    address = f"{settings.ADDRESS}/{conference.slug}/platz".partition("://")[2]
    sheet = {
        "title": _("Badges"), "lang": (get_language() or "de")[:2], "conference": conference.short_title,
        "layout": layout, "badges": [asdict(face) for face in faces], "address": address if has_keys else "",
        "photo": _("No photo"), "name": _("Name"), "none": _("No badges."),
        "way": _("Scan this or type the code there:"), "private": _("Keep this side to yourself: it opens your seat."),
    }
    replaced = tuple(
        f"{face.number}: {face.full}" for face in faces
        if uncovered([face.full, face.organisation, face.hashtags])
    )
    return Printed(pdf=typeset(SOURCE, sheet), replaced=replaced)


def face_of(conference: Conference, badge: NewSeat, *, has_keys: bool) -> Face:
    seat = badge.seat
    first, full = name_parts(seat.name)
    address = settings.ADDRESS + reverse("seat_key", args=[conference.slug, badge.badge_secret])
    return Face(
        first=first, full=full, organisation=seat.organisation, no_photo=seat.wants_no_photos,
        hashtags=" ".join(f"#{tag.lstrip('#')}" for tag in seat.hashtags), number=str(seat.number),
        code=printed_code(badge.code) if has_keys else "", qr=qr_svg(address, mask=MASK) if has_keys else "",
        alt=_("QR of seat %(number)s") % {"number": seat.number},
    )
