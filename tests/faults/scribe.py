"""Processes that write much on the database of the environment: `python -m tests.faults.scribe PROCESSES MODE`."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "offenraum.project.settings")
django.setup()

from django.db import OperationalError, connection, transaction  # noqa: E402

from offenraum.kit.group_commit import durable  # noqa: E402
from offenraum.people.models import Account  # noqa: E402

COUNT = 150


def look_and_add(*, email: str) -> None:
    """Read first, then write: what a transaction that begins as a reader cannot do beside others."""
    assert not Account.objects.filter(email=email).exists()
    Account.objects.create(email=email)


def atomically(action: Callable[..., None], **values: str) -> None:
    transaction.atomic(action)(**values)


def write(name: str) -> int:
    """Write by turns in the ways the product does; returns how often the database was locked."""
    locked = 0
    ways = (durable, atomically)
    for number in range(COUNT):
        try:
            ways[number % 2](look_and_add, email=f"{name}-{number}@example.org")
        except OperationalError:
            locked += 1
    return locked


def begin(name: str, start: int, ours: int) -> int:
    """Let a copy of this process write as soon as `start` is closed, and say how often it met a lock; its id."""
    if number := os.fork():
        return number
    code = 1
    try:
        os.close(ours)
        os.read(start, 1)
        os.write(1, f"{write(name)}\n".encode())
        code = 0
    except Exception:
        traceback.print_exc()
    finally:
        os._exit(code)


def main(processes: int) -> int:
    """Let all begin at the same moment; 0 when all came to their end."""
    start, ours = os.pipe()
    begun = [begin(f"writer{number}", start, ours) for number in range(processes)]
    os.close(ours)
    return min(1, sum(os.waitpid(number, 0)[1] for number in begun))


if __name__ == "__main__":
    connection.settings_dict["OPTIONS"]["transaction_mode"] = sys.argv[2]
    sys.exit(main(int(sys.argv[1])))
