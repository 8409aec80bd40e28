"""`python -m bench.sensors.full`: fills the device of the benchmark up to a million readings and asks for its pages."""

from __future__ import annotations

import json
import os
import statistics
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "offenraum.project.settings")
django.setup()

from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from offenraum.live.regions import CACHE  # noqa: E402
from offenraum.sensors.models import Channel, Reading, Rollup  # noqa: E402
from offenraum.sensors.rules import SPANS  # noqa: E402

MILLION = 1_000_000
UNTIL = datetime(2018, 9, 3, tzinfo=UTC)
EVERY = timedelta(seconds=30)
TIMES = 15
PAGES = ("/kogk18/sensoren/1", "/kogk18/markt/1", "/kogk18/markt")
ROLLED = """
INSERT INTO sensors_rollup (channel_id, seconds, begins_at, count, total, low, high)
SELECT channel_id, %s, datetime(strftime('%%s', measured_at) / %s * %s, 'unixepoch'), count(*), sum(value), min(value),
max(value) FROM sensors_reading WHERE channel_id = %s AND message_id IS NULL GROUP BY 1, 3
"""


def fill(channel: Channel) -> None:
    """The readings of a year, and what they are counted into."""
    missing = MILLION - Reading.objects.filter(channel=channel).count()
    rows: Iterable[tuple[int, str, float, bool]] = (
        (channel.pk, (UNTIL - EVERY * n).strftime("%Y-%m-%d %H:%M:%S"), 50 + n % 97, True) for n in range(missing)
    )
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO sensors_reading (channel_id, measured_at, value, is_plausible) VALUES (%s, %s, %s, %s)", rows
        )
        for seconds in SPANS:
            cursor.execute(ROLLED, [seconds, seconds, seconds, channel.pk])


def asked() -> dict[str, tuple[int, float]]:
    """For each page how many questions it asks and the median of its milliseconds, with nothing kept from before."""
    client = Client(headers={"accept-language": "de"}, SERVER_NAME="127.0.0.1")
    return {path: (questions(client, path), median_of(lambda path=path: page(client, path))) for path in PAGES}  # type: ignore[misc]


def page(client: Client, path: str) -> None:
    CACHE.held.clear()
    if client.get(path).status_code != 200:
        raise ValueError(path)


def questions(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        page(client, path)
    return len(seen)


def median_of(call: Callable[[], None]) -> float:
    times = []
    for _ in range(TIMES):
        begun = time.perf_counter()
        call()
        times.append((time.perf_counter() - begun) * 1000)
    return statistics.median(times)


def downloaded() -> tuple[float, float, int]:
    """Seconds to the first part of the CSV file and to its end, and its lines."""
    begun = time.perf_counter()
    parts = iter(Client(SERVER_NAME="127.0.0.1").get("/kogk18/sensoren/1/daten.csv"))
    next(parts)
    first, lines = time.perf_counter() - begun, 1 + sum(1 for _ in parts)
    return first, time.perf_counter() - begun, lines


def main() -> None:
    channel = Channel.objects.get()
    before = asked()
    fill(channel)
    after = asked()
    told = {
        "readings": Reading.objects.count(), "rollups": Rollup.objects.count(), "before": before, "after": after,
        "file": downloaded(),
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main()
