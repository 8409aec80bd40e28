"""The ballots of a round as its helpers see them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from offenraum.barcamp.models import Ballot, Round
from offenraum.barcamp.queries import round_now
from offenraum.barcamp.queries.ballots import ballots_of, numbers_on
from offenraum.conference.models import Conference

LAST_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Paper:
    """One ballot that counts, and what is on it."""

    ballot: Ballot
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Papers:
    """How many ballots are in, who typed how many, and the last ones."""

    round: Round | None
    count: int
    typists: tuple[tuple[str, int], ...]
    last: tuple[Paper, ...]


def papers_of(conference: Conference) -> Papers:
    """The ballots of the round that runs."""
    round_ = round_now(conference)
    kept = list(ballots_of(round_)) if round_ else []
    typists = Counter(ballot.typed_by for ballot in kept)
    return Papers(
        round=round_, count=len(kept), typists=tuple(sorted(typists.items())),
        last=tuple(Paper(ballot, tuple(numbers_on(ballot))) for ballot in kept[:LAST_SHOWN]),
    )
