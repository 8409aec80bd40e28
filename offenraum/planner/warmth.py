"""Where machine code is kept, and whether it is there already: compiling takes half a minute, loading half a second."""

from __future__ import annotations

import fcntl
import hashlib
import importlib.metadata
import os
import platform
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

HERE = Path(__file__).resolve().parent
COMPILED = (
    "anneal",
    "cells",
    "compiled",
    "contents",
    "covering",
    "estimate",
    "filling",
    "moves",
    "resize",
    "seats",
    "state",
    "tables",
)
PREFIX = "machine-code-"


def code_folder() -> Path | None:
    """The folder for the machine code of exactly these sources and compiler; None when none can be written."""
    for parent in (HERE / "__pycache__", Path.home() / ".cache" / "offenraum"):
        folder = parent / f"{PREFIX}{code_digest()[:16]}"
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            continue
        if os.access(folder, os.W_OK):
            return folder
    return None


def code_digest() -> str:
    """A name for everything that the machine code depends on; the compiler also looks at the files' times."""
    digest = hashlib.sha256()
    for name in COMPILED:
        source = HERE / f"{name}.py"
        digest.update(source.read_bytes())
        digest.update(str(source.stat().st_mtime_ns).encode())
    digest.update(str(HERE).encode())
    for package in ("numba", "llvmlite", "numpy"):
        digest.update(importlib.metadata.version(package).encode())
    digest.update(f"{platform.python_version()} {platform.machine()} {platform.processor()}".encode())
    return digest.hexdigest()


def is_warm() -> bool:
    """Whether the machine code is complete."""
    folder = code_folder()
    return folder is not None and (folder / "complete").is_file()


@contextmanager
def alone() -> Iterator[None]:
    """Only one process compiles at a time."""
    folder = code_folder()
    if folder is None:
        yield
        return
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def mark_warm() -> None:
    """Note that the machine code is complete, and throw away that of older sources."""
    folder = code_folder()
    if folder is None:
        return
    (folder / "complete").touch()
    for old in folder.parent.glob(f"{PREFIX}*"):
        if old != folder:
            shutil.rmtree(old, ignore_errors=True)
