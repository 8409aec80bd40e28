"""The timekeeper tells screens exactly when something begins or ends."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from offenraum.conference.models import Conference, Talk
from offenraum.live.models import StreamVersion
from offenraum.project.timekeeper import look

NINE = datetime(2018, 9, 4, 9, 0, tzinfo=UTC)


def conference_at(shown: datetime) -> Conference:
    conference = Conference.objects.create(
        slug="k", title="K", short_title="K", clock_started_at=timezone.now(), clock_shows_at=shown
    )
    Talk.objects.create(conference=conference, kind="keynote", title="Offenheit", starts_at=NINE, minutes=15)
    return conference


def clock_raised() -> int:
    return sum(StreamVersion.objects.filter(scope="k", topic="clock").values_list("version", flat=True))


@pytest.mark.django_db
def test_look_tells_nothing_while_the_same_runs() -> None:
    conference_at(NINE - timedelta(minutes=5))

    look(look({}))

    assert clock_raised() == 0


@pytest.mark.django_db
@pytest.mark.parametrize("later", [timedelta(minutes=6), timedelta(minutes=21)], ids=["began", "began and ended"])
def test_look_tells_screens_when_a_talk_began(later: timedelta) -> None:
    conference_at(NINE - timedelta(minutes=5))
    known = look({})
    Conference.objects.update(clock_shows_at=NINE - timedelta(minutes=5) + later)

    look(known)

    assert clock_raised() == 1
