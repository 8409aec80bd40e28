"""Giving keys to programs and taking them back."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from offenraum.conference.models import ApiToken, Conference
from offenraum.kit.keys import new_key
from offenraum.people.queries import digest_of


@transaction.atomic
def issue_token(*, conference: Conference, name: str, scopes: Collection[str], now: datetime) -> str:
    """Make a key for a program; returns it, nobody can read it again."""
    key = new_key()
    ApiToken.objects.create(
        conference=conference, name=name, scopes=sorted(scopes), secret_hash=digest_of(key), created_at=now
    )
    return key


@transaction.atomic
def end_token(*, conference: Conference, token: int, now: datetime) -> None:
    """The key opens nothing any more."""
    ApiToken.objects.filter(pk=token, conference=conference, ended_at__isnull=True).update(ended_at=now)
