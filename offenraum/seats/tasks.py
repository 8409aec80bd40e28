"""What a worker does for seats: prints badges, makes tickets for letters."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from django.utils import timezone
from django.utils.translation import override

from offenraum.conference.queries import conference_by_slug, now_of
from offenraum.kit.group_commit import durable
from offenraum.kit.outbox import Kind
from offenraum.post.message import Paper
from offenraum.post.models import Letter
from offenraum.seats.actions.keys import badges_to_print
from offenraum.seats.models import BadgePrint, Seat
from offenraum.seats.prints.badges import badges_pdf
from offenraum.seats.prints.queue import keep_print
from offenraum.seats.prints.ticket import ticket_pdf


def print_badges(run: BadgePrint) -> None:
    """Put the badges of a print into one file."""
    conference = run.conference
    seats = list(Seat.objects.filter(conference=conference, number__in=run.numbers).select_related("conference"))
    badges = durable(badges_to_print, seats=seats, now=now_of(conference))
    with override(run.language):
        printed = badges_pdf(conference, badges, layout=run.layout, has_keys=run.has_keys)
    durable(keep_print, run=run, printed=printed, now=timezone.now())


def ticket_of(letter: Letter, values: Mapping[str, str]) -> Paper | None:
    """The ticket of the seat whose number is the letter's value `seat`."""
    conference = conference_by_slug(letter.scope)
    number = values.get("seat", "")
    seat = Seat.objects.filter(conference=conference, number=number).first() if number.isdecimal() else None
    if conference is None or seat is None:
        return None
    with override(letter.language):
        content = ticket_pdf(seat, now=now_of(conference))
    return Paper(name=f"ticket-{conference.slug}.pdf", content=content, media_type="application/pdf")


PRINTING: Final = Kind(model=BadgePrint, run=print_badges, lost_after=timedelta(minutes=5), most_tries=2)
