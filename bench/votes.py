"""`make bench-votes`: durable votes a second beside one commit a request and a raw fsync; a hall that votes at once.

Ratios are of one run. The limits in milliseconds are meant for an otherwise idle machine; its load is printed.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import uvloop

from bench.hall import Hall, Seen
from tests.servers import Server

THREADS = (8, 12, 16)
RATIO = 2.5
SIZES = {1000: (150.0, 300.0), 5000: (250.0, 400.0)}
"""People: vote p99 and event p99 in milliseconds; events wait for a tick of 200 ms."""


def main() -> int:
    """Print every figure; 1 when a target was missed."""
    parser = argparse.ArgumentParser(prog="make bench-votes", description=__doc__)
    parser.add_argument("--people", type=int, nargs="*", default=list(SIZES))
    given = parser.parse_args()
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    print(f"load of the machine {os.getloadavg()[0]:.1f}, {os.cpu_count()} processors")
    missed = measure_commits() + sum(measure_hall(people) for people in given.people)
    print(f"{missed} targets missed")
    return int(missed > 0)


def measure_commits() -> int:
    """Votes a second through the action, each with its own commit and through the writer."""
    with tempfile.TemporaryDirectory(prefix="offenraum-bench-") as folder:
        print(f"raw fsync of 4 KB: {raw_syncs(Path(folder)):.0f} a second")
        print(f"{'threads':>8}{'one by one':>14}{'together':>12}{'ratio':>8}{'target':>8}   votes a second")
        missed = 0
        for threads in THREADS:
            single, together = (commits(Path(folder), way, threads) for way in ("single", "together"))
            missed += together / single < RATIO
            print(f"{threads:>8}{single:>14.0f}{together:>12.0f}{together / single:>7.2f}x{RATIO:>7.1f}x")
    return missed


def raw_syncs(folder: Path, seconds: float = 1.0) -> float:
    """How often the disk says in a second that 4 KB are stored."""
    descriptor = os.open(folder / "raw", os.O_CREAT | os.O_WRONLY)
    count, started = 0, time.perf_counter()
    while time.perf_counter() - started < seconds:
        os.write(descriptor, bytes(4096))
        os.fsync(descriptor)
        count += 1
    os.close(descriptor)
    return count / (time.perf_counter() - started)


def commits(folder: Path, way: str, threads: int) -> float:
    """Votes a second of `bench.commits` in a process and a database of its own."""
    data = folder / f"{way}{threads}"
    data.mkdir()
    server = Server(data=data)
    server.run("migrate")
    command = [sys.executable, "-m", "bench.commits", way, str(threads)]
    return float(subprocess.run(command, env=server.environment, check=True, capture_output=True, text=True).stdout)


def measure_hall(people: int) -> int:
    """Everybody watches the stream, everybody votes within ten seconds; the desk calls pitches meanwhile."""
    with tempfile.TemporaryDirectory(prefix="offenraum-bench-") as folder:
        server = Server(data=Path(folder), options={"OFFENRAUM_CONNECTIONS": str(3 * people)})
        server.run("migrate")
        staged = subprocess.run(
            [sys.executable, "-m", "tests.faults.stage", str(people), "40"],
            env=server.environment, check=True, capture_output=True, text=True,
        )
        server.start()
        try:
            seen = uvloop.run(Hall(server, json.loads(staged.stdout)).vote_within(10))
        finally:
            server.stop()
    return report(people, seen)


def report(people: int, seen: Seen) -> int:
    vote_limit, event_limit = SIZES.get(people, (250.0, 400.0))
    vote, event = seen.percentile(seen.votes, 0.99), seen.percentile(seen.events, 0.99)
    print(
        f"{people} people, {len(seen.votes)} votes: p50 {seen.percentile(seen.votes, 0.5):.0f} ms, "
        f"p99 {vote:.0f} ms (target {vote_limit:.0f}); {len(seen.events)} events: p99 {event:.0f} ms "
        f"(target {event_limit:.0f}); lost {seen.lost}, refused {seen.refused}; server {seen.server_cpu:.1f} s of CPU, "
        f"load client {seen.client_cpu:.1f} s, {seen.seconds:.1f} s in all"
    )
    return (vote > vote_limit) + (event > event_limit) + (seen.lost > 0) + (seen.refused > 0)


if __name__ == "__main__":
    sys.exit(main())
