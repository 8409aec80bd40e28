"""Putting sessions into the own plan and taking them out."""

from __future__ import annotations

from django.db import transaction

from offenraum.barcamp.models import Topic
from offenraum.programme.models import Bookmark
from offenraum.seats.models import Seat


@transaction.atomic
def keep_session(*, seat: Seat, topic: Topic, is_kept: bool) -> None:
    """Put a session into a seat's own plan, or take it out although the seat showed interest."""
    Bookmark.objects.update_or_create(seat=seat, topic=topic, defaults={"is_kept": is_kept})
