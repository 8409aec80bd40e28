"""What a conference shows at a moment: its grid, what runs, what is announced, and which keys still open."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone, translation
from pytest_django import DjangoAssertNumQueries

from offenraum.conference.actions.notices import end_notice, send_notice
from offenraum.conference.actions.rooms import close_cells, open_cells
from offenraum.conference.actions.team import add_member, invite, issue_helper_key, revoke_helper_key, revoke_invitation
from offenraum.conference.forms import HelperKeyForm, day_choices
from offenraum.conference.models import Conference, Day, HelperKey, Invitation, Notice, Room, RoomClosure, Slot, Talk
from offenraum.conference.queries import Grid, grid_of, notices_of, now_of, talks_of
from offenraum.conference.queries.access import (
    invitation_of,
    memberships_of,
    open_helper_key,
    open_invitations,
    valid_helper_keys,
)
from offenraum.conference.queries.times import moment_of_day
from offenraum.conference.rules import Role
from offenraum.live.models import StreamVersion
from tests.day import NOON, make_conference, set_clock
from tests.people.sign_in import make_account

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)


@pytest.fixture
def conference() -> Conference:
    return set_clock(make_conference(slots=2), NOON)


def raised(scope: str, topic: str) -> int:
    return sum(StreamVersion.objects.filter(scope=scope, topic=topic).values_list("version", flat=True))


def announce(conference: Conference, text: str, *, key: int = 7, now: datetime = NOON, minutes: int = 10) -> Notice:
    return send_notice(
        conference=conference, text=text, kind="news", key=uuid.UUID(int=key), minutes=minutes, sent_by="Ayse", now=now
    )


# The grid.


def test_empty_conference_has_an_empty_grid_and_nothing_at_any_moment() -> None:
    empty = Conference.objects.create(slug="leer", title="Leer", short_title="Leer")
    assert grid_of(empty) == Grid(slots=(), rooms=(), closed=frozenset())
    assert moment_of_day(empty, NOON) == frozenset({"next None"})
    assert (list(talks_of(empty)), notices_of("leer"), notices_of("unbekannt")) == ([], [], [])


def test_grid_is_in_order_of_time_and_position_and_names_each_room_once(
    conference: Conference, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make_conference("other")
    first, second = Slot.objects.filter(conference=conference)
    hall, small, _last = Room.objects.filter(conference=conference)
    Room.objects.filter(pk=hall.pk).update(position=9)
    Slot.objects.filter(pk=first.pk).update(starts_at=second.starts_at + timedelta(hours=1))
    cells = [(first.pk, small.pk), (second.pk, small.pk), (first.pk, hall.pk)]
    close_cells(conference=conference, cells=cells)
    with django_assert_num_queries(2):
        grid = grid_of(conference)
    assert [slot.number for slot in grid.slots] == [2, 1]
    assert [room.name for room in grid.rooms] == ["Raum 2", "Raum 3", "Raum 1"]
    assert grid.closed == frozenset(cells)


def test_cells_are_closed_once_and_those_of_others_never(conference: Conference) -> None:
    other = make_conference("other")
    own_slot, own_room = conference.slots.earliest("pk").pk, conference.rooms.earliest("pk").pk
    its_slot, its_room = other.slots.earliest("pk").pk, other.rooms.earliest("pk").pk
    cells = [(own_slot, own_room), (own_slot, own_room), (its_slot, own_room), (own_slot, its_room), (0, 0)]
    assert close_cells(conference=conference, cells=cells) == [(own_slot, own_room)]
    assert close_cells(conference=conference, cells=cells) == []
    assert list(RoomClosure.objects.values_list("slot_id", "room_id")) == [(own_slot, own_room)]
    open_cells(conference=other, cells=[(own_slot, own_room)])
    assert RoomClosure.objects.count() == 1
    open_cells(conference=conference, cells=[(own_slot, own_room), (own_slot, own_room)])
    assert RoomClosure.objects.count() == 0


# The moment of the day.


def at(conference: Conference, moment: datetime) -> set[str]:
    """What is told of a moment, without the names of rows."""
    return {" ".join(key.split()[:1]) for key in moment_of_day(conference, moment)}


@pytest.mark.parametrize(
    ("minutes", "seconds", "told"),
    [
        (-11, 0, {"next"}),
        (-10, 0, {"starting", "next"}),
        (0, -1, {"starting", "next"}),
        (0, 0, {"Slot", "next"}),
        (39, 59, {"Slot", "next"}),
        (40, 0, {"Slot", "ending", "next"}),
        (44, 59, {"Slot", "ending", "next"}),
        (45, 0, {"ended", "next"}),
        (49, 59, {"ended", "next"}),
        (50, 0, {"starting", "next"}),
    ],
)
def test_screens_change_when_a_slot_begins_comes_to_its_end_ends_and_is_over(
    conference: Conference, minutes: int, seconds: int, told: set[str]
) -> None:
    Talk.objects.all().delete()
    assert at(conference, NOON + timedelta(hours=1, minutes=minutes, seconds=seconds)) == told


def test_moment_names_what_comes_next_so_that_a_shifted_start_is_noticed(conference: Conference) -> None:
    early = NOON - 15 * MINUTE
    assert moment_of_day(conference, early) == frozenset({f"next {NOON}"})
    Talk.objects.update(starts_at=NOON + MINUTE)
    assert moment_of_day(conference, early) == frozenset({f"next {NOON + MINUTE}"})


def test_moment_is_the_same_while_nothing_begins_or_ends(conference: Conference) -> None:
    slot = NOON + timedelta(hours=1)
    during = {moment_of_day(conference, slot + timedelta(minutes=n)) for n in range(40)}
    assert len(during) == 1


@pytest.mark.parametrize("moved", [-SECOND, timedelta(), 10 * MINUTE - SECOND, 10 * MINUTE])
def test_moment_tells_of_a_notice_exactly_while_it_is_shown(conference: Conference, moved: timedelta) -> None:
    notice = announce(conference, "Kuchen!")
    set_clock(conference, NOON + moved)
    is_told = f"notice {notice.pk}" in moment_of_day(conference, NOON + moved)
    assert is_told is (moved in {timedelta(), 10 * MINUTE - SECOND})
    assert is_told is (notices_of("kogk18") == [notice])


# Notices.


def test_notice_is_sent_once_for_each_key_and_conference(conference: Conference) -> None:
    other = make_conference("other")
    first = announce(conference, "Kuchen!")
    again = announce(conference, "Anderer Text", now=NOON + MINUTE)
    foreign = announce(other, "Anderswo")
    assert (again, again.text, again.sent_at) == (first, "Kuchen!", NOON)
    assert (first.ends_at, foreign.pk == first.pk) == (NOON + 10 * MINUTE, False)
    assert (raised("kogk18", "notice"), raised("other", "notice")) == (1, 1)


def test_notice_is_taken_back_once_and_says_since_when(conference: Conference) -> None:
    notice = announce(conference, "Kuchen!")
    assert notices_of("kogk18") == [notice]
    for later in (1, 2):
        end_notice(notice=notice, now=NOON + later * MINUTE)
    assert (notices_of("kogk18"), Notice.objects.get().ended_at) == ([], NOON + MINUTE)
    assert raised("kogk18", "notice") == 2


def test_newest_three_notices_of_this_conference_are_shown(conference: Conference) -> None:
    announce(set_clock(make_conference("other"), NOON), "Anderswo", key=99)
    for number in range(1, 6):
        announce(conference, f"Nummer {number}", key=number)
    announce(conference, "Kommt noch", key=6, now=NOON + timedelta(hours=1))
    assert [notice.text for notice in notices_of("kogk18")] == ["Nummer 5", "Nummer 4", "Nummer 3"]


# Keys and invitations.


@pytest.mark.parametrize("moved", [-MINUTE, -SECOND, timedelta(), SECOND])
def test_key_that_opens_is_exactly_a_key_that_is_listed(conference: Conference, moved: timedelta) -> None:
    ends = NOON + timedelta(hours=8)
    key = issue_helper_key(conference=conference, name="Tür", expires_at=ends, now=NOON)
    set_clock(conference, ends + moved)
    listed = list(valid_helper_keys(conference))
    assert [open_helper_key(conference=conference, key=key)] == (listed or [None])
    assert bool(listed) is (moved < timedelta())


def test_blocked_key_and_the_key_of_a_twin_open_nothing(conference: Conference) -> None:
    ends = NOON + timedelta(hours=8)
    keys = [issue_helper_key(conference=conference, name="Tür", expires_at=ends, now=NOON) for _ in range(2)]
    first = HelperKey.objects.earliest("pk")
    for later in (1, 2):
        revoke_helper_key(conference=conference, helper_key=first.pk, now=NOON + later * MINUTE)
    first.refresh_from_db()
    assert first.revoked_at == NOON + MINUTE
    assert [open_helper_key(conference=conference, key=key) is not None for key in keys] == [False, True]
    assert [key.pk for key in valid_helper_keys(conference)] == [first.pk + 1]


@pytest.mark.parametrize("moved", [timedelta(seconds=-30), SECOND])
def test_invitation_that_opens_is_exactly_one_that_is_listed(conference: Conference, moved: timedelta) -> None:
    now = timezone.now() - timedelta(days=7) - moved
    key = invite(conference=conference, email="bernd@example.org", role="moderator", now=now)
    listed = list(open_invitations(conference))
    assert [invitation_of(slug="kogk18", key=key)] == (listed or [None])
    assert bool(listed) is (moved < timedelta())


def test_new_invitation_ends_the_earlier_one_to_the_same_person_here_only(conference: Conference) -> None:
    other, now = make_conference("other"), timezone.now()
    first = invite(conference=conference, email="Bernd@Example.org", role="moderator", now=now)
    elsewhere = invite(conference=other, email="bernd@example.org", role="moderator", now=now)
    clara = invite(conference=conference, email="clara@example.org", role="moderator", now=now)
    second = invite(conference=conference, email="bernd@example.ORG", role="organiser", now=now)
    found = [invitation_of(slug="kogk18", key=key) for key in (first, clara, second, elsewhere)]
    assert [one and one.role for one in found] == [None, "moderator", "organiser", None]
    assert invitation_of(slug="other", key=elsewhere) is not None
    assert [one.email for one in open_invitations(conference)] == ["bernd@example.ORG", "clara@example.org"]


def test_invitation_of_another_conference_is_not_withdrawn(conference: Conference) -> None:
    other = make_conference("other")
    key = invite(conference=other, email="bernd@example.org", role="moderator", now=timezone.now())
    revoke_invitation(conference=conference, invitation=Invitation.objects.get().pk, now=NOON)
    assert invitation_of(slug="other", key=key) is not None


# Days and zones.


def test_now_is_told_in_the_zone_of_the_conference(conference: Conference) -> None:
    Conference.objects.update(time_zone="Pacific/Kiritimati")
    conference.refresh_from_db()
    now = now_of(conference)
    assert (now.date(), now.utcoffset()) == (date(2018, 9, 5), timedelta(hours=14))


@pytest.mark.parametrize(
    ("now", "days"),
    [
        (datetime(2018, 9, 3, 21, 59, tzinfo=UTC), ["2018-09-03", "2018-09-04", "2018-09-05"]),
        (datetime(2018, 9, 3, 22, 0, tzinfo=UTC), ["2018-09-04", "2018-09-05"]),
        (datetime(2018, 9, 5, 21, 59, tzinfo=UTC), ["2018-09-05"]),
        (datetime(2018, 9, 5, 22, 0, tzinfo=UTC), ["2018-09-06"]),
    ],
)
def test_keys_are_offered_for_today_in_cologne_and_the_days_to_come(
    conference: Conference, now: datetime, days: list[str]
) -> None:
    Day.objects.create(conference=conference, date=date(2018, 9, 5))
    Day.objects.create(conference=make_conference("other"), date=date(2018, 9, 9))
    local = now.astimezone(conference.zone)
    with translation.override("de"):
        offered = day_choices(conference=conference, now=local)
        form = HelperKeyForm({"name": "Tür", "day": "2018-09-09"}, conference=conference, now=local)
        assert (form.is_valid(), list(form.errors)) == (False, ["day"])
    assert [day for day, _label in offered] == days
    assert dict(offered).get("2018-09-05", "Mittwoch, 5. September 2018") == "Mittwoch, 5. September 2018"


def test_memberships_show_the_newest_conference_first_and_only_ones_own(conference: Conference) -> None:
    ayse, dirk = make_account("Ayse", password=None), make_account("Dirk", password=None)
    newer = make_conference("neuer")
    for place, account, role in [
        (conference, ayse, Role.ORGANISER), (newer, ayse, Role.MODERATOR), (newer, dirk, Role.ORGANISER),
    ]:
        add_member(conference=place, account=account, role=role)
    add_member(conference=newer, account=ayse, role=Role.ORGANISER)
    mine = [(member.conference.slug, member.role) for member in memberships_of(ayse)]
    assert mine == [("neuer", "organiser"), ("kogk18", "organiser")]
