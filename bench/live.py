"""`make bench-live`: the stream beside a bare socket loop in the same run; ratios, because machines differ.

Prints CPU per delivery, last client, reconnecting of all and memory a stream, each with the yardstick and the target.
"""

from __future__ import annotations

import asyncio
import os
import resource
import statistics
import sys
import time
from dataclasses import dataclass, field

import uvloop

from bench.servers import serving
from bench.streams import Fleet

SIZES = (1000, 5000)
ROUNDS = 15
KILOBYTES = 12


@dataclass
class Measured:
    """What one server needed for one number of streams."""

    cpu_per_delivery: float = 0.0
    last_client: float = 0.0
    reconnect: float = 0.0
    memory_per_stream: float = 0.0
    last_clients: list[float] = field(default_factory=list)


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
        await warm_up(candidate, served.port)
        fleet = Fleet(served.port, candidate.stream)
        before = served.resident_kilobytes()
        await fleet.open(count)
        memory = (served.resident_kilobytes() - before) / count
        await fleet.push(candidate.trigger)
        cpu, pushes = served.cpu_seconds(), []
        for _ in range(ROUNDS):
            await asyncio.sleep(0.1)
            pushes.append(max(await fleet.push(candidate.trigger)))
        cpu = (served.cpu_seconds() - cpu) / (ROUNDS * count)
        reconnects = []
        for _ in range(3):
            await fleet.close()
            reconnects.append(await fleet.open(count))
        await fleet.close()
    return Measured(cpu * 1e6, statistics.median(pushes) * 1e3, statistics.median(reconnects) * 1e3, memory, pushes)


async def warm_up(candidate: Candidate, port: int) -> None:
    """The first streams pay for what a process sets up once."""
    fleet = Fleet(port, candidate.stream)
    await fleet.open(50)
    await fleet.push(candidate.trigger)
    await fleet.close()


async def run() -> int:
    """Measure all, print all; 1 when a target was missed."""
    started = time.monotonic()
    missed = 0
    print(f"{'streams':>8}  {'figure':<22}{'raw loop':>12}{'Offenraum':>12}{'ratio':>8}{'target':>8}")
    for count in SIZES:
        raw, ours = await measure(RAW, count), await measure(OURS, count)
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
