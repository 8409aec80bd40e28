"""`make bench-registration`: 500 applicants for 220 places at the same moment, over HTTP on SQLite, one process.

Beside it a bare loop that inserts as many rows, each with its own commit. The limit in milliseconds is meant for an
otherwise idle machine; its load is printed.
"""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.servers import PROGRAM, Server

APPLICANTS, PLACES, MOST_P99_MS = 500, 220, 2000.0
FILL = "import django; django.setup(); from tests.day import make_conference; make_conference('kogk18')"


def main() -> int:
    """Print every figure; 1 when a target was missed."""
    print(f"load of the machine {os.getloadavg()[0]:.1f}, {os.cpu_count()} processors")
    with tempfile.TemporaryDirectory(prefix="offenraum-bench-") as folder:
        bare = bare_inserts(Path(folder) / "bare.sqlite3")
        server = Server(data=Path(folder))
        server.run("migrate")
        environment = server.environment | {"DJANGO_SETTINGS_MODULE": "offenraum.project.settings"}
        subprocess.run([sys.executable, "-c", FILL], env=environment, check=True)
        server.start()
        try:
            report, cpu = burst(server)
        finally:
            server.stop()
    print(f"bare loop: {APPLICANTS} rows, each with its commit, in {bare:.2f} s")
    print(json.dumps(report))
    print(f"CPU of the server for all of it: {cpu:.1f} s; p99 of a registration {report['register_p99_ms']:.0f} ms, "
          f"target {MOST_P99_MS:.0f} ms")
    is_right = (report["confirmed"], report["waiting"], report["oversold"], report["errors"], report["order_kept"]) == (
        PLACES, APPLICANTS - PLACES, 0, 0, True,
    )
    return int(not is_right or report["register_p99_ms"] > MOST_P99_MS)


def bare_inserts(file: Path) -> float:
    """Seconds for as many rows in a table of one column."""
    with sqlite3.connect(file, isolation_level=None) as opened:
        opened.execute("PRAGMA journal_mode=WAL")
        opened.execute("PRAGMA synchronous=FULL")
        opened.execute("CREATE TABLE person (name TEXT)")
        started = time.perf_counter()
        for number in range(APPLICANTS):
            opened.execute("INSERT INTO person VALUES (?)", [f"Robot {number}"])
        return time.perf_counter() - started


def burst(server: Server) -> tuple[dict[str, float], float]:
    """The report of the rehearsal, and what the server computed for it."""
    before = server.cpu_seconds
    asked = ["--registration", str(APPLICANTS), "--places", str(PLACES), "--json", "--url", server.url]
    finished = subprocess.run(
        [*PROGRAM, "rehearse", *asked],
        env=server.environment, check=False, capture_output=True, text=True,
    )
    if not finished.stdout:
        sys.exit(finished.stderr)
    report: dict[str, float] = json.loads(finished.stdout)
    return report, server.cpu_seconds - before


if __name__ == "__main__":
    sys.exit(main())
