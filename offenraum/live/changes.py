"""Announcing a change: the last line of every action."""

from __future__ import annotations

import random
import time
from collections.abc import Iterable
from functools import partial

from django.db import connection, transaction

from offenraum.live.bus import tell
from offenraum.live.models import StreamVersion

SHARDED = {"tally"}
SHARDS = 8


def announce(*, scope: str, topics: Iterable[str]) -> None:
    """Raise the version of each topic in the caller's transaction and tell every screen after the commit.

    Call it once, at the end of an action: rows are taken in sorted order, so no two actions wait for each other.
    """
    names = sorted(set(topics))
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("announce() belongs into the transaction of the change")
    rows = [
        StreamVersion(scope=scope, topic=name, shard=shard_of(name), epoch=time.time_ns() // 1_000_000, version=1)
        for name in names
    ]
    raise_versions(rows)
    changes = frozenset((scope, name) for name in names)
    transaction.on_commit(partial(tell, changes), robust=True)


def raise_versions(rows: list[StreamVersion]) -> None:
    """Insert or add one, in one statement that both databases know."""
    values = ",".join(["(%s,%s,%s,%s,1)"] * len(rows))
    parameters = [value for row in rows for value in (row.scope, row.topic, row.shard, row.epoch)]
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO live_streamversion (scope, topic, shard, epoch, version) VALUES {values} "  # noqa: S608
            "ON CONFLICT (scope, topic, shard) DO UPDATE SET version = live_streamversion.version + 1",
            parameters,
        )


def shard_of(topic: str) -> int:
    """PostgreSQL holds a raised row until the commit is on disk: a topic of many writers has several rows."""
    spread = topic in SHARDED and connection.vendor == "postgresql"
    return random.randrange(SHARDS) if spread else 0  # noqa: S311 - spreading, not secrecy
