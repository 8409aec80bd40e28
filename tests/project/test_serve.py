"""`offenraum serve` as an operator runs it."""

from __future__ import annotations

import signal
import subprocess
import time
from pathlib import Path

import httpx
import pytest

from tests.conftest import StartServer
from tests.servers import PROGRAM, Server, plain_environment

MEGABYTES_IDLE = 150
MEGABYTES_WITH_WORKER = 170


def family(pid: int) -> list[int]:
    """A process and its children."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    threads = Path(f"/proc/{pid}/task").iterdir()
    children += [child for task in threads for child in (task / "children").read_text().split()]
    return [pid, *sorted({int(child) for child in children if is_alive(int(child))})]


def memory(pid: int, kind: str = "Pss") -> int:
    """Megabytes: `Rss` is resident, `Pss` shares what several processes use among them."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{kind}:")) // 1024


def is_alive(pid: int) -> bool:
    status = Path(f"/proc/{pid}/stat")
    return status.exists() and status.read_text().split()[2] != "Z"


def wait_until_gone(pids: list[int], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while any(is_alive(pid) for pid in pids):
        assert time.monotonic() < deadline, pids
        time.sleep(0.02)


def wait_for_family(server: Server, size: int) -> list[int]:
    assert server.process is not None
    deadline = time.monotonic() + 60
    while len(pids := family(server.process.pid)) < size:
        assert time.monotonic() < deadline, pids
        time.sleep(0.05)
    return pids


def test_serve_without_a_database_names_the_fix(tmp_path: Path) -> None:
    environment = plain_environment() | {"OFFENRAUM_DATA": str(tmp_path)}
    ended = subprocess.run([*PROGRAM, "serve"], env=environment, check=False, capture_output=True, text=True)
    assert (ended.returncode, "offenraum migrate" in ended.stderr) == (1, True)


def test_serve_with_many_processes_needs_postgresql(tmp_path: Path) -> None:
    environment = plain_environment() | {"OFFENRAUM_DATA": str(tmp_path)}
    ended = subprocess.run(
        [*PROGRAM, "serve", "--processes", "2"], env=environment, check=False, capture_output=True, text=True
    )
    assert (ended.returncode, "PostgreSQL" in ended.stderr) == (2, True)


def test_serve_on_a_port_in_use_says_so(start_server: StartServer) -> None:
    server = start_server()
    command = [*PROGRAM, "serve", "--port", str(server.port)]
    ended = subprocess.run(command, env=server.environment, check=False, capture_output=True, text=True)
    assert (ended.returncode, str(server.port) in ended.stderr) == (1, True)


@pytest.mark.parametrize("number", [pytest.param(signal.SIGINT, marks=pytest.mark.long), signal.SIGTERM])
def test_serve_ends_cleanly_with_its_worker(start_server: StartServer, number: signal.Signals) -> None:
    server = start_server()
    pids = wait_for_family(server, 2)
    assert server.process is not None
    server.process.send_signal(number)
    assert server.process.wait(60) == 0
    wait_until_gone(pids, 3)
    assert "Traceback" not in server.log


def test_worker_that_dies_is_started_again(start_server: StartServer) -> None:
    server = start_server()
    _, worker = wait_for_family(server, 2)
    subprocess.run(["kill", "-9", str(worker)], check=True)
    wait_until_gone([worker], 20)
    assert wait_for_family(server, 2)[1] != worker


def test_worker_ends_when_the_server_is_killed(start_server: StartServer) -> None:
    server = start_server()
    pids = wait_for_family(server, 2)
    subprocess.run(["kill", "-9", str(pids[0])], check=True)
    wait_until_gone(pids[1:], 60)


def test_serve_idle_is_small(start_server: StartServer) -> None:
    server = start_server()
    httpx.get(server.url + "/impressum", timeout=60)
    pids = wait_for_family(server, 2)
    time.sleep(2)
    assert memory(pids[0], "Rss") <= MEGABYTES_IDLE
    assert sum(memory(pid) for pid in pids) <= MEGABYTES_WITH_WORKER


def test_one_of_several_processes_that_dies_is_replaced(start_server: StartServer, postgres_url: str) -> None:
    server = start_server(database=postgres_url, arguments=("--processes", "2"))
    pids = wait_for_family(server, 4)
    subprocess.run(["kill", "-9", str(pids[1])], check=True)
    wait_until_gone([pids[1]], 20)
    answers = [httpx.get(server.url + "/impressum", timeout=60) for _ in range(10)]
    assert [answer.status_code for answer in answers] == [200] * 10, server.log
    wait_for_family(server, 4)


def test_several_processes_share_the_secret_and_end_cleanly(start_server: StartServer, postgres_url: str) -> None:
    server = start_server(database=postgres_url, arguments=("--processes", "2"))
    pids = wait_for_family(server, 4)
    environments = [Path(f"/proc/{pid}/environ").read_bytes().split(b"\0") for pid in pids[1:]]
    secrets = [line for lines in environments for line in lines if line.startswith(b"OFFENRAUM_SECRET=")]
    assert (len(secrets), len(set(secrets))) == (3, 1)
    assert server.process is not None
    server.process.send_signal(signal.SIGINT)
    assert server.process.wait(60) == 0
    wait_until_gone(pids, 3)
    assert "Traceback" not in server.log
