"""`make bench-pages`: programme page and cached region beside a bare Django view; the stream beside slow pages."""

from __future__ import annotations

import asyncio
import statistics
import sys
from dataclasses import dataclass

import uvloop

from bench.requests import Load
from bench.servers import Served, serving
from bench.streams import Fleet

ROUNDS = 5
SECONDS = 1.5
CONNECTIONS = 16
STREAMS = 220
PUSHES = 40
PROGRAMME = "/kogk18/programm"
REGION = "/frag/kogk18/programme/de/0"


@dataclass(frozen=True)
class Row:
    """One figure beside the bare view; `least` is the ratio to reach."""

    name: str
    path: str
    least: float


ROWS = [
    Row("programme page", PROGRAMME, 0.3),
    Row("session page", "/kogk18/session/1", 0.3),
    Row("cached region", REGION, 6.0),
]


async def answers_per_second(served: Served, paths: list[str]) -> dict[str, float]:
    """Medians of short rounds in turn, so that all meet the same machine."""
    found: dict[str, list[float]] = {path: [] for path in paths}
    for _ in range(ROUNDS):
        for path in paths:
            found[path].append(await Load(served.port, path).run(connections=CONNECTIONS, seconds=SECONDS))
    return {path: statistics.median(rates) for path, rates in found.items()}


async def compare_pages() -> int:
    with serving("bench.live_server", "--demo", "finished", "--real-clock") as served:
        await served.wait()
        first = Load(served.port, PROGRAMME)
        await first.run(connections=1, seconds=6)
        rates = await answers_per_second(served, ["/bench/bare", *(row.path for row in ROWS)])
    bare = rates["/bench/bare"]
    print(f"bare Django view {bare:>24.0f}/s")
    missed = 0
    for row in ROWS:
        ratio = rates[row.path] / bare
        missed += ratio < row.least
        print(f"{row.name:<20}{rates[row.path]:>21.0f}/s{ratio:>8.2f}x, at least {row.least}x")
    after = statistics.median(first.times)
    print(f"first programme page {first.times[0] * 1000:>20.1f} ms, then {after * 1000:.1f} ms alone")
    return missed


async def push_times(fleet: Fleet) -> list[float]:
    """Milliseconds until the last stream has an event."""
    times = []
    for _ in range(PUSHES):
        await asyncio.sleep(0.06)
        times.append(max(await fleet.push("/bench/change")) * 1000)
    return sorted(times)


async def slow_page_beside_stream(switch_ms: float) -> None:
    """What pages that compute for 50 ms do to the stream of a hall."""
    with serving("bench.live_server", "--switch-ms", str(switch_ms)) as served:
        await served.wait()
        fleet = Fleet(served.port, "/live/stream?key=bench/board/de/0")
        await fleet.open(STREAMS)
        await fleet.push("/bench/change")
        for users in (0, 2, 8):
            load = Load(served.port, "/bench/slow?ms=50")
            busy = asyncio.create_task(load.run(connections=users, seconds=PUSHES * 0.3)) if users else None
            times = await push_times(fleet)
            if busy:
                load.is_over = True
                busy.cancel()
            middle, late = times[len(times) // 2], times[-2]
            last = f"last of {STREAMS} streams {middle:.0f} ms, p97 {late:.0f} ms"
            print(f"switch interval {switch_ms} ms, {users} slow pages at once: {last}")
            await asyncio.sleep(0.5)


async def run() -> int:
    missed = await compare_pages()
    for switch_ms in (5, 0.5):
        await slow_page_beside_stream(switch_ms)
    return int(missed > 0)


if __name__ == "__main__":
    sys.exit(uvloop.run(run()))
