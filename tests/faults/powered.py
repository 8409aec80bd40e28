"""A process that stores durably on a recorded disk, then loses power: `python -m tests.faults.powered LEVEL CUTS`."""

from __future__ import annotations

import json
import os
import random
import sqlite3
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import django

from tests.faults.powercut import Disk, NoInterface, Promise, cut

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "offenraum.project.settings")

THREADS, EACH = 8, 15
PAGES_BEFORE_CHECKPOINT = 40


def main(level: str, cuts: int) -> dict[str, int]:
    """Record a burst of durable writes at a level of `synchronous`, then look at the disk after each of many cuts."""
    disk = Disk()
    try:
        disk.attach()
    except NoInterface:
        return {}
    django.setup()
    file = record(disk, level)
    chance = random.Random(7)
    found = [look(disk, file.name, chance) for _ in range(cuts)]
    return {
        "cuts": cuts, "promised": sum(promised for promised, _lost, _broken in found),
        "lost": sum(lost for _promised, lost, _broken in found), "broken": sum(broken for *_, broken in found),
    }


def record(disk: Disk, level: str) -> Path:
    """Eight threads store through the writer of `serve` and are told when it is done."""
    from django.db import connection  # noqa: PLC0415  # Django has to be set up before

    from offenraum.kit import group_commit  # noqa: PLC0415
    from offenraum.people.models import Account  # noqa: PLC0415

    options = connection.settings_dict["OPTIONS"]
    options["init_command"] += (
        f"PRAGMA synchronous={level}; PRAGMA wal_autocheckpoint={PAGES_BEFORE_CHECKPOINT};"
    )
    file = Path(connection.settings_dict["NAME"])
    disk.begin_with(file)

    def store(thread: int) -> None:
        for number in range(EACH):
            email = f"{thread}-{number}@example.org"
            group_commit.durable(Account.objects.create, email=email)
            disk.promise(email)

    group_commit.start()
    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(store, range(THREADS)))
    group_commit.stop()
    return file


def look(disk: Disk, name: str, chance: random.Random) -> tuple[int, int, int]:
    """Cut the power at a random moment: how much was promised by then, how much of it is lost, is the file broken."""
    past = disk.events[: chance.randrange(2, len(disk.events) + 1)]
    promised = {event.what for event in past if isinstance(event, Promise)}
    with tempfile.TemporaryDirectory() as folder:
        for file, content in cut(past, chance).items():
            (Path(folder) / file).write_bytes(content)
        opened = sqlite3.connect(f"file:{folder}/{name}?vfs=unix", uri=True)
        try:
            is_broken = opened.execute("PRAGMA integrity_check").fetchall() != [("ok",)]
            found = {email for (email,) in opened.execute("SELECT email FROM people_account")}
        except sqlite3.DatabaseError:
            is_broken, found = True, set()
        opened.close()
    return len(promised), len(promised - found), is_broken


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(sys.argv[1], int(sys.argv[2]))))
