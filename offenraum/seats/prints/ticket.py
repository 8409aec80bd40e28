"""The ticket of a seat: what, when, where, and the QR that is scanned at the door."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from offenraum.conference.words import date_in_words, place_of, title_of
from offenraum.kit.qr import qr_svg
from offenraum.kit.typesetting import typeset
from offenraum.seats.actions.keys import issue_ticket
from offenraum.seats.models import Seat
from offenraum.seats.queries import code_now
from offenraum.seats.rules import printed_code

SOURCE: Final = Path(__file__).with_name("ticket.typ")


@dataclass(frozen=True, slots=True)
class Ticket:
    """A ticket as page and paper show it; its address opens the seat."""

    conference: str
    date: str
    place: str
    name: str
    organisation: str
    number: str
    address: str
    code: str


def ticket_of(seat: Seat, *, now: datetime) -> Ticket:
    """The ticket of a seat, with a key of its own that stays the same."""
    conference = seat.conference
    secret = issue_ticket(seat=seat, now=now)
    return Ticket(
        conference=title_of(conference, get_language() or "de"), date=date_in_words(conference),
        place=place_of(conference), name=seat.name, organisation=seat.organisation, number=str(seat.number),
        address=settings.ADDRESS + reverse("seat_key", args=[conference.slug, secret]),
        code=printed_code(code_now(seat)),
    )


def ticket_pdf(seat: Seat, *, now: datetime) -> bytes:
    """A page A4 with the ticket."""
    ticket = ticket_of(seat, now=now)
    sheet = asdict(ticket) | {
        "title": _("Ticket"), "lang": (get_language() or "de")[:2], "qr": qr_svg(ticket.address),
        "alt": _("QR of seat %(number)s") % {"number": ticket.number},
        "seat": _("Seat %(number)s") % {"number": ticket.number},
        "how": _("Please show this QR at the entrance, on paper or on your phone."),
        "typed": _("No phone? Say this code at the entrance. It also signs a borrowed computer in."),
        "private": _("Please do not pass it on: it opens your seat."),
    }
    return typeset(SOURCE, sheet)
