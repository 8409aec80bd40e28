"""`make bench-sensors`: codecs beside node, uplinks at a rate and replayed with pages watching, a million readings."""

from __future__ import annotations

import asyncio
import sys
import tempfile

from bench.sensors.codecs import cost, hostile
from bench.sensors.million import million
from bench.sensors.served import one_commit_each, serving
from bench.sensors.uplinks import measured


def main() -> int:
    """Print all figures; 1 when a target is missed."""
    missed = hostile()
    cost()
    with tempfile.TemporaryDirectory(prefix="offenraum-bench-") as folder:
        with serving(folder) as served:
            missed += asyncio.run(measured(served))
        print(f"yardstick: {one_commit_each(folder):.0f} rows/s with one durable commit each in plain sqlite3")
        missed += million(folder)
    return int(missed > 0)


if __name__ == "__main__":
    sys.exit(main())
