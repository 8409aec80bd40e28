"""`offenraum restore`: bring a backup back; who had their data deleted since is forgotten again."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from django.conf import settings
from django.db import Error
from django.utils.translation import gettext as _

from offenraum.project.backup.archive import Broken
from offenraum.project.backup.databases import Unable
from offenraum.project.backup.presence import InUse, alone
from offenraum.project.backup.restoring import restore


def main(argv: list[str]) -> int:
    """Restore, and say what is there now; nothing changes unless the backup is whole and nobody is at work."""
    parser = argparse.ArgumentParser(prog="offenraum restore", description=__doc__)
    parser.add_argument("file", type=Path, metavar="FILE", help="a backup")
    parser.add_argument("--replace", action="store_true", help="replace the database that is there")
    given = parser.parse_args(argv)
    settings.DATA.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        with alone(settings.DATA):
            about, forgotten = restore(given.file, replace=given.replace)
    except (Unable, Broken, InUse, OSError, Error) as error:
        sys.stderr.write(f"offenraum restore: {reason(error)}\n")
        return 1
    sys.stdout.write(_("Restored: %(rows)d rows of %(made_at)s.") % {
        "rows": sum(about.counts.values()), "made_at": about.made_at[:16],
    } + "\n")
    sys.stdout.write(_("Forgotten again: %(count)d people.") % {"count": forgotten} + "\n")
    return 0


def reason(error: Exception) -> str:
    if isinstance(error, InUse):
        return _("Offenraum is running on this folder. Please stop serve and work first.")
    return str(error)
