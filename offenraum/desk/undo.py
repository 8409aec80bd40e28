"""What a moderator can take back: the last changes of the draft, kept in the browser's signed session."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import astuple
from typing import Any, Final

from django.http import HttpRequest

from offenraum.conference.models import Conference
from offenraum.programme.rules import Spot

STEPS: Final = 20
Change = dict[int, tuple[Spot | None, Spot | None]]
"""Topic id to (where it was, where the change has put it)."""


def remember(
    request: HttpRequest, conference: Conference, *, before: Mapping[int, Spot | None], after: Mapping[int, Spot | None]
) -> None:
    """Keep a change so that it can be taken back."""
    step = [[topic, packed(was), packed(after[topic])] for topic, was in before.items()]
    request.session[name_of(conference)] = [*kept(request, conference), step][-STEPS:]


def last_change(request: HttpRequest, conference: Conference) -> Change | None:
    """Take the newest change off the stack; None when there is nothing to take back."""
    steps = kept(request, conference)
    if not steps:
        return None
    *rest, newest = steps
    request.session[name_of(conference)] = rest
    return {topic: (unpacked(was), unpacked(now)) for topic, was, now in newest}


def kept(request: HttpRequest, conference: Conference) -> list[Any]:
    return list(request.session.get(name_of(conference), []))


def name_of(conference: Conference) -> str:
    return f"undo-{conference.pk}"


def packed(spot: Spot | None) -> list[int] | None:
    return [int(part) for part in astuple(spot)] if spot else None


def unpacked(values: list[int] | None) -> Spot | None:
    return Spot(values[0], values[1], is_pinned=bool(values[2])) if values else None
