"""Template tags of the desk."""

from __future__ import annotations

import json
from datetime import datetime
from urllib.parse import urlencode

from django import template
from django.urls import reverse

from offenraum.desk.queries.places import Places

register = template.Library()


@register.simple_tag(takes_context=True)
def step(context: template.Context, verb: str, **what: object) -> str:
    """The address of a step of the round, with the version that this page shows."""
    shown = context["shown"]
    address = reverse("desk:step", args=[context["conference"].slug, verb])
    given = {name: value for name, value in what.items() if value}
    return f"{address}?{urlencode({'version': shown.round.version, **given})}"


@register.filter
def free_rooms(places: Places) -> str:
    """Slot id to its free rooms as [id, text], best first, for the list that follows the chosen time."""
    free: dict[int, list[tuple[int, str]]] = {}
    for option in places.options:
        free.setdefault(option.slot.pk, []).append((option.room.pk, f"{option.room.name}: {option.reason}"))
    return json.dumps(free, ensure_ascii=False)


@register.filter
def milliseconds(moment: datetime | None) -> str:
    """An instant as a browser counts it."""
    return str(round(moment.timestamp() * 1000)) if moment else ""


@register.filter
def clock_face(seconds: int) -> str:
    """0:24"""
    return f"{seconds // 60}:{seconds % 60:02}"
