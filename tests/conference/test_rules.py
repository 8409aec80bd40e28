"""Roles and duties on plain values."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from offenraum.conference.rules import Duty, Role, end_of_day, is_open, may, needs_second_factor, stays_organised

NOON = datetime(2026, 9, 4, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("role", "duties"),
    [
        (Role.AUDITOR, {Duty.AUDIT}),
        (Role.HELPER, {Duty.CHECK_IN, Duty.BALLOTS, Duty.HANDS}),
        (Role.MODERATOR, {Duty.CHECK_IN, Duty.BALLOTS, Duty.HANDS, Duty.MODERATE}),
        (Role.ORGANISER, set(Duty)),
    ],
)
def test_role_has_its_duties_and_no_others(role: Role, duties: set[Duty]) -> None:
    assert {duty for duty in Duty if may(role, duty)} == duties


def test_who_sees_everybodys_wishes_needs_a_second_factor() -> None:
    assert {role for role in Role if needs_second_factor(role)} == {role for role in Role if may(role, Duty.AUDIT)}


@pytest.mark.parametrize(
    ("expires_at", "revoked_at", "expected"),
    [
        (NOON.replace(minute=1), None, True),
        (NOON, None, False),
        (NOON.replace(minute=1), NOON, False),
    ],
)
def test_key_is_open_until_it_expires_or_is_revoked(
    expires_at: datetime, revoked_at: datetime | None, expected: bool
) -> None:
    assert is_open(expires_at=expires_at, revoked_at=revoked_at, now=NOON) is expected


def test_end_of_day_is_local_midnight_also_when_the_clocks_change() -> None:
    cologne = ZoneInfo("Europe/Berlin")
    assert end_of_day(datetime(2026, 10, 25, 0, 30, tzinfo=cologne)) == datetime(2026, 10, 25, 23, 0, tzinfo=UTC)
    assert end_of_day(datetime(2026, 9, 4, 23, 59, tzinfo=cologne)) == datetime(2026, 9, 4, 22, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("organisers", "is_organiser", "expected"), [(1, True, False), (2, True, True), (1, False, True)]
)
def test_last_organiser_stays(organisers: int, is_organiser: bool, expected: bool) -> None:
    assert stays_organised(organisers=organisers, is_organiser=is_organiser) is expected
