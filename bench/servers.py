"""Servers under measurement, each in a process of its own with a folder of its own."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.postgres import free_port


@dataclass(frozen=True)
class Served:
    """A running server."""

    pid: int
    port: int

    def cpu_seconds(self) -> float:
        """Of all its threads, by the clock that Linux keeps for each process (`clock_getcpuclockid`)."""
        return time.clock_gettime((~self.pid << 3) | 2)

    def resident_kilobytes(self) -> int:
        lines = Path(f"/proc/{self.pid}/status").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS"))

    async def wait(self) -> None:
        """Until it accepts connections."""
        for _ in range(900):
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", self.port)
            except OSError:
                await asyncio.sleep(0.1)
            else:
                writer.close()
                return
        raise TimeoutError("the server does not start")


@contextmanager
def serving(module: str, *arguments: str) -> Iterator[Served]:
    """Run `python -m module PORT …`."""
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="offenraum-bench-") as folder:
        environment = os.environ | {"OFFENRAUM_DATA": folder, "OFFENRAUM_SECRET": "bench" * 10}
        process = subprocess.Popen([sys.executable, "-m", module, str(port), *arguments], env=environment)
        try:
            yield Served(process.pid, port)
        finally:
            process.terminate()
            process.wait()
