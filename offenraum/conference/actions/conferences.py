"""Conferences are made."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import F

from offenraum.conference.actions.clock import pass_moment
from offenraum.conference.models import Conference, Day
from offenraum.kit.plain_text import shortened


@transaction.atomic
def create_conference(*, slug: str, title: str, day: date | None = None) -> Conference:
    """Make a conference, or return the one at this address as it is.

    Its versions begin with it: what is kept by versions is kept from the first visitor on.
    """
    conference, is_new = Conference.objects.get_or_create(
        slug=slug, defaults={"title": title, "short_title": shortened(title, limit=40)}
    )
    if is_new and day:
        Day.objects.create(conference=conference, date=day)
    if is_new:
        pass_moment(conference=conference)
    return conference


@transaction.atomic
def revise(*, conference: Conference, now: datetime) -> None:
    """Note that the team changes what calendars show; whoever calls this announces what it is."""
    Conference.objects.filter(pk=conference.pk).update(revision=F("revision") + 1, revised_at=now)
    conference.refresh_from_db(fields=["revision", "revised_at"])
