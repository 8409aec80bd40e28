"""What the deletion clock does to a conference, and the note of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import F, Q

from offenraum.conference.models import ApiToken, Clearing, Conference, Decision, HelperKey, Invitation, Notice
from offenraum.kit.clearing import blank_some, delete_some
from offenraum.kit.datamap import Keep


@transaction.atomic
def begin_clearing(*, conference: Conference, keep: Keep, kept: Mapping[str, int], now: datetime) -> None:
    """Note that deletion begins, with the counts that stay; what was counted the first time holds."""
    Clearing.objects.get_or_create(
        conference=conference, keep=keep, defaults={"cleared_at": now, "kept": dict(kept), "is_scrubbed": True}
    )


@transaction.atomic
def note_clearing(*, conference: Conference, keep: Keep, row_count: int, now: datetime) -> None:
    """Note how much was deleted; nothing is no news."""
    if row_count:
        Clearing.objects.filter(conference=conference, keep=keep).update(
            row_count=F("row_count") + row_count, cleared_at=now, is_scrubbed=False
        )


def clear_names(*, conference: Conference) -> int:
    """Delete who helped, was invited, held a key, decided and announced; what was decided stays."""
    decided = Decision.objects.filter(~Q(made_by="") | Q(account__isnull=False), conference=conference)
    return (
        delete_some(HelperKey.objects.filter(conference=conference))
        or delete_some(ApiToken.objects.filter(conference=conference))
        or delete_some(Invitation.objects.filter(conference=conference))
        or blank_some(decided, made_by="", account=None)
        or blank_some(Notice.objects.filter(conference=conference).exclude(sent_by=""), sent_by="")
    )
