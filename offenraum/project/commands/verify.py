"""`offenraum verify`: whether a backup, or the database itself, is whole."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from offenraum.project.backup.archive import Broken
from offenraum.project.backup.databases import Unable, faults_of_sqlite
from offenraum.project.backup.making import verify
from offenraum.project.checks.database import check_database
from offenraum.project.checks.findings import Problem


def main(argv: list[str]) -> int:
    """Say `ok` and what is there, or each fault."""
    parser = argparse.ArgumentParser(prog="offenraum verify", description=__doc__)
    parser.add_argument("file", type=Path, nargs="?", metavar="FILE", help="a backup; without it the database itself")
    given = parser.parse_args(argv)
    try:
        said, faults = look_at_backup(given.file) if given.file else look_at_database()
    except (Broken, Unable, Problem, OSError) as error:
        said, faults = "", [str(error)]
    for fault in faults:
        sys.stderr.write(f"offenraum verify: {fault}\n")
    if not faults:
        sys.stdout.write(f"ok: {said}\n")
    return 1 if faults else 0


def look_at_backup(file: Path) -> tuple[str, list[str]]:
    about, faults = verify(file)
    return _("version %(program)s, %(made_at)s, %(rows)d rows in %(tables)d tables") % {
        "program": about.program, "made_at": about.made_at[:16], "rows": sum(about.counts.values()),
        "tables": len(about.counts),
    }, faults


def look_at_database() -> tuple[str, list[str]]:
    said = check_database()
    is_sqlite = connection.vendor == "sqlite"
    return said, faults_of_sqlite(Path(settings.DATABASES["default"]["NAME"])) if is_sqlite else []
