"""Decisions about accounts on plain values: how long a sign-in and a link last, which devices are known."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

SIGN_IN_LASTS: Final = timedelta(days=14)
IDLE_LASTS: Final = timedelta(hours=24)
SEEN_EVERY: Final = timedelta(minutes=15)
LINK_LASTS: Final = timedelta(minutes=30)
EMAIL_LINK_LASTS: Final = timedelta(hours=24)
REMEMBER_FOR: Final = timedelta(days=180)
ACCOUNTS_ON_A_DEVICE: Final = 5
CODE_SPENT_SECONDS: Final = 120


def is_live(*, signed_in_at: datetime, seen_at: datetime, ended_at: datetime | None, now: datetime) -> bool:
    """A sign-in ends by signing out, after a day without use, and after two weeks in any case."""
    return ended_at is None and now - seen_at < IDLE_LASTS and now - signed_in_at < SIGN_IN_LASTS


def is_due(*, seen_at: datetime, now: datetime) -> bool:
    """Use is written down from time to time only, so that reading a page does not write each time."""
    return now - seen_at >= SEEN_EVERY


def remembered(accounts: list[int], account: int) -> list[int]:
    """The accounts a device is known to, with this one last; the oldest gives way."""
    return [*(known for known in accounts if known != account), account][-ACCOUNTS_ON_A_DEVICE:]


def guess_bucket(*, subject: str, device: str) -> str:
    """Whose wrong guesses count together: those of one known device, or of all strangers, against one account."""
    return f"{device or 'stranger'}:{subject.strip().lower()}"
