"""Pages over a million readings, in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys

from bench.sensors.served import environment_of
from bench.sensors.told import told


def million(folder: str) -> int:
    """Print the figures; the targets missed."""
    made = subprocess.run(
        [sys.executable, "-m", "bench.sensors.full"], env=environment_of(folder), check=True, capture_output=True,
        text=True,
    )
    seen = json.loads(made.stdout.splitlines()[-1])
    print(f"{seen['readings']:,} readings, {seen['rollups']:,} rollups")
    missed = 0
    for path, (count, milliseconds) in seen["after"].items():
        before_count, before_milliseconds = seen["before"][path]
        print(f"  {path}: {count} questions ({before_count} before), {milliseconds:.0f} ms "
              f"({before_milliseconds:.0f} ms before), nothing kept")
        missed += count > before_count
        missed += told(f"{path}, rendered anew", milliseconds, "ms", 300)
    first, whole, lines = seen["file"]
    print(f"  {lines:,} lines of CSV, the first after {first:.2f} s, the last after {whole:.1f} s")
    return missed
