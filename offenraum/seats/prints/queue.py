"""Badges that wait for a worker: asked for, made, forgotten."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import get_language

from offenraum.conference.models import Conference
from offenraum.kit.outbox import Lost, held
from offenraum.kit.sealed import seal_bytes
from offenraum.seats.models import BadgePrint
from offenraum.seats.prints.badges import Printed

KEPT = 2
UNFINISHED = (BadgePrint.State.QUEUED, BadgePrint.State.RUNNING)


@transaction.atomic
def ask_for_badges(
    *, conference: Conference, numbers: Sequence[int], layout: str, has_keys: bool, now: datetime
) -> BadgePrint:
    """Let a worker print badges; the same wish that waits already is the answer to a second tap."""
    Conference.objects.select_for_update().get(pk=conference.pk)
    wish = {"layout": layout, "has_keys": has_keys, "numbers": list(numbers)}
    waiting = BadgePrint.objects.filter(conference=conference, state__in=UNFINISHED)
    for one in waiting:
        if {name: getattr(one, name) for name in wish} == wish:
            return one
    old = BadgePrint.objects.filter(conference=conference).exclude(state__in=UNFINISHED)[KEPT - 1 :]
    BadgePrint.objects.filter(pk__in=[one.pk for one in old.only("pk")]).delete()
    return BadgePrint.objects.create(
        conference=conference, created_at=now, due_at=now, language=get_language() or "de", **wish
    )


@transaction.atomic
def keep_print(*, run: BadgePrint, printed: Printed, now: datetime) -> None:
    """Store the file; raises Lost when another worker has the print by now."""
    done = {"state": BadgePrint.State.DONE, "finished_at": now, "error": ""}
    if not held(run).update(sealed=seal_bytes(printed.pdf), replaced=list(printed.replaced), **done):
        raise Lost


def prints_of(conference: Conference) -> QuerySet[BadgePrint]:
    """The prints of badges, the newest first, without their files."""
    return BadgePrint.objects.filter(conference=conference).defer("sealed")
