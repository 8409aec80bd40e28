"""Reasons of an edition: asked for when it is published, kept when a worker has found them."""

from __future__ import annotations

from datetime import UTC, datetime
from secrets import token_hex
from typing import Any, Final

from django.db import transaction

from offenraum.kit import outbox
from offenraum.live.changes import announce
from offenraum.programme.models import Edition, OwnReasons, Reasons
from offenraum.programme.queries.reasons import last_accepted, problem_of_edition
from offenraum.seats.models import Seat

CHANGE: Final = "reasons"
AT_ONCE: Final = datetime(1970, 1, 1, tzinfo=UTC)
SALT_BYTES: Final = 16
SEAT: Final = "seat-"


def queue_reasons(*, edition: Edition, before: Edition | None) -> Reasons:
    """Keep what the edition was made from, with a salt, so that its hash tells nothing about anybody's wishes."""
    problem = problem_of_edition(edition, before) | {"note": f"salt {token_hex(SALT_BYTES)}"}
    return Reasons.objects.create(edition=edition, problem=problem, due_at=AT_ONCE)


@transaction.atomic
def keep_reasons(*, reasons: Reasons, answer: dict[str, Any], now: datetime) -> None:
    """Store the reasons, each seat's own row apart from what everybody may know."""
    own = answer["explanations"].pop("people")
    origin = origin_of(reasons.edition)
    outbox.held(reasons).update(told=answer | {"origin": origin})
    rows = {person["id"]: person for person in (reasons.problem or {})["people"]}
    seats = Seat.objects.filter(conference=reasons.edition.conference).in_bulk()
    OwnReasons.objects.filter(reasons=reasons).delete()
    OwnReasons.objects.bulk_create([
        OwnReasons(reasons=reasons, seat=seat, row=rows[f"{SEAT}{key}"], told=own[f"{SEAT}{key}"])
        for key, seat in seats.items() if f"{SEAT}{key}" in own and f"{SEAT}{key}" in rows
    ])
    outbox.finish(reasons, now=now)
    announce(scope=reasons.edition.conference.slug, topics=[CHANGE])


def origin_of(edition: Edition) -> dict[str, Any] | None:
    """The proposal that was taken over last, and how many sessions hands have changed since; None without one."""
    run = last_accepted(edition.conference)
    if run is None or run.plan is None:
        return None
    planned = {(int(topic), int(at["slot"]), int(at["room"])) for topic, at in run.plan["placements"].items()}
    published = {(row["topic"], row["slot"], row["room"]) for row in edition.sessions}
    changed = {topic for topic, _slot, _room in planned ^ published}
    facts = {name: run.plan.get(name) for name in ("engine", "seed", "iterations", "objective")}
    return facts | {"by_hand": len(changed)}
