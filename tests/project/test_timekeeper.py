"""The timekeeper tells screens exactly when something begins or ends."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone

from offenraum.conference.models import Conference, Talk
from offenraum.live.models import StreamVersion
from offenraum.project import timekeeper
from offenraum.project.timekeeper import Timekeeper, look, read_courses

NINE = datetime(2018, 9, 4, 9, 0, tzinfo=UTC)


def conference_at(shown: datetime) -> Conference:
    conference = Conference.objects.create(
        slug="k", title="K", short_title="K", clock_started_at=timezone.now(), clock_shows_at=shown
    )
    Talk.objects.create(conference=conference, kind="keynote", title="Offenheit", starts_at=NINE, minutes=15)
    return conference


def now_in(known: timekeeper.Known) -> timekeeper.Known:
    return look(known, read_courses())


def clock_raised() -> int:
    return sum(StreamVersion.objects.filter(scope="k", topic="clock").values_list("version", flat=True))


@pytest.mark.django_db
def test_look_tells_nothing_while_the_same_runs() -> None:
    conference_at(NINE - timedelta(minutes=5))

    now_in(now_in({}))

    assert clock_raised() == 0


@pytest.mark.django_db
@pytest.mark.parametrize("later", [timedelta(minutes=6), timedelta(minutes=21)], ids=["began", "began and ended"])
def test_look_tells_screens_when_a_talk_began(later: timedelta) -> None:
    conference_at(NINE - timedelta(minutes=5))
    known = now_in({})
    Conference.objects.update(clock_shows_at=NINE - timedelta(minutes=5) + later)

    now_in(known)

    assert clock_raised() == 1


@pytest.mark.django_db
def test_look_tells_only_the_conference_whose_moment_has_passed() -> None:
    conference_at(NINE - timedelta(minutes=5))
    other = Conference.objects.create(slug="other", title="O", short_title="O")
    known = now_in({})
    Conference.objects.filter(slug="k").update(clock_shows_at=NINE + timedelta(minutes=1))
    known = now_in(known)
    assert (clock_raised(), StreamVersion.objects.filter(scope="other").count()) == (1, 0)
    now_in(known)
    assert clock_raised() == 1
    assert set(known) == set(Conference.objects.values_list("pk", flat=True)) >= {other.pk}


@pytest.mark.django_db
def test_look_tells_nothing_of_a_conference_that_is_new_and_forgets_one_that_is_gone() -> None:
    conference = conference_at(NINE + timedelta(minutes=5))
    known = now_in({})
    assert (set(known), clock_raised()) == ({conference.pk}, 0)
    conference.delete()
    assert now_in(known) == {}


@pytest.mark.django_db
def test_look_follows_a_talk_that_was_moved_away_while_it_ran() -> None:
    conference_at(NINE + timedelta(minutes=5))
    known = now_in({})
    Talk.objects.update(starts_at=NINE + timedelta(hours=1))
    now_in(known)
    assert clock_raised() == 1


@pytest.mark.django_db(transaction=True)
def test_timekeeper_goes_on_when_the_database_was_gone_for_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was known before the break is still known after it, so that no change is missed."""
    looked: list[timekeeper.Known] = []
    went_on = threading.Event()

    def look_with_a_break(known: timekeeper.Known, courses: timekeeper.Courses) -> timekeeper.Known:
        looked.append(known)
        if len(looked) == 2:
            raise OperationalError("gone")
        if len(looked) == 3:
            went_on.set()
        return {1: frozenset({"Talk 1"})}

    monkeypatch.setattr(timekeeper, "look", look_with_a_break)
    monkeypatch.setattr(timekeeper, "LOOK_EVERY_SECONDS", 0.001)
    keeper = Timekeeper()
    keeper.start()
    assert went_on.wait(10)
    keeper.end()
    keeper.join(10)
    assert (keeper.is_alive(), looked[:3]) == (False, [{}, {1: frozenset({"Talk 1"})}, {1: frozenset({"Talk 1"})}])
