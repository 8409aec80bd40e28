"""`offenraum backup`: one file with database and uploaded files, made while everything runs."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.db import Error
from django.utils.translation import gettext as _

from offenraum.project.backup.databases import Unable
from offenraum.project.backup.making import make_backup, remove_old
from offenraum.project.backup.presence import InUse, present
from offenraum.project.bounds import whole


def main(argv: list[str]) -> int:
    """Write the backup and say what is in it."""
    parser = argparse.ArgumentParser(prog="offenraum backup", description=__doc__)
    parser.add_argument("target", type=Path, metavar="FILE|DIR", help="a new file, or a folder")
    parser.add_argument("--with-secret", action="store_true", help="with secret and offenraum.toml: keep it locked up")
    parser.add_argument(
        "--keep-days", type=whole(1, 30), help="delete backups in the folder DIR that are older than so many days"
    )
    given = parser.parse_args(argv)
    now = datetime.now(UTC)
    try:
        with present(settings.DATA):
            file, about = make_backup(given.target, with_secret=given.with_secret, now=now)
    except (Unable, InUse, OSError, Error) as error:
        sys.stderr.write(f"offenraum backup: {reason(error)}\n")
        return 1
    old = remove_old(file.parent, keep_days=given.keep_days, now=now) if given.keep_days else []
    said = _("%(rows)d rows in %(tables)d tables") % {"rows": sum(about.counts.values()), "tables": len(about.counts)}
    sys.stdout.write(f"{file}: {said}\n")
    sys.stdout.writelines(_("deleted: %(file)s") % {"file": one} + "\n" for one in old)
    return 0


def reason(error: Exception) -> str:
    return _("A restore is running on this folder.") if isinstance(error, InUse) else str(error)
