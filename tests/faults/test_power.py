"""The power goes at any moment: what was acknowledged is still there, and the file is whole."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.servers import Server

CUTS = 200 if os.environ.get("TESTS_LONG") else 30


def cut_power(data: Path, level: str) -> dict[str, int]:
    server = Server(data=data)
    server.migrate()
    finished = subprocess.run(
        [sys.executable, "-m", "tests.faults.powered", level, str(CUTS)],
        env=server.environment, check=True, capture_output=True, text=True,
    )
    result: dict[str, int] = json.loads(finished.stdout)
    if not result:
        pytest.skip("this Python's SQLite cannot be given another disk")
    return result


def test_power_cuts_lose_nothing_acknowledged(tmp_path: Path) -> None:
    result = cut_power(tmp_path, "FULL")
    assert (result["lost"], result["broken"]) == (0, 0)
    assert result["promised"] > CUTS


def test_power_cuts_would_lose_much_without_full_synchronisation(tmp_path: Path) -> None:
    """The negative control: SQLite's usual setting for this kind of file."""
    assert cut_power(tmp_path, "NORMAL")["lost"] > 0
