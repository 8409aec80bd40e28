"""`make bench-exports`: every export of a full day beside a bare Django view, and how long it takes to write it.

The prints are written for a hundred sessions, in a process of their own.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass

import httpx
import uvloop

from bench.requests import UNCHANGED, Load
from bench.servers import Served, serving

ROUNDS = 5
SECONDS = 1.0
CONNECTIONS = 16
LEAST = 0.2
LEAST_KNOWN = 0.8
EXPORT = "/kogk18/export/"
FILES = ("schedule.xml", "schedule.json", "programme.ics", "changes.atom", "programme.csv", "programme.xlsx",
         "giggity.json")
PDF_SECONDS = 1.0


@dataclass(frozen=True)
class Row:
    """One figure beside the bare view; `least` is the ratio to reach."""

    name: str
    load: Load
    least: float


async def rates_of(bare: Load, rows: list[Row]) -> tuple[float, list[float]]:
    """Medians of short rounds in turn, so that all meet the same machine."""
    found: list[list[float]] = [[] for _ in range(len(rows) + 1)]
    for _ in range(ROUNDS):
        for place, load in enumerate([bare, *(row.load for row in rows)]):
            found[place].append(await load.run(connections=CONNECTIONS, seconds=SECONDS))
    first, *others = (statistics.median(rates) for rates in found)
    return first, others


async def first_times(served: Served) -> dict[str, float]:
    """Milliseconds of the first call of each file, which writes it."""
    found = {}
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{served.port}", timeout=60) as client:
        for name in (*FILES, "programme.pdf", "plan.pdf"):
            begun = time.perf_counter()
            (await client.get(EXPORT + name)).raise_for_status()
            found[name] = (time.perf_counter() - begun) * 1000
    return found


def print_times() -> dict[str, float]:
    """Seconds to write each print of a programme with a hundred sessions, the median of some."""
    with tempfile.TemporaryDirectory(prefix="offenraum-bench-") as folder:
        environment = os.environ | {"OFFENRAUM_DATA": folder, "OFFENRAUM_SECRET": "bench" * 10}
        said = subprocess.run([sys.executable, "-m", "bench.paper"], check=True, capture_output=True, env=environment)
    found: dict[str, float] = json.loads(said.stdout)
    return found


async def tag_of(served: Served, name: str) -> str:
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{served.port}") as client:
        return (await client.get(EXPORT + name)).headers["ETag"]


async def run() -> int:
    with serving("bench.live_server", "--demo", "finished") as served:
        await served.wait()
        written = await first_times(served)
        rows = [Row(name, Load(served.port, EXPORT + name), LEAST) for name in FILES]
        tag = await tag_of(served, "schedule.xml")
        known = Load(served.port, f"{EXPORT}schedule.xml", tag=tag, status=UNCHANGED)
        rows.append(Row("schedule.xml, 304", known, LEAST_KNOWN))
        bare, rates = await rates_of(Load(served.port, "/bench/bare"), rows)
    print(f"bare Django view {bare:>24.0f}/s")
    missed = 0
    for row, rate in zip(rows, rates, strict=True):
        missed += rate / bare < row.least
        print(f"{row.name:<20}{rate:>21.0f}/s{rate / bare:>8.2f}x, at least {row.least}x")
    for name, milliseconds in written.items():
        print(f"{name:<20}{milliseconds:>21.0f} ms to write it for the first time")
    papers = print_times()
    for name, seconds in papers.items():
        print(f"{name:<20}{seconds * 1000:>21.0f} ms for 100 sessions, at most {PDF_SECONDS * 1000:.0f} ms")
    return int(missed > 0 or max(papers.values()) > PDF_SECONDS)


if __name__ == "__main__":
    sys.exit(uvloop.run(run()))
