"""`make bench-restart`: how soon a server that was killed in a burst of votes answers again, beside a quiet start."""

from __future__ import annotations

import os
import signal
import statistics
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from tests.faults.crowd import Crowd
from tests.servers import Server

ROUNDS = 7
SEATS = 24
TOPICS = 20
KILL_AFTER = 150
SECONDS = 3.0


def seconds_to_start(server: Server) -> float:
    """From the call of the program to its first answer."""
    begun = time.perf_counter()
    server.start()
    return time.perf_counter() - begun


def killed_in_a_burst(crowd: Crowd) -> int:
    """Kill the server and its worker while votes arrive; how many votes that it acknowledged are missing."""
    server = crowd.server

    def listen(count: int) -> None:
        if count == KILL_AFTER and server.process is not None:
            with suppress(ProcessLookupError):
                os.killpg(server.process.pid, signal.SIGKILL)

    votes = crowd.everything()
    crowd.cast(votes, on_answer=listen)
    server.kill()
    return len(crowd.missing(votes))


def main() -> int:
    """Print both medians; 1 when a start took too long or a vote is missing."""
    quiet, after = [], []
    lost = 0
    with tempfile.TemporaryDirectory(prefix="offenraum-bench-") as folder:
        server = Server(Path(folder))
        server.run("migrate")
        crowd = Crowd.at(server, seats=SEATS, topics=TOPICS)
        for _ in range(ROUNDS):
            quiet.append(seconds_to_start(server))
            server.stop()
            server.start()
            lost += killed_in_a_burst(crowd)
            after.append(seconds_to_start(server))
            server.stop()
    ratio = statistics.median(after) / statistics.median(quiet)
    print(f"load of the machine {os.getloadavg()[0]:.1f}, {ROUNDS} rounds")
    print(f"quiet start, median         {statistics.median(quiet):6.2f} s")
    print(f"start after kill -9, median {statistics.median(after):6.2f} s, {ratio:.2f}x, at most {SECONDS} s")
    print(f"start after kill -9, worst  {max(after):6.2f} s")
    print(f"acknowledged votes lost     {lost:6}")
    return int(lost > 0 or statistics.median(after) > SECONDS)


if __name__ == "__main__":
    sys.exit(main())
