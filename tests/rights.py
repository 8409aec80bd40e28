"""Who may do what: `rights.txt` has a line for each address and method and a column for each role."""

from __future__ import annotations

from pathlib import Path

from tests.world import ROLES

Outcome = str
KEY = "8c1f1c0e-6a3b-4f57-9c53-0d7f6f3a2b10"
IDS = {
    "desk:step": {"verb": "step"},
    "desk:topic": {"verb": "change"},
    "people_one_time_link": {"key": "link"},
    "conference_help": {"key": "help"},
    "account_reset_password_from_key": {"uidb36": "number", "key": "link"},
}
"""Where the part of an address means something else than its name says."""

SHARED = {"wall", "people_one_time_link", "account_reset_password_from_key", "mfa_edit_webauthn", "mfa_remove_webauthn"}
"""Addresses whose parts belong to no conference."""

BODIES = {
    "topic_interest": {"weight": "1", "key": KEY},
    "topic_propose": {"title": "Offene Daten", "host_name": "Clara", "key": KEY},
    "conference_set_role": {"role": "organiser"},
    "conference_invite": {"email": "neue@example.org", "role": "moderator"},
    "desk:hands": {"topic": "@topic", "hands": "5"},
    "desk:bring": {"title": "Offene Daten", "host_name": "Dirk", "key": KEY},
    "desk:step": {"version": "2"},
}
"""What is sent to an address; `@name` is an id of the conference asked."""

VERBS = {"verb"}
"""Parts of addresses that are words, not ids."""

def read(table: str) -> dict[tuple[str, str], dict[str, Outcome]]:
    rows = [line.split() for line in table.splitlines() if line and not line.startswith("#")]
    return {(name, method): dict(zip(ROLES, cells, strict=True)) for name, method, *cells in rows}


RIGHTS = read(Path(__file__).with_suffix(".txt").read_text())
