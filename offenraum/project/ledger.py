"""Who was erased, as digests in a file beside the database: what a restored backup must forget again."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import Final

from django.conf import settings

from offenraum.people.models import Erasure

NAME: Final = "erasures"
Ledger = dict[str, datetime]


def ledger_file() -> Path:
    return Path(settings.DATA) / NAME


def noted() -> Ledger:
    """Digest to time, of all erasures that the database knows."""
    return dict(Erasure.objects.values_list("digest", "erased_at"))


def mirror() -> None:
    """Bring the file up to what the database knows; what it knew before stays until the database forgets it."""
    known = noted()
    if known != read_ledger(ledger_file()):
        write_ledger(ledger_file(), known)


def read_ledger(file: Path) -> Ledger:
    """What a file holds; nothing, when there is none. A line that cannot be read is passed over."""
    found: Ledger = {}
    for line in file.read_text(errors="replace").splitlines() if file.is_file() else []:
        digest, _, moment = line.partition(" ")
        try:
            found[digest] = datetime.fromisoformat(moment)
        except ValueError:
            continue
    return found


def write_ledger(file: Path, ledger: Ledger) -> None:
    """Replace the file in one step; nobody else may read it."""
    fresh = file.with_suffix(".new")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as stream:
        stream.writelines(f"{digest} {moment.isoformat()}\n" for digest, moment in sorted(ledger.items()))
        stream.flush()
        os.fsync(handle)
    fresh.replace(file)
