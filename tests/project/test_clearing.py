"""The deletion clock: what is gone when, what stays, and that no trace is left in the file."""

from __future__ import annotations

import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection

from offenraum.barcamp.models import Ballot, Interest, TopicHost, Total
from offenraum.barcamp.queries import tallies
from offenraum.barcamp.queries.recount import recount
from offenraum.conference.models import Clearing, Conference
from offenraum.conference.queries.times import clearing_due_at
from offenraum.conference.rules import due_at
from offenraum.gathering.models import Contribution, Feedback
from offenraum.kit.datamap import LONGEST_DAYS, Keep
from offenraum.people.actions import clear_sign_ins, create_account
from offenraum.people.models import SignIn
from offenraum.programme.models import Reasons
from offenraum.project.clearing import clear_conference
from offenraum.project.scrubbing import scrub
from offenraum.seats.models import Seat, SeatDevice
from tests.builders import close, open_a_round
from tests.conftest import ON_POSTGRES
from tests.day import NOON, fresh, make_conference, make_seats, make_topics, set_clock, vote
from tests.project.canary import fill_models, give_scope, put_canaries
from tests.world import make_world

AFTER_ALL = timedelta(days=365)


@pytest.mark.parametrize(("since", "made_at", "days", "due"), [
    (NOON, NOON - timedelta(days=30), 7, NOON + timedelta(days=7)),
    (NOON, NOON + timedelta(days=800), 7, NOON + timedelta(days=807)),
    (None, NOON, 7, None),
    (NOON, NOON, 0, NOON),
])
def test_due_at(since: datetime | None, made_at: datetime, days: int, due: datetime | None) -> None:
    assert due_at(since=since, made_at=made_at, days=days) == due


@pytest.fixture
def conference(db: None) -> Conference:
    """A day in 2018 that was set up the day before, on its own clock."""
    made = set_clock(make_conference(slots=2), NOON)
    Conference.objects.filter(pk=made.pk).update(created_at=datetime.now(UTC) - timedelta(days=1))
    return Conference.objects.get(pk=made.pk)


def test_periods_run_from_the_last_slot_and_from_the_end(conference: Conference) -> None:
    last_slot, midnight = datetime(2018, 9, 4, 12, 45, tzinfo=UTC), datetime(2018, 9, 4, 22, 0, tzinfo=UTC)
    assert clearing_due_at(conference, Keep.VOTES) == last_slot + timedelta(days=7)
    assert clearing_due_at(conference, Keep.REGISTRATION) == midnight + timedelta(days=90)


def test_operator_shortens_but_never_lengthens(conference: Conference, settings: object) -> None:
    midnight = datetime(2018, 9, 4, 22, 0, tzinfo=UTC)
    settings.KEEP_DAYS = {"check_in": 3, "registration": 1000}  # type: ignore[attr-defined]
    assert clearing_due_at(conference, Keep.CHECK_IN) == midnight + timedelta(days=3)
    assert clearing_due_at(conference, Keep.REGISTRATION) == midnight + timedelta(days=90)


@pytest.mark.postgres
def test_votes_become_totals_and_the_tally_stays(conference: Conference) -> None:
    topics, seats = make_topics(conference, 3), make_seats(conference, 5)
    round_ = open_a_round(conference, pitches=2)
    vote(topics[0], seats, now=NOON)
    vote(topics[1], seats[:2], weight=2, now=NOON)
    close(round_)
    before = tallies(conference)
    clear(conference, days=6)
    assert (Interest.objects.count(), Total.objects.count()) == (7, 0)
    clear(conference, days=8)
    assert (Interest.objects.count(), Ballot.objects.count()) == (0, 0)
    assert tallies(conference) == before == recount(conference)
    clear(conference, days=9)
    assert tallies(conference) == before
    (note,) = Clearing.objects.filter(conference=conference)
    assert (note.keep, note.row_count) == ("votes", 7)
    assert fresh(round_).is_closed


def test_check_ins_go_and_their_number_stays(conference: Conference) -> None:
    make_seats(conference, 3)
    make_seats(conference, 2, checked_in=False)
    clear(conference, days=32)
    clear(conference, days=33)
    assert not Seat.objects.filter(checked_in_at__isnull=False).exists()
    assert Clearing.objects.get(keep="check_in").kept == {"seats": 5, "checked_in": 3}
    assert Seat.objects.filter(name__startswith="Mensch").count() == 5


def test_another_conference_keeps_its_data(conference: Conference) -> None:
    other = set_clock(make_conference("spaeter19"), NOON)
    make_seats(other, 2)
    clear(conference, days=365)
    assert Seat.objects.filter(conference=other, name__startswith="Mensch", checked_in_at__isnull=False).count() == 2


def test_sign_ins_go_two_weeks_after_their_last_use(db: None) -> None:
    account = create_account(email="ayse@example.org", name="Ayse")
    SignIn.objects.create(account=account, key_hash="0", signed_in_at=NOON, seen_at=NOON)
    assert clear_sign_ins(now=NOON + timedelta(days=13)) == 0
    assert clear_sign_ins(now=NOON + timedelta(days=15)) == 1
    assert SignIn.objects.count() == 0


def clear(conference: Conference, *, days: int) -> None:
    clear_conference(conference, now=NOON + timedelta(days=days), done={})


@pytest.mark.timeout(300)
@pytest.mark.django_db(transaction=True)
def test_no_canary_is_left_in_any_file() -> None:
    """Tokens in every text column: after the clock those with a period are nowhere; what stays proves the search."""
    world = make_world()
    Conference.objects.update(created_at=datetime(2018, 9, 1, tzinfo=UTC), clock_started_at=None, clock_shows_at=None)
    fill_models()
    give_scope(world.here.conference.slug)
    canaries = put_canaries(skip=frozenset({"conference.Conference.time_zone", "gathering.Contribution.address"}))
    assert {canary.keep for canary in canaries if canary.has_an_end} >= {Keep.VOTES, Keep.REGISTRATION}
    before = everything_stored()
    assert [canary for canary in canaries if canary.token.encode() not in before] == []
    for half in (world.here, world.there):
        fresh_one = Conference.objects.get(pk=half.conference.pk)
        clear_conference(fresh_one, now=NOON + AFTER_ALL, done={})
    assert scrub()
    after = everything_stored()
    assert [canary.label for canary in canaries if canary.has_an_end and canary.token.encode() in after] == []
    of_portrait = "website.Picture."
    stays = [one for one in canaries if one.keep is Keep.CONFERENCE and not one.label.startswith(of_portrait)]
    assert len(stays) > 20
    assert [canary for canary in stays if canary.token.encode() not in after] == []
    assert (TopicHost.objects.count(), SeatDevice.objects.count(), Contribution.objects.count()) == (0, 0, 2)
    assert not Feedback.objects.filter(seat__isnull=False).exists()
    assert not Reasons.objects.filter(problem__isnull=False).exists()


def everything_stored() -> bytes:
    """The bytes of the database: on SQLite its files, on PostgreSQL all rows."""
    if ON_POSTGRES:
        with connection.cursor() as cursor:
            rows = []
            for table in connection.introspection.table_names(cursor):
                cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608
                rows += [repr(row) for row in cursor.fetchall()]
            return "\n".join(rows).encode()
    file = Path(connection.settings_dict["NAME"])
    # Not read in this process: closing the file here would end the locks that SQLite holds on it.
    return subprocess.run(["cat", *sorted(file.parent.glob(f"{file.name}*"))], check=True, capture_output=True).stdout


def test_every_period_has_its_days() -> None:
    assert {keep for keep in Keep if keep not in LONGEST_DAYS} == {Keep.CONFERENCE, Keep.ACCOUNT}
