"""Letters to those who want to know when registration opens."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import override

from offenraum.conference.models import Conference
from offenraum.post.actions import Draft, NoAddress, queue_letter
from offenraum.post.rules import LetterKind
from offenraum.website.models import Subscriber
from offenraum.website.queries import days_of, key_of, readers_of

PAUSE: Final = timedelta(minutes=10)
"""Nobody can have us write to an address more often than this."""


@transaction.atomic
def subscribe(*, conference: Conference, email: str, language: str, now: datetime) -> None:
    """Ask an address whether it wants a letter; one that said so already is left in peace. Raises NoAddress."""
    asked, is_new = Subscriber.objects.get_or_create(
        conference=conference, email=email.lower(), defaults={"asked_at": now, "language": language}
    )
    if asked.confirmed_at is None and (is_new or asked.asked_at <= now - PAUSE):
        Subscriber.objects.filter(pk=asked.pk).update(asked_at=now)
        write(LetterKind.SUBSCRIBE, asked, key=f"{asked.pk}-{now:%Y%m%d%H%M}", now=now)


@transaction.atomic
def confirm_subscription(*, subscriber: Subscriber, now: datetime) -> None:
    Subscriber.objects.filter(pk=subscriber.pk, confirmed_at__isnull=True).update(confirmed_at=now)


@transaction.atomic
def end_subscription(*, subscriber: Subscriber) -> None:
    """Forget an address."""
    Subscriber.objects.filter(pk=subscriber.pk).delete()


@transaction.atomic
def tell_readers(*, conference: Conference, now: datetime) -> int:
    """Write to all who wanted it that registration is open; each gets one letter, however often this is asked."""
    readers = list(readers_of(conference))
    for reader in readers:
        write(LetterKind.OPENED, reader, key=str(reader.pk), now=now)
    return len(readers)


def write(kind: LetterKind, reader: Subscriber, *, key: str, now: datetime) -> None:
    conference, days = reader.conference, days_of(reader.conference)
    address = f"{settings.ADDRESS}/{conference.slug}/"
    with override(reader.language):
        date = date_format(days[0], "l, j. F Y") if days else ""
    values = {
        "conference": conference.title, "date": date, "page": address, "link": f"{address}brief/{key_of(reader)}",
        "place": ", ".join(filter(None, (conference.venue, conference.street, conference.city))),
    }
    draft = Draft(kind=kind, key=key, to=reader.email, values=values, language=reader.language)
    queue_letter(scope=conference.slug, draft=draft, now=now)


__all__ = ["NoAddress", "confirm_subscription", "end_subscription", "subscribe", "tell_readers"]
