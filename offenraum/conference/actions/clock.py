"""Telling every screen that time has passed a point that matters: something began or ended."""

from __future__ import annotations

from django.db import transaction

from offenraum.conference.models import Conference
from offenraum.live.changes import announce


@transaction.atomic
def pass_moment(*, conference: Conference) -> None:
    """What shows "now and next" is drawn anew."""
    announce(scope=conference.slug, topics=["clock"])
