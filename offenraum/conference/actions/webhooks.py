"""Telling other servers what happens: who is told, what is queued, what became of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from typing import Final

from django.db import transaction

from offenraum.conference.models import Conference, Delivery, Webhook
from offenraum.kit.keys import new_key
from offenraum.kit.outbox import Work, held

AT_ONCE: Final = datetime(1970, 1, 1, tzinfo=UTC)
TRIAL: Final = "ping"
"""Sent once when an address is added, so that the log tells at once whether it works."""

KEPT: Final = 100
"""Notices of one address that the log remembers."""


@transaction.atomic
def add_webhook(*, conference: Conference, address: str, events: Collection[str], now: datetime) -> str:
    """Tell an address from now on; returns the secret that signs what is sent, nobody can read it again."""
    secret = new_key()
    webhook = Webhook.objects.create(
        conference=conference, address=address, events=sorted(events), secret=secret, created_at=now
    )
    queue(webhook, event=TRIAL, facts={}, now=now)
    return secret


@transaction.atomic
def end_webhook(*, webhook: Webhook, now: datetime) -> None:
    """Tell it nothing any more; what is queued stays here."""
    Webhook.objects.filter(pk=webhook.pk, ended_at=None).update(ended_at=now)
    waiting = Delivery.objects.filter(webhook=webhook, state=Work.State.QUEUED)
    waiting.update(state=Work.State.CANCELLED, finished_at=now)


@transaction.atomic
def notify(*, conference: Conference, event: str, facts: Mapping[str, object], now: datetime) -> None:
    """Queue a notice for every address that wants it. A demonstration or rehearsal tells nobody."""
    if not conference.clock.is_real:
        return
    for webhook in Webhook.objects.filter(conference=conference, ended_at=None):
        if event in webhook.events:
            queue(webhook, event=event, facts=facts, now=now)


def queue(webhook: Webhook, *, event: str, facts: Mapping[str, object], now: datetime) -> None:
    told = {"event": event, "conference": webhook.conference.slug, "at": now.isoformat(timespec="seconds"), **facts}
    Delivery.objects.create(
        webhook=webhook, event=event, told=told, created_at=now, due_at=AT_ONCE
    )
    old = Delivery.objects.filter(webhook=webhook).exclude(state__in=[Work.State.QUEUED, Work.State.RUNNING])
    old.filter(pk__in=list(old.values_list("pk", flat=True)[KEPT:])).delete()


@transaction.atomic
def note_answer(*, delivery: Delivery, status: int | None) -> None:
    """What the other server answered last; the state of the work is noted apart."""
    held(delivery).update(status=status)
