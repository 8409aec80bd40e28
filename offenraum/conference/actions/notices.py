"""Announcements from the desk to every screen."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from django.db import transaction

from offenraum.conference.models import Conference, Notice
from offenraum.live.changes import announce

CHANGE = "notice"


@transaction.atomic
def send_notice(
    *, conference: Conference, text: str, kind: str, key: uuid.UUID, minutes: int, sent_by: str, now: datetime
) -> Notice:
    """Show a text on every screen for so many minutes; the form's key makes a double tap one announcement."""
    notice, is_new = Notice.objects.get_or_create(
        conference=conference, key=key,
        defaults={
            "text": text, "kind": kind, "sent_by": sent_by, "sent_at": now, "ends_at": now + timedelta(minutes=minutes),
        },
    )
    if is_new:
        announce(scope=conference.slug, topics=[CHANGE])
    return notice


@transaction.atomic
def end_notice(*, notice: Notice, now: datetime) -> None:
    """Take an announcement off every screen before its time."""
    if Notice.objects.filter(pk=notice.pk, ended_at__isnull=True).update(ended_at=now):
        announce(scope=notice.conference.slug, topics=[CHANGE])
