"""`offenraum migrate`: bring the database to the form that this version needs."""

from __future__ import annotations

import argparse
import os
import sys

from django.conf import settings
from django.core.management import call_command
from django.utils.translation import gettext as _


def main(argv: list[str]) -> int:
    """Create or upgrade the database; without changes it does nothing."""
    argparse.ArgumentParser(prog="offenraum migrate", description=__doc__).parse_args(argv)
    migrate()
    sys.stdout.write(_("The database is up to date.") + "\n")
    return 0


def migrate() -> None:
    """Make the data folder and the database, which nobody else may read, and apply what is missing."""
    os.umask(0o077)
    settings.DATA.mkdir(mode=0o700, parents=True, exist_ok=True)
    call_command("migrate", interactive=False, verbosity=0)
