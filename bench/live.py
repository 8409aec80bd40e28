"""`make bench-live`: the stream beside a bare socket loop in the same run; ratios, because machines differ.

Prints CPU per delivery, last client, reconnecting of all and memory a stream, each with the yardstick and the target.
What a change costs by itself, with hardly anybody watching, is printed apart: ours is a durable commit, the bus and a
rendering, the raw loop's is nothing. CPU per delivery is what each further stream adds to it.
"""

from __future__ import annotations

import asyncio
import os
import resource
import statistics
import sys
import time
from dataclasses import dataclass

import uvloop

from bench.servers import Served, serving
from bench.streams import Fleet

SIZES = (1000, 5000)
ROUNDS = 30
FEW = 50
KILOBYTES = 12


@dataclass
class Measured:
    """What one server needed for one number of streams."""

    change: float = 0.0
    cpu_per_delivery: float = 0.0
    last_client: float = 0.0
    reconnect: float = 0.0
    memory_per_stream: float = 0.0


@dataclass(frozen=True)
class Candidate:
    """A server, the path of its stream and of its trigger."""

    name: str
    module: str
    stream: str
    trigger: str


RAW = Candidate("raw loop", "bench.raw", "/stream", "/push")
OURS = Candidate("Offenraum", "bench.live_server", "/live/stream?key=bench/board/de/0", "/bench/change")


async def measure(candidate: Candidate, count: int) -> Measured:
    """Open `count` streams, push some events, cut all and let them come back."""
    with serving(candidate.module) as served:
        await served.wait()
        few = Fleet(served.port, candidate.stream)
        await few.open(FEW)
        await few.push(candidate.trigger)
        change, _last = await cost(served, few, candidate)
        await few.close()
        fleet = Fleet(served.port, candidate.stream)
        before = served.resident_kilobytes()
        await fleet.open(count)
        memory = (served.resident_kilobytes() - before) / count
        await fleet.push(candidate.trigger)
        cpu, last = await cost(served, fleet, candidate)
        reconnects = []
        for _ in range(3):
            await fleet.close()
            reconnects.append(await fleet.open(count))
        await fleet.close()
    delivery = (cpu - change) / (count - FEW)
    return Measured(change * 1e6, delivery * 1e6, last * 1e3, statistics.median(reconnects) * 1e3, memory)


async def cost(served: Served, fleet: Fleet, candidate: Candidate) -> tuple[float, float]:
    """CPU seconds of one change, and the median time until the last client has it."""
    cpu, pushes = served.cpu_seconds(), []
    for _ in range(ROUNDS):
        await asyncio.sleep(0.1)
        pushes.append(max(await fleet.push(candidate.trigger)))
    return (served.cpu_seconds() - cpu) / ROUNDS, statistics.median(pushes)


async def run() -> int:
    """Measure all, print all; 1 when a target was missed."""
    started = time.monotonic()
    missed = 0
    print(f"{'streams':>8}  {'figure':<22}{'raw loop':>12}{'Offenraum':>12}{'ratio':>8}{'target':>8}")
    for count in SIZES:
        raw, ours = await measure(RAW, count), await measure(OURS, count)
        print(f"{count:>8}  {'a change by itself, µs':<22}{raw.change:>12.1f}{ours.change:>12.1f}")
        rows = [
            ("CPU per delivery, µs", raw.cpu_per_delivery, ours.cpu_per_delivery, 1.6),
            ("last client, ms", raw.last_client, ours.last_client, 1.7),
            ("all reconnected, ms", raw.reconnect, ours.reconnect, 4.0),
        ]
        for name, yardstick, figure, target in rows:
            missed += figure / yardstick > target
            print(f"{count:>8}  {name:<22}{yardstick:>12.1f}{figure:>12.1f}{figure / yardstick:>7.2f}x{target:>7.1f}x")
        missed += ours.memory_per_stream > KILOBYTES
        memory = f"{raw.memory_per_stream:>12.1f}{ours.memory_per_stream:>12.1f}{KILOBYTES:>16}"
        print(f"{count:>8}  {'memory a stream, KB':<22}{memory}")
    load = os.getloadavg()[0]
    print(f"{time.monotonic() - started:.0f} s; load of the machine {load:.1f}; {missed} targets missed")
    return int(missed > 0)


if __name__ == "__main__":
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    sys.exit(uvloop.run(run()))
