"""Who works on a data folder: servers and workers share it, a restore needs it alone."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

NAME: Final = "in-use"


class InUse(Exception):
    """Somebody else is at it."""


@contextmanager
def present(folder: Path) -> Iterator[None]:
    """Say that this process works on the folder; InUse while it is restored. A full disk does not keep it away."""
    with locked(folder, fcntl.LOCK_SH):
        yield


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Keep everybody else away; InUse when a server or worker runs."""
    with locked(folder, fcntl.LOCK_EX):
        yield


@contextmanager
def locked(folder: Path, how: int) -> Iterator[None]:
    """The lock ends with the process that holds it, however it ends."""
    handle = None
    with suppress(OSError):
        handle = os.open(folder / NAME, os.O_RDWR | os.O_CREAT, 0o600)
    if handle is None:
        yield
        return
    try:
        fcntl.flock(handle, how | fcntl.LOCK_NB)
        yield
    except BlockingIOError as error:
        raise InUse from error
    finally:
        os.close(handle)
