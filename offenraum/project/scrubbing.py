"""No traces of deleted rows in the database's own file."""

from __future__ import annotations

import time
from typing import Final

from django.db import connection
from django.db.models import Model

from offenraum.conference.models import Clearing
from offenraum.people.models import Erasure

EVERY_SECONDS: Final = 3600.0
NOTES: Final[tuple[type[Model], ...]] = (Clearing, Erasure)
last_at: dict[str, float] = {}


def scrub_if_needed() -> bool:
    """Scrub when something was deleted since the last time, at most once an hour: a hall may be voting."""
    if time.monotonic() - last_at.get("scrub", -EVERY_SECONDS) < EVERY_SECONDS:
        return False
    pending = [list(model._default_manager.filter(is_scrubbed=False).values_list("pk", flat=True)) for model in NOTES]
    if not any(pending):
        return False
    last_at["scrub"] = time.monotonic()
    if is_clean := scrub():
        for model, keys in zip(NOTES, pending, strict=True):
            model._default_manager.filter(pk__in=keys).update(is_scrubbed=True)
    return is_clean


def scrub() -> bool:
    """Write the database anew without what was deleted; False when a reader holds an old picture of it.

    SQLite leaves deleted content in free pages and in its log until both are written anew. PostgreSQL frees the space;
    its own log (WAL) turns over by itself.
    """
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
        if connection.vendor != "sqlite":
            return True
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return bool(cursor.fetchone()[0] == 0)
