"""`python -m offenraum.project.child <command> …`: a command that ends together with the process that started it."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time

from offenraum.project.command import main

GRACE_SECONDS = 10


def end_with_parent() -> None:
    """Our standard input ends when the parent is gone: ask ourselves to end, then insist."""
    while os.read(sys.stdin.fileno(), 64):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE_SECONDS)
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=end_with_parent, name="parent", daemon=True).start()
    sys.exit(main(sys.argv[1:]))
