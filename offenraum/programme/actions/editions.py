"""Publishing: the draft becomes the next numbered, immutable edition."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from offenraum.barcamp.actions.topics import Stale
from offenraum.barcamp.models import Round
from offenraum.conference.actions.webhooks import notify
from offenraum.conference.models import Conference, Webhook
from offenraum.live.changes import announce
from offenraum.programme.actions.reasons import queue_reasons
from offenraum.programme.models import Edition
from offenraum.programme.queries.draft import places_of_draft
from offenraum.programme.queries.published import latest_edition, layout_of, moved_since, places_of
from offenraum.programme.rules import Change, Place, changes_between, mark_of


class NothingToPublish(Exception):
    """The draft equals the latest edition."""

    message = _("The draft does not differ from the published edition.")


@transaction.atomic
def publish_edition(
    *, conference: Conference, after: int, published_by: str, now: datetime, seen: str | None = None
) -> Edition:
    """Publish the draft as the edition that follows number `after` (0 for the first), which the moderator saw.

    `seen` is the mark of the draft in the preview; None publishes whatever is there.
    """
    Conference.objects.select_for_update(no_key=True).get(pk=conference.pk)
    latest = latest_edition(conference)
    if (latest.number if latest else 0) != after:
        raise Stale
    places = places_of_draft(conference)
    if seen is not None and seen != mark_of(places):
        raise Stale
    changes = changes_between(places_of(latest), places)
    layout = layout_of(conference)
    if not changes and not moved_since(latest, layout, places):
        raise NothingToPublish
    edition = Edition.objects.create(
        conference=conference, number=after + 1, published_at=now, published_by=published_by,
        sessions=sessions_json(places), changes=[change_json(change) for change in changes],
        layout=layout.stored(),
    )
    queue_reasons(edition=edition, before=latest)
    shown = Round.objects.filter(conference=conference, is_draft_shown=True)
    shown.update(is_draft_shown=False, version=F("version") + 1)
    facts = {"edition": edition.number, "change_count": len(changes), "path": f"/{conference.slug}/programm"}
    notify(conference=conference, event=Webhook.Event.EDITION, facts=facts, now=now)
    announce(scope=conference.slug, topics=["programme", "plan", "board", "round"])
    return edition


def sessions_json(places: dict[int, Place]) -> list[dict[str, int]]:
    return [{"topic": topic, "slot": place.slot, "room": place.room} for topic, place in sorted(places.items())]


def change_json(change: Change) -> dict[str, Any]:
    return {
        "kind": change.kind.value,
        "topic": change.topic,
        "before": [change.before.slot, change.before.room] if change.before else None,
        "after": [change.after.slot, change.after.room] if change.after else None,
    }
