import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.servers import PROGRAM, Server


@pytest.fixture
def installation(tmp_path: Path) -> Server:
    server = Server(data=tmp_path)
    server.migrate()
    return server


def test_work_once_ends_when_nothing_is_due(installation: Server) -> None:
    assert installation.run("work", "--once") == ""


@pytest.mark.parametrize("number", [signal.SIGTERM, pytest.param(signal.SIGINT, marks=pytest.mark.long)])
def test_work_ends_in_order_when_asked(installation: Server, number: signal.Signals) -> None:
    process = subprocess.Popen([*PROGRAM, "work"], env=installation.environment, stderr=subprocess.PIPE)
    wait_until_connected(process, installation.file)
    process.send_signal(number)
    assert (process.wait(60), process.stderr.read() if process.stderr else None) == (0, b"")


def wait_until_connected(process: subprocess.Popen[bytes], file: Path) -> None:
    """Until the worker has the database open, that is, until it is in its loop: SQLite keeps a log beside it then."""
    deadline = time.monotonic() + 60
    while not file.with_name(f"{file.name}-wal").exists():
        assert process.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.02)
