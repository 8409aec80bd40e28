"""What visitors leave, and what organisers make of it."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import transaction

from offenraum.conference.models import Conference
from offenraum.website.models import Comment, News, Remark
from offenraum.website.rules.comments import Fate


@transaction.atomic
def comment(
    *, news: News, key: uuid.UUID, name: str, email: str, text: str, fate: Fate, now: datetime
) -> Comment | None:
    """Keep what somebody wrote under news; spam is dropped, links wait for the organisers."""
    if fate is Fate.DROPPED:
        return None
    kept, _is_new = Comment.objects.get_or_create(
        news=news, key=key,
        defaults={"name": name, "email": email, "text": text, "state": fate.value, "written_at": now},
    )
    return kept


@transaction.atomic
def report_comment(*, comment: Comment, reason: str, now: datetime) -> None:
    """Tell the organisers about a comment; the first report counts, the comment stays until they decide."""
    Comment.objects.filter(pk=comment.pk, reported_at__isnull=True).update(reported_at=now, report=reason)


@transaction.atomic
def judge_comment(*, comment: Comment, is_shown: bool) -> None:
    """Show or hide a comment; a report about it is answered by that."""
    state = Comment.State.SHOWN if is_shown else Comment.State.HIDDEN
    Comment.objects.filter(pk=comment.pk).update(state=state, reported_at=None, report="")


@transaction.atomic
def send_remark(
    *, conference: Conference, key: uuid.UUID, text: str, place: str, email: str, now: datetime
) -> Remark:
    """Keep what somebody says about a barrier."""
    kept, _is_new = Remark.objects.get_or_create(
        conference=conference, key=key, defaults={"text": text, "place": place, "email": email, "sent_at": now}
    )
    return kept


@transaction.atomic
def settle_remark(*, remark: Remark, now: datetime) -> None:
    """The barrier is gone, or an answer was sent."""
    Remark.objects.filter(pk=remark.pk, done_at__isnull=True).update(done_at=now)
