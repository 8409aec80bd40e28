"""What the projectors show."""

from __future__ import annotations

from decimal import Decimal

from django.db import transaction

from offenraum.conference.models import Conference, Wall
from offenraum.live.changes import announce


@transaction.atomic
def set_wall(*, conference: Conference, number: int, content: str, metres: Decimal) -> Wall:
    """Choose what one wall shows and how wide its picture is; it changes at once, wherever it hangs."""
    wall, _is_new = Wall.objects.update_or_create(
        conference=conference, number=number, defaults={"content": content, "metres": metres}
    )
    announce(scope=conference.slug, topics=["wall"])
    return wall
