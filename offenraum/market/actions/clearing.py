"""What the deletion clock does to what visitors left on the market, and what deleting one's own data does."""

from __future__ import annotations

from django.db import transaction

from offenraum.conference.models import Conference
from offenraum.kit.clearing import blank_some, delete_some
from offenraum.live.changes import announce
from offenraum.market.models import Booking, Contact, Dot, Stand, StandKey, StandQuestion, StandReport, StandWish
from offenraum.seats.models import Seat


def clear_votes(*, conference: Conference) -> int:
    """Cut dots and wishes off from who gave them; bookings go."""
    return (
        delete_some(Booking.objects.filter(demo__stand__conference=conference))
        or blank_some(Dot.objects.filter(choice__vote__conference=conference, seat__isnull=False), seat=None)
        or blank_some(StandWish.objects.filter(stand__conference=conference, seat__isnull=False), seat=None)
    )


def clear_names(*, conference: Conference) -> int:
    """Delete contacts, reports, keys and addresses of exhibitors; questions stay without who asked them."""
    return (
        delete_some(Contact.objects.filter(stand__conference=conference))
        or delete_some(StandReport.objects.filter(stand__conference=conference))
        or delete_some(StandKey.objects.filter(stand__conference=conference))
        or blank_some(StandQuestion.objects.filter(stand__conference=conference, seat__isnull=False), seat=None)
        or blank_some(Stand.objects.filter(conference=conference).exclude(email=""), email="")
    )


@transaction.atomic
def forget_seat(*, seat: Seat) -> None:
    """Delete what a seat left at stands; dots of closed votes stay as counts of nobody."""
    numbers = set(StandQuestion.objects.filter(seat=seat).values_list("stand__number", flat=True))
    for model in (Contact, StandReport, StandQuestion, Booking, StandWish):
        model._default_manager.filter(seat=seat).delete()
    Dot.objects.filter(seat=seat).exclude(choice__vote__state="closed").delete()
    Dot.objects.filter(seat=seat).update(seat=None)
    announce(scope=seat.conference.slug, topics=["market", *(f"stand-{number}" for number in numbers)])
