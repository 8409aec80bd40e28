"""Decisions about roles on plain values: who may do what at the desk, and for how long."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Final

INVITATION_LASTS: Final = timedelta(days=7)


class Role(StrEnum):
    """Who somebody is at the desk."""

    AUDITOR = "auditor"
    HELPER = "helper"
    MODERATOR = "moderator"
    ORGANISER = "organiser"


class Duty(StrEnum):
    """What somebody does at the desk."""

    CHECK_IN = "check_in"
    BALLOTS = "ballots"
    HANDS = "hands"
    MODERATE = "moderate"
    ORGANISE = "organise"
    AUDIT = "audit"


HELPING: Final = frozenset({Duty.CHECK_IN, Duty.BALLOTS, Duty.HANDS})
DUTIES: Final = {
    Role.AUDITOR: frozenset({Duty.AUDIT}),
    Role.HELPER: HELPING,
    Role.MODERATOR: HELPING | {Duty.MODERATE},
    Role.ORGANISER: frozenset(Duty),
}


def may(role: Role, duty: Duty) -> bool:
    return duty in DUTIES[role]


def needs_second_factor(role: Role) -> bool:
    """Organisers give rights, and they and auditors see everybody's wishes: a stolen password must not be enough."""
    return role in {Role.ORGANISER, Role.AUDITOR}


def first_page(role: Role) -> str:
    """Where somebody begins, below the address of the desk."""
    return "pruefung" if role is Role.AUDITOR else ""


def is_open(*, expires_at: datetime, revoked_at: datetime | None, now: datetime) -> bool:
    """Whether a key or an invitation still opens something."""
    return revoked_at is None and now < expires_at


def end_of_day(moment: datetime) -> datetime:
    """Midnight after a moment, in the moment's own zone: a helper's key is for one day."""
    return datetime.combine(moment.date() + timedelta(days=1), time.min, tzinfo=moment.tzinfo)


def stays_organised(*, organisers: int, is_organiser: bool) -> bool:
    """A conference keeps one organiser; the last can neither leave nor step down."""
    return not is_organiser or organisers > 1


def due_at(*, since: datetime | None, made_at: datetime, days: int) -> datetime | None:
    """When a period that runs from a moment is over; never, while that moment is not known.

    A conference that was set up after its own end (a wrong year, an archive) has its days from then on.
    """
    return max(since, made_at) + timedelta(days=days) if since else None


RESERVED_SLUGS: Final = frozenset({
    "konto", "static", "live", "frag", "stil", "impressum", "datenschutz", "barrierefreiheit", "api", "metrics",
    "regie", "medien", "farben",
})
