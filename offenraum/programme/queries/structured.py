"""The conference for search engines, made once for each version of its programme."""

from __future__ import annotations

from typing import Final

from django.db import connection

from offenraum.conference.models import Conference
from offenraum.live.versions import read_versions, tag_of
from offenraum.live.wire import Tag
from offenraum.programme.formats.json_ld import event_json_ld
from offenraum.programme.queries.schedule import schedule_of

TOPICS: Final = ("programme", "board")
KEPT: Final = 50
held: dict[str, tuple[Tag, str]] = {}


def structured_data(conference: Conference) -> str:
    """JSON-LD for the head of a page; nothing is kept inside a transaction, whose versions may yet be taken back."""
    if connection.in_atomic_block:
        return event_json_ld(schedule_of(conference))
    tag = tag_of(read_versions([conference.slug]), scope=conference.slug, topics=TOPICS)
    known = held.get(conference.slug)
    if known and known[0] == tag:
        return known[1]
    made = event_json_ld(schedule_of(conference))
    if len(held) >= KEPT:
        held.clear()
    held[conference.slug] = (tag, made)
    return made
