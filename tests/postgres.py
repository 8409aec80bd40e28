"""PostgreSQL for tests: a server that already answers on this machine, else a temporary one of our own."""

from __future__ import annotations

import fcntl
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

GIVEN = "TESTS_POSTGRES"
LOCAL = "postgres://postgres@127.0.0.1:5432/postgres"
MISSING = "no PostgreSQL server: install the package `postgresql`"
OWNER = "postgres"


class NoServer(Exception):
    """PostgreSQL is neither running nor installed."""


@dataclass(frozen=True)
class Cluster:
    """A temporary server of our own; `pid` is its postmaster."""

    folder: str
    port: int
    pid: int

    @property
    def url(self) -> str:
        return f"postgres://{OWNER}@127.0.0.1:{self.port}/postgres"

    def stop(self) -> None:
        """Stop the server at once and remove its files."""
        as_owner("pg_ctl", "stop", "-D", self.folder, "-m", "immediate", "-w")
        shutil.rmtree(self.folder, ignore_errors=True)

    def restart(self) -> None:
        """Take the server away from its clients without a goodbye, and bring it back on the same port."""
        as_owner("pg_ctl", "stop", "-D", self.folder, "-m", "immediate", "-w")
        launch(self.folder, self.port)


def start_cluster(*, is_durable: bool = False) -> Cluster:
    """Start a temporary cluster on a free loopback port, trusting everybody on it."""
    folder = tempfile.mkdtemp(prefix="offenraum-postgres-")
    if os.geteuid() == 0:
        shutil.chown(folder, OWNER)
    as_owner("initdb", "-D", folder, "-U", OWNER, "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync", check=True)
    with (Path(folder) / "postgresql.conf").open("a") as file:
        file.write(f"fsync = {'on' if is_durable else 'off'}\nmax_connections = 200\nshared_buffers = 64MB\n")
    port = free_port()
    launch(folder, port)
    pid = int((Path(folder) / "postmaster.pid").read_text().split()[0])
    return Cluster(folder=folder, port=port, pid=pid)


def launch(folder: str, port: int) -> None:
    options = f"-c listen_addresses=127.0.0.1 -c unix_socket_directories='' -p {port}"
    as_owner("pg_ctl", "start", "-D", folder, "-w", "-l", f"{folder}/log", "-o", options, check=True)


def as_owner(program: str, *arguments: str, check: bool = False) -> None:
    """Run a program of PostgreSQL; as its own user when we are root, since it refuses to run as root."""
    command = [find_program(program), *arguments]
    if os.geteuid() == 0:
        command = ["setpriv", f"--reuid={OWNER}", f"--regid={OWNER}", "--clear-groups", *command]
    subprocess.run(command, check=check, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def find_program(name: str) -> str:
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    found = shutil.which(name, path=os.pathsep.join([*map(str, folders), os.environ.get("PATH", "")]))
    if not found:
        raise NoServer(MISSING)
    return found


def free_port() -> int:
    """A port that nobody listens on, below those of connections: none of these takes it before it is used.

    Chromium opens no page at 10080.
    """
    while True:
        port = 11_000 + secrets.randbelow(20_000)
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


def given_server() -> str | None:
    """The server named by the environment, else one that answers on the usual port without a password."""
    if url := os.environ.get(GIVEN):
        return url
    try:
        psycopg.connect(LOCAL, connect_timeout=2).close()
    except psycopg.Error:
        return None
    return LOCAL


def shared_server(shared: Path) -> str:
    """The server of this test run: the first process that asks starts it, the others find it in `shared`."""
    note = shared / "postgres.json"
    with (shared / "postgres.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if note.exists():
            return Cluster(**json.loads(note.read_text())).url
        if url := given_server():
            return url
        cluster = start_cluster()
        note.write_text(json.dumps(cluster.__dict__))
        return cluster.url


def stop_shared_server(shared: Path) -> None:
    note = shared / "postgres.json"
    if note.exists():
        Cluster(**json.loads(note.read_text())).stop()
        note.unlink()


@contextmanager
def fresh_database(server: str, name: str) -> Iterator[str]:
    """An empty database on the server; dropped at the end with all who are still connected."""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    try:
        yield f"{server.rsplit('/', 1)[0]}/{name}"
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def kill_cluster(cluster: Cluster) -> None:
    """The way a server dies: no shutdown at all."""
    os.kill(cluster.pid, signal.SIGKILL)
