"""A database with every migration applied, made once in a test run and copied by whoever needs one."""

from __future__ import annotations

import fcntl
import os
import secrets
import shutil
import subprocess
import sys
from pathlib import Path

SHARED = "TESTS_SHARED"
"""Names the folder that all processes of a test run share."""


def migrated_file() -> Path:
    """The SQLite file; the first process that asks makes it with the real command, the others wait for it."""
    folder = Path(os.environ[SHARED]) / "migrated"
    folder.mkdir(exist_ok=True)
    done = folder / "done"
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            migrate(folder)
            done.touch()
    return folder / "offenraum.sqlite3"


def migrate(data: Path) -> None:
    own = {"OFFENRAUM_DATA": str(data), "OFFENRAUM_SECRET": secrets.token_urlsafe(50)}
    others = {name: value for name, value in os.environ.items() if not name.startswith("OFFENRAUM_")}
    program = Path(sys.executable).with_name("offenraum")
    finished = subprocess.run([program, "migrate"], env=others | own, check=False, capture_output=True, text=True)
    assert finished.returncode == 0, finished.stdout + finished.stderr


def copy_migrated(to: Path) -> None:
    """A database of one's own; readable by nobody else, as the command leaves it."""
    shutil.copyfile(migrated_file(), to)
    to.chmod(0o600)
