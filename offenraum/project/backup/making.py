"""Making a backup and looking at one."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _

from offenraum.project.backup.archive import SECRET, About, Broken, pack, unpack
from offenraum.project.backup.databases import (
    POSTGRES,
    SQLITE,
    Unable,
    faults_of_postgres,
    faults_of_sqlite,
    look_at_sqlite,
    name_of_database,
    take,
)
from offenraum.project.ledger import NAME as LEDGER
from offenraum.project.ledger import ledger_file, mirror

MEDIA: Final = "medien"
OPTIONS: Final = "offenraum.toml"
PREFIX: Final = "offenraum-"
SUFFIX: Final = ".tar"


def make_backup(target: Path, *, with_secret: bool, now: datetime) -> tuple[Path, About]:
    """Write a backup to a file, or into a folder under a name with the time; returns where it is and what is in it."""
    file = target / f"{PREFIX}{now:%Y-%m-%d-%H%M%S}{SUFFIX}" if target.is_dir() else target
    if file.exists():
        raise Unable(_("%(file)s exists already. Please name another file, or a folder.") % {"file": file})
    if not file.parent.is_dir():
        raise Unable(_("There is no folder %(folder)s.") % {"folder": file.parent})
    with tempfile.TemporaryDirectory(dir=file.parent, prefix=".offenraum-") as folder:
        copy = Path(folder) / name_of_database()
        counts, migrations = take(copy)
        if faults := faults_of(copy):
            raise Unable(_("The database is damaged: %(faults)s") % {"faults": "; ".join(faults[:5])})
        about = About(
            made_at=now.isoformat(), program=version("offenraum"), database=connection.vendor,
            migrations=migrations, counts=counts,
        )
        mirror()
        files = {copy.name: copy} | others(with_secret=with_secret)
        return file, pack(file, about=about, files=files)


def others(*, with_secret: bool) -> dict[str, Path]:
    """What belongs to an installation beside its database; the secret only when it is asked for."""
    data = Path(settings.DATA)
    media = {str(path.relative_to(data)): path for path in sorted((data / MEDIA).rglob("*")) if path.is_file()}
    named = {LEDGER: ledger_file()} | ({SECRET: data / SECRET, OPTIONS: data / OPTIONS} if with_secret else {})
    return media | {name: path for name, path in named.items() if path.is_file()}


def faults_of(file: Path) -> list[str]:
    return faults_of_sqlite(file) if file.name == SQLITE else faults_of_postgres(file)


def examine(folder: Path, about: About) -> list[str]:
    """What is wrong with an unpacked backup: the database, its counts, or a version that this program does not know."""
    file = folder / (SQLITE if about.database == "sqlite" else POSTGRES)
    if not file.is_file():
        return [_("The database is missing.")]
    faults = faults_of(file)
    if not faults and about.database == "sqlite" and look_at_sqlite(file) != (about.counts, about.migrations):
        faults = [_("The rows are not those that were counted.")]
    return faults + unknown(about.migrations)


def unknown(migrations: Iterable[str]) -> list[str]:
    """Migrations of a newer program."""
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    own = [one for one in migrations if one.split(".")[0] in {name.split(".")[0] for name in known}]
    newer = [one for one in own if one not in known]
    if not newer:
        return []
    return [_("It was made by a newer version (%(names)s): update the program first.") % {"names": ", ".join(newer)}]


def verify(source: Path) -> tuple[About, list[str]]:
    """Unpack a backup for a look and throw it away again; raises Broken."""
    with tempfile.TemporaryDirectory(prefix="offenraum-verify-") as folder:
        about = unpack(source, Path(folder))
        return about, examine(Path(folder), about)


def remove_old(folder: Path, *, keep_days: int, now: datetime) -> list[Path]:
    """Delete backups in a folder that are older; what has another name is none of ours."""
    before = now - timedelta(days=keep_days)
    old = [file for file in sorted(folder.glob(f"{PREFIX}*{SUFFIX}")) if made_at(file) < before]
    for file in old:
        file.unlink()
    return old


def made_at(file: Path) -> datetime:
    return datetime.fromtimestamp(file.stat().st_mtime, UTC)


__all__ = ["Broken", "examine", "make_backup", "remove_old", "verify"]
