"""Keeping what was decided at the desk: who, when, why, what it moved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from offenraum.conference.models import Conference, Decision
from offenraum.conference.rules import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Decider:
    """Who decides, and when: an account or a helper, by name and role."""

    conference: Conference
    name: str
    role: Role
    account_id: int | None
    now: datetime


@transaction.atomic
def keep_decision(
    *, by: Decider, verb: str, facts: dict[str, Any], moves: Sequence[Any] = (), reason: str = ""
) -> Decision:
    """Write a decision down; `moves` are what can be taken back: topic, where it was, where it is now."""
    return Decision.objects.create(
        conference=by.conference, verb=verb, facts=facts, moves=list(moves), reason=reason, made_by=by.name,
        role=by.role.value, account_id=by.account_id, made_at=by.now,
    )
