"""Votes through the real action in one process; `python -m bench.commits single|together THREADS` prints their rate."""

from __future__ import annotations

import os
import sys
import threading
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from itertools import count

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "offenraum.project.settings")
django.setup()

from django.db import connection, transaction  # noqa: E402

from offenraum.barcamp.actions.interest import Wish, show_interests  # noqa: E402
from offenraum.barcamp.models import Topic  # noqa: E402
from offenraum.kit import group_commit  # noqa: E402
from tests.builders import open_a_round  # noqa: E402
from tests.day import NOON, make_conference, make_seats, make_topics, set_clock  # noqa: E402

SECONDS = 4.0
SEATS, TOPICS = 200, 40


def stage() -> tuple[list[int], list[int]]:
    """Seats and topics of a running round."""
    with transaction.atomic():
        conference = set_clock(make_conference("kogk18"), NOON)
        topics = [topic.pk for topic in make_topics(conference, TOPICS)]
        Topic.objects.filter(pk__in=topics).update(state=Topic.State.RELEASED)
        open_a_round(conference, pitches=1)
        return [seat.pk for seat in make_seats(conference, SEATS)], topics


def main(way: str, threads: int) -> float:
    seats, topics = stage()
    numbers, done = count(), [0] * threads
    ends_at = time.perf_counter() + SECONDS
    start = threading.Barrier(threads)

    def vote(thread: int) -> None:
        start.wait()
        while time.perf_counter() < ends_at:
            number = next(numbers)
            topic, seat = topics[number // SEATS % TOPICS], seats[number % SEATS]
            group_commit.durable_together(show_interests, Wish(topic, seat, 1, uuid.uuid4(), NOON))
            done[thread] += 1
        connection.close()

    if way == "together":
        group_commit.start()
    started = time.perf_counter()
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(vote, range(threads)))
    seconds = time.perf_counter() - started
    group_commit.stop()
    return sum(done) / seconds


if __name__ == "__main__":
    print(main(sys.argv[1], int(sys.argv[2])))
