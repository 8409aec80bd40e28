"""What a moderator does to a round, for directors of demonstrations and rehearsals."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from offenraum.barcamp.models import Round
from offenraum.conference.models import Conference

MODERATOR = "moderator"


def first_round(conference: Conference) -> Round:
    return Round.objects.select_related("conference").get(conference=conference, number=1)


def lead(action: Callable[..., None], conference: Conference, **values: Any) -> None:
    """Do to the round as it is now what a moderator does to the round on the screen."""
    round_ = first_round(conference)
    action(round_=round_, version=round_.version, **values)
