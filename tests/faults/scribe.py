"""One process that writes much on the database of the environment: `python -m tests.faults.scribe NAME MODE`."""

from __future__ import annotations

import os
import sys
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


if __name__ == "__main__":
    connection.settings_dict["OPTIONS"]["transaction_mode"] = sys.argv[2]
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    sys.stdout.write(f"{write(sys.argv[1])}\n")
