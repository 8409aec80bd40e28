"""`make bench-checkin`: two desks check people in while 1,000 phones hold a stream open.

The limit in milliseconds is meant for an otherwise idle machine; its load is printed beside a raw fsync.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
import uuid
from pathlib import Path

import uvloop

from bench.hall import Hall
from bench.votes import raw_syncs
from offenraum.project.robots.browser import JSON, Browser
from tests.servers import Server

STREAMS = 1000
PEOPLE_A_DESK = 150
DESKS = 2
PAUSE_SECONDS = 0.1
LIMIT_MS = 300.0


async def desk(hall: Hall, numbers: range) -> list[float]:
    """Check one after another in; seconds until each verdict. Everybody in the hall is here: first they leave again."""
    browser, times = Browser(hall.site), []
    browser.cookies["sitzung"] = hall.moderator["cookie"]
    csrf = hall.moderator["csrf"]
    for number in numbers:
        await browser.post(f"/{hall.slug}/checkin/zurueck", {"number": number}, accept=JSON, csrf=csrf)
        await asyncio.sleep(PAUSE_SECONDS)
        started = time.perf_counter()
        answer = await browser.post(
            f"/{hall.slug}/checkin", {"number": number, "key": uuid.uuid4()}, accept=JSON, csrf=csrf
        )
        times.append(time.perf_counter() - started)
        assert answer.json["kind"] == "in", answer.text
    browser.close()
    return times


async def measure(hall: Hall) -> list[float]:
    await hall.open_streams()
    shares = [range(1 + place * PEOPLE_A_DESK, 1 + (place + 1) * PEOPLE_A_DESK) for place in range(DESKS)]
    found = await asyncio.gather(*(desk(hall, share) for share in shares))
    for watcher in hall.watchers:
        watcher.transport.abort()
    return sorted(time for times in found for time in times)


def main() -> int:
    """Print the figures; 1 when the target was missed."""
    parser = argparse.ArgumentParser(prog="make bench-checkin", description=__doc__)
    parser.add_argument("--streams", type=int, default=STREAMS)
    streams = parser.parse_args().streams
    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    with tempfile.TemporaryDirectory(prefix="offenraum-bench-") as folder:
        syncs = raw_syncs(Path(folder))
        server = Server(data=Path(folder), options={"OFFENRAUM_CONNECTIONS": str(3 * streams)})
        server.run("migrate")
        command = [sys.executable, "-m", "tests.faults.stage", str(streams), "40"]
        staged = subprocess.run(command, env=server.environment, check=True, capture_output=True, text=True)
        server.start()
        try:
            times = uvloop.run(measure(Hall(server, json.loads(staged.stdout))))
        finally:
            server.stop()
    p50, p95 = (times[int(len(times) * share)] * 1000 for share in (0.5, 0.95))
    print(
        f"load {os.getloadavg()[0]:.1f}, {os.cpu_count()} processors, raw fsync {syncs:.0f}/s; {streams} streams, "
        f"{len(times)} check-ins at {DESKS} desks: p50 {p50:.0f} ms, p95 {p95:.0f} ms (target {LIMIT_MS:.0f})"
    )
    return int(p95 > LIMIT_MS)


if __name__ == "__main__":
    sys.exit(main())
