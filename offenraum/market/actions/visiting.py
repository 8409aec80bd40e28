"""What visitors do at stands: wish, give and take back a contact, ask, book, report."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from offenraum.live.changes import announce
from offenraum.market.actions.stands import tell
from offenraum.market.models import Booking, Contact, DemoSlot, Stand, StandQuestion, StandReport, StandWish
from offenraum.market.queries import is_archived
from offenraum.seats.models import Seat


class Closed(Exception):
    """The event is over: the market is to be read."""

    message = _("The market is over. You can still read everything.")


class DemoFull(Exception):
    """All places of a demonstration are taken."""

    message = _("All places of this demonstration are taken. Please choose another time.")


def refuse_after(stand: Stand) -> None:
    if is_archived(stand.conference):
        raise Closed


@transaction.atomic
def wish(*, stand: Stand, seat: Seat, is_wished: bool, now: datetime) -> None:
    """We want this too; or not any more."""
    refuse_after(stand)
    if is_wished:
        StandWish.objects.get_or_create(stand=stand, seat=seat, defaults={"wished_at": now})
    else:
        StandWish.objects.filter(stand=stand, seat=seat).delete()
    tell(stand)


@transaction.atomic
def give_contact(*, stand: Stand, seat: Seat, name: str, reach: str, purpose: str, now: datetime) -> None:
    """Give one's contact to one stand; a second time replaces the first."""
    refuse_after(stand)
    told = {"name": name, "reach": reach, "purpose": purpose, "given_at": now}
    Contact.objects.update_or_create(stand=stand, seat=seat, defaults=told)


@transaction.atomic
def take_contact_back(*, stand: Stand, seat: Seat) -> None:
    """Gone at once, from lists and exports."""
    Contact.objects.filter(stand=stand, seat=seat).delete()


@transaction.atomic
def ask(*, stand: Stand, seat: Seat, text: str, key: uuid.UUID, now: datetime) -> StandQuestion:
    """Ask a stand in public; the browser's key makes a retry harmless."""
    refuse_after(stand)
    asked, _is_new = StandQuestion.objects.get_or_create(
        stand=stand, key=key, defaults={"seat": seat, "text": text, "asked_at": now}
    )
    tell(stand)
    return asked


@transaction.atomic
def answer(*, question: StandQuestion, text: str, now: datetime) -> None:
    """The exhibitor answers; an empty text takes the answer back."""
    StandQuestion.objects.filter(pk=question.pk).update(answer=text, answered_at=now if text else None)
    tell(question.stand)


@transaction.atomic
def hide_question(*, question: StandQuestion, is_hidden: bool, now: datetime) -> None:
    """Take a question off every screen and settle what was reported about it, or show it again."""
    StandQuestion.objects.filter(pk=question.pk).update(hidden_at=now if is_hidden else None)
    StandReport.objects.filter(question=question, settled_at=None).update(settled_at=now)
    tell(question.stand)


@transaction.atomic
def report(*, stand: Stand, question: StandQuestion | None, seat: Seat, reason: str, now: datetime) -> None:
    """Tell the organisers what is wrong; once for each seat until it is settled."""
    StandReport.objects.get_or_create(
        stand=stand, question=question, seat=seat, settled_at=None, defaults={"reason": reason, "reported_at": now}
    )
    announce(scope=stand.conference.slug, topics=["reports"])


@transaction.atomic
def settle(*, report: StandReport, now: datetime) -> None:
    """The organisers have looked at it."""
    same = StandReport.objects.filter(stand=report.stand, question=report.question, settled_at=None)
    same.update(settled_at=now)
    announce(scope=report.stand.conference.slug, topics=["reports"])


@transaction.atomic
def book(*, demo: DemoSlot, seat: Seat, is_booked: bool, now: datetime) -> None:
    """Take a place in a demonstration or give it back; of many at once as many get one as there are places."""
    refuse_after(demo.stand)
    if not is_booked:
        Booking.objects.filter(demo=demo, seat=seat).delete()
    elif not Booking.objects.filter(demo=demo, seat=seat).exists():
        held = DemoSlot.objects.select_for_update().get(pk=demo.pk)
        if held.bookings.count() >= held.places:
            raise DemoFull
        Booking.objects.create(demo=demo, seat=seat, booked_at=now)
    tell(demo.stand)
