"""What a worker does for registration because time has passed."""

from __future__ import annotations

from offenraum.conference.models import Conference
from offenraum.conference.queries import now_of
from offenraum.kit.group_commit import durable
from offenraum.registration.actions.places import pass_time
from offenraum.registration.queries import is_time_due


def keep_time(conference: Conference) -> None:
    """Free what was not confirmed in time, and ask everybody again when its day has come."""
    now = now_of(conference)
    if is_time_due(conference, now=now):
        durable(pass_time, conference=conference, now=now)
