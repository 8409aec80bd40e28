"""The machine: its clock and its disk."""

from __future__ import annotations

import os
import shutil
import tempfile
from datetime import UTC, datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import gettext as _

from offenraum.project.checks.database import MEGABYTE, database_file, fix_of_database, value_of
from offenraum.project.checks.findings import Note, Problem

LEAST_FREE: Final = 200 * MEGABYTE
LITTLE_FREE: Final = 1024 * MEGABYTE
MOST_SKEW: Final = timedelta(seconds=2)


def check_clock() -> str:
    """This machine's clock agrees with the database server's, and is not behind what the database has seen."""
    file = database_file()
    if file and not file.is_file():
        raise Note(_("Not compared: there is no database."), "offenraum init")
    try:
        skew = measured_skew()
        latest = MigrationRecorder.Migration.objects.order_by("-applied").values_list("applied", flat=True).first()
    except DatabaseError:
        raise Note(_("Not compared: the database does not answer."), fix_of_database()) from None
    behind = latest - datetime.now(UTC) if latest else timedelta()
    if abs(skew) > MOST_SKEW or behind > MOST_SKEW:
        raise Problem(
            _("The clock is wrong by %(seconds)d seconds.") % {"seconds": max(abs(skew), behind).total_seconds()},
            "timedatectl set-ntp true",
        )
    return _("%(now)s, %(skew).1f s from the database's") % {
        "now": datetime.now(UTC).astimezone().strftime("%Y-%m-%d %H:%M:%S %z"), "skew": skew.total_seconds()
    }


def measured_skew() -> timedelta:
    """The database server's clock against the middle of the question's way there and back."""
    before = datetime.now(UTC)
    is_sqlite = connection.vendor == "sqlite"
    seconds = "(julianday('now') - 2440587.5) * 86400.0" if is_sqlite else "extract(epoch from clock_timestamp())"
    there = value_of(f"SELECT {seconds}")
    after = datetime.now(UTC)
    return datetime.fromtimestamp(float(there), UTC) - (before + (after - before) / 2)


def check_disk() -> str:
    """The data folder can be written, durably, and has room."""
    folder = settings.DATA
    if not folder.is_dir():
        raise Problem(_("There is no data folder %(folder)s.") % {"folder": folder}, "offenraum init")
    try:
        with tempfile.NamedTemporaryFile(dir=folder) as probe:
            probe.write(b"x")
            probe.flush()
            os.fsync(probe.fileno())
        free = shutil.disk_usage(folder).free
    except OSError as error:
        raise Problem(
            _("The data folder cannot be written: %(error)s") % {"error": error},
            _("Give %(folder)s to the user that runs Offenraum") % {"folder": folder},
        ) from error
    said = _("%(free)d MB free") % {"free": free // MEGABYTE}
    if free < LEAST_FREE:
        raise Problem(said, _("Free at least 200 MB"))
    if free < LITTLE_FREE:
        raise Note(said, _("Free at least 1 GB before the conference"))
    return said
