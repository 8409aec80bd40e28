"""Whether a look at the database is worth it, for what looks again and again while nobody does anything."""

from __future__ import annotations

import time
from typing import Final

from django.db import connection

LONGEST_SECONDS: Final = 2.0
"""How long a lull lasts at most: what becomes due by itself is seen within this time."""


class Lull:
    """Belongs to one thread: SQLite tells each connection whether others have written since it was asked last."""

    def __init__(self) -> None:
        self.seen: tuple[object, int] | None = None
        self.ends_at = 0.0

    def is_over(self) -> bool:
        """True at first, after a commit of another connection, and every two seconds; on PostgreSQL always."""
        if connection.vendor != "sqlite":
            return True
        version, now = data_version(), time.monotonic()
        seen = (connection.connection, version)
        if seen == self.seen and now < self.ends_at:
            return False
        self.seen, self.ends_at = seen, now + LONGEST_SECONDS
        return True


def data_version() -> int:
    """A number of this connection that changes whenever another one has committed to the SQLite file."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA data_version")
        return int(cursor.fetchone()[0])
