"""The server of the demonstration: `offenraum serve` as a process of its own, which ends with us."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

from offenraum.project.options import PREFIX
from offenraum.project.robots.browser import Browser
from offenraum.project.robots.wire import Site, Unreachable

START_SECONDS = 40.0
STOP_SECONDS = 15.0
LOG_LINES = 15


class NotServing(Exception):
    """The server did not start, or ended by itself; the message holds its last words."""


def is_free(port: int) -> bool:
    """Whether we can listen on this port."""
    with socket.socket(socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def free_port() -> int:
    """Any port that nobody uses."""
    with socket.socket(socket.AF_INET) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class ServerProcess:
    """One `offenraum serve` on the folder of this process's settings."""

    def __init__(self, *, port: int, folder: Path, arguments: tuple[str, ...] = ()) -> None:
        self.port = port
        self.log = folder / "serve.log"
        self.arguments = arguments
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start and wait for the first answer. In a session of its own, so that Ctrl-C reaches only us."""
        command = [sys.executable, "-m", "offenraum.project.child", "serve", "--port", str(self.port), *self.arguments]
        environment = os.environ | {f"{PREFIX}ADDRESS": self.url}
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(  # noqa: S603 - our own program
                command, stdin=subprocess.PIPE, stdout=log, stderr=log, env=environment, start_new_session=True
            )
        deadline = time.monotonic() + START_SECONDS
        while not asyncio.run(answers(self.url)):
            self.check()
            if time.monotonic() > deadline:
                raise NotServing(self.last_words())
            time.sleep(0.05)

    def check(self) -> None:
        """Raise when the server has ended."""
        if self.process is None or self.process.poll() is not None:
            raise NotServing(self.last_words())

    def last_words(self) -> str:
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-LOG_LINES:])

    def stop(self) -> None:
        """Ask it to end, then insist."""
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process = None


async def answers(url: str) -> bool:
    """Whether a server answers at this address."""
    browser = Browser(Site.at(url))
    try:
        return (await browser.get("/impressum")).status < 500
    except Unreachable:
        return False
    finally:
        browser.close()
