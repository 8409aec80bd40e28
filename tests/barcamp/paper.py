"""A helper who types ballots, for tests."""

from __future__ import annotations

import uuid
from datetime import datetime

from offenraum.barcamp.actions.ballots import type_ballot
from offenraum.barcamp.models import Ballot, Round
from offenraum.barcamp.rules.ballots import read_sheet
from tests.day import NOON


def type_in(
    round_: Round, line: str, *, by: str = "Hedi", key: uuid.UUID | None = None, now: datetime = NOON
) -> Ballot:
    """One line as the helper types it."""
    return type_ballot(round_=round_, sheet=read_sheet(line), typed_by=by, key=key or uuid.uuid4(), now=now)
