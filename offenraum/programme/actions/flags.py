"""What else is true of a session: it is full, it goes on in the foyer, it is in the lightning round."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from offenraum.barcamp.models import Topic
from offenraum.live.changes import announce
from offenraum.programme.models import SessionFlag


@transaction.atomic
def raise_flag(
    *, topic: Topic, kind: str, now: datetime, place: str = "", ends_at: datetime | None = None
) -> SessionFlag:
    """Say it on every screen; saying it again changes where and until when."""
    flag, _is_new = SessionFlag.objects.update_or_create(
        topic=topic, kind=kind,
        defaults={"conference": topic.conference, "place": place, "starts_at": now, "ends_at": ends_at},
    )
    announce(scope=topic.conference.slug, topics=["programme"])
    return flag


@transaction.atomic
def lower_flag(*, topic: Topic, kind: str) -> None:
    """It is no longer so."""
    SessionFlag.objects.filter(topic=topic, kind=kind).delete()
    announce(scope=topic.conference.slug, topics=["programme"])
