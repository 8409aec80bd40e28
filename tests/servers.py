"""The real program as a process of its own, the way an operator starts it."""

from __future__ import annotations

import os
import secrets
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from tests.migrated import copy_migrated, copy_migrated_database
from tests.postgres import free_port

START_SECONDS = 90
STOP_SECONDS = 30
PROGRAM = [str(Path(sys.executable).with_name("offenraum"))]


@dataclass
class Server:
    """One `offenraum serve` with a data folder of its own; `database` is empty for SQLite in that folder."""

    data: Path
    database: str = ""
    arguments: tuple[str, ...] = ()
    options: dict[str, str] = field(default_factory=dict)
    secret: str = field(default_factory=lambda: secrets.token_urlsafe(50))
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def file(self) -> Path:
        return self.data / "offenraum.sqlite3"

    @property
    def log(self) -> str:
        return (self.data / "serve.log").read_text(errors="replace")

    @property
    def environment(self) -> dict[str, str]:
        """The environment of every program that works on this installation."""
        return plain_environment() | {
            "OFFENRAUM_DATA": str(self.data), "OFFENRAUM_DATABASE": self.database, "OFFENRAUM_SECRET": self.secret,
            **self.options,
        }

    def run(self, *arguments: str) -> str:
        """Run another command of the program on this installation and return what it prints."""
        finished = subprocess.run(
            [*PROGRAM, *arguments], env=self.environment, check=False, capture_output=True, text=True, timeout=240
        )
        assert finished.returncode == 0, finished.stdout + finished.stderr
        return finished.stdout

    def migrate(self) -> Server:
        """Give the installation its tables: a copy of what the command has made once in this run."""
        if self.database:
            copy_migrated_database(self.database)
        else:
            copy_migrated(self.file)
        return self

    def start(self) -> Server:
        """Start serving and wait until the first answer."""
        with (self.data / "serve.log").open("ab") as log:
            self.process = subprocess.Popen(
                [*PROGRAM, "serve", "--port", str(self.port), *self.arguments],
                env=self.environment, stdout=log, stderr=log, start_new_session=True,
            )
        self.wait()
        return self

    def wait(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while not self.answers():
            assert self.process is not None
            assert self.process.poll() is None, f"serve ended:\n{self.log}"
            assert time.monotonic() < deadline, f"serve does not answer:\n{self.log}"
            time.sleep(0.05)

    def answers(self) -> bool:
        try:
            return httpx.get(self.url + "/", timeout=10).status_code < 500
        except httpx.TransportError:
            return False

    @property
    def cpu_seconds(self) -> float:
        """What the server has computed so far; unlike the clock it does not count what else the machine does."""
        assert self.process is not None
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def stop(self) -> None:
        """Ask politely, then insist; the whole group, so that no worker stays behind."""
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()
        self.process = None

    def kill(self) -> None:
        """Kill -9 for the server and the processes it started."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None


def plain_environment() -> dict[str, str]:
    """Our environment without settings of another installation."""
    return {name: value for name, value in os.environ.items() if not name.startswith("OFFENRAUM_")}
