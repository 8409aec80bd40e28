"""What an installation needs in order to run, looked at one by one; each finding names its fix."""

from __future__ import annotations

import json
import os
import shutil
import smtplib
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parseaddr
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

import typst
from django.conf import settings
from django.core.mail.backends.smtp import EmailBackend
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import gettext as _

MEGABYTE: Final = 1024 * 1024
LEAST_FREE: Final = 200 * MEGABYTE
LITTLE_FREE: Final = 1024 * MEGABYTE
MOST_SKEW: Final = timedelta(seconds=2)
PROBE: Final = "#set page(width: 10cm, height: 4cm)\nÄpfel, Öl, Übung, Straße, Ayşe, „Programm“ – 10:30"


class State(StrEnum):
    """How a finding is meant: all is well, worth knowing, or in the way."""

    OK = "ok"
    NOTE = "note"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found, and what to do about it."""

    name: str
    state: State
    said: str
    fix: str = ""


class Problem(Exception):
    """Something that is in the way, in words, with its fix."""

    def __init__(self, said: str, fix: str) -> None:
        super().__init__(said)
        self.said, self.fix = said, fix


class Note(Problem):
    """Something worth knowing that is not in the way."""


def check_all() -> list[Finding]:
    """Look at everything; one failure does not keep the next check from running."""
    checks: dict[str, Callable[[], str]] = {
        "settings": check_settings,
        "database": check_database,
        "mail": check_mail,
        "clock": check_clock,
        "disk": check_disk,
        "fonts": check_fonts,
        "front end": check_front_end,
    }
    return [found(name, check) for name, check in checks.items()]


def found(name: str, check: Callable[[], str]) -> Finding:
    try:
        return Finding(name, State.OK, check())
    except Note as note:
        return Finding(name, State.NOTE, note.said, note.fix)
    except Problem as problem:
        return Finding(name, State.FAILED, problem.said, problem.fix)


def check_settings() -> str:
    """The secret is there and private; an installation for the public is not in debug mode and has a secure address."""
    file = settings.DATA / "secret"
    if not settings.OPTIONS.secret and not file.is_file():
        raise Problem(_("There is no secret in %(folder)s.") % {"folder": settings.DATA}, "offenraum init")
    if file.is_file() and file.stat().st_mode & 0o077:
        raise Problem(_("Others on this machine can read the secret."), f"chmod 600 {file}")
    if settings.DEBUG:
        raise Problem(_("The debug mode shows internals to everybody."), "OFFENRAUM_DEBUG=false")
    if is_public() and not settings.OPTIONS.https:
        raise Note(
            _("The server has a public name, but not a secure address."), _("OFFENRAUM_HTTPS=true behind a TLS proxy")
        )
    return _("Data in %(folder)s, names: %(hosts)s") % {
        "folder": settings.DATA, "hosts": ", ".join(settings.ALLOWED_HOSTS)
    }


def is_public() -> bool:
    return any(host not in {"127.0.0.1", "localhost", "[::1]"} for host in settings.ALLOWED_HOSTS)


def check_database() -> str:
    """The database answers, writes durably and has the form that this version needs."""
    try:
        file = database_file()
        said = check_sqlite(file) if file else check_postgres()
        check_migrations()
    except DatabaseError as error:
        raise Problem(_("The database does not answer: %(error)s") % {"error": error}, fix_of_database()) from error
    return said


def fix_of_database() -> str:
    if connection.vendor == "sqlite":
        return "offenraum init"
    return _("Start PostgreSQL, and check OFFENRAUM_DATABASE")


def database_file() -> Path | None:
    """The file of SQLite; asking the database would create it."""
    return Path(connection.settings_dict["NAME"]) if connection.vendor == "sqlite" else None


def check_sqlite(file: Path) -> str:
    if not file.is_file():
        raise Problem(_("There is no database at %(file)s.") % {"file": file}, "offenraum init")
    if (journal := value_of("PRAGMA journal_mode")) != "wal" or value_of("PRAGMA synchronous") != 2:
        raise Problem(
            _("The database does not write durably (journal %(journal)s).") % {"journal": journal},
            _("Put the data folder on a local disk; network folders cannot do it"),
        )
    if (state := value_of("PRAGMA quick_check")) != "ok":
        raise Problem(_("The database is damaged: %(state)s") % {"state": state}, _("Restore the last backup"))
    return _("SQLite, durable, %(size)d MB") % {"size": file.stat().st_size // MEGABYTE}


def check_postgres() -> str:
    if value_of("SHOW fsync") != "on" or value_of("SHOW synchronous_commit") == "off":
        raise Problem(_("PostgreSQL does not write durably."), _("Set fsync and synchronous_commit to on"))
    return _("PostgreSQL %(version)s, durable") % {"version": value_of("SHOW server_version")}


def value_of(statement: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        row = cursor.fetchone()
    return row[0] if row else None


def check_migrations() -> None:
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if missing:
        raise Problem(_("The database is %(count)d steps behind.") % {"count": len(missing)}, "offenraum migrate")


def check_mail() -> str:
    """A real dialogue with the mail server, up to the question whether it takes letters from us; none is sent."""
    if not settings.OPTIONS.mail:
        raise Note(_("No mail server: links must be passed on by hand."), "OFFENRAUM_MAIL=smtp+tls://…")
    sender = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    try:
        code, answer = ask_mail_server(sender)
    except (OSError, smtplib.SMTPException) as error:
        raise Problem(
            _("The mail server %(host)s refuses: %(error)s") % {"host": settings.EMAIL_HOST, "error": error},
            _("Check OFFENRAUM_MAIL: kind, user, password, host and port"),
        ) from error
    if code != 250:
        raise Problem(
            _("The mail server takes no letters from %(sender)s: %(answer)s")
            % {"sender": sender, "answer": answer.decode(errors="replace")},
            _("Set OFFENRAUM_MAIL_FROM to an address of yours"),
        )
    return _("%(host)s takes letters from %(sender)s") % {"host": settings.EMAIL_HOST, "sender": sender}


def ask_mail_server(sender: str) -> tuple[int, bytes]:
    """Greet, secure the line, sign in, name the sender, and take it back."""
    with EmailBackend() as opened:
        if opened.connection is None:
            raise smtplib.SMTPServerDisconnected
        opened.connection.ehlo_or_helo_if_needed()
        answer = opened.connection.mail(sender)
        opened.connection.rset()
        return answer


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


def check_fonts() -> str:
    """A page with the letters of German and of names is set for real."""
    try:
        page, warnings = typst.compile_with_warnings(PROBE.encode())
    except typst.TypstError as error:
        raise Problem(_("Pages cannot be printed: %(error)s") % {"error": error}, "make setup") from error
    if warnings:
        raise Problem(_("Letters are missing: %(warning)s") % {"warning": warnings[0].message}, "make setup")
    return _("A page was set (%(size)d KB)") % {"size": len(page) // 1024}


def check_front_end() -> str:
    """Styles, fonts and scripts are built and complete."""
    built = settings.PACKAGE / "kit" / "static" / "kit"
    manifest = built / "manifest.json"
    if not manifest.is_file():
        raise Problem(_("Styles and scripts are not built."), "make setup")
    names: dict[str, str] = json.loads(manifest.read_text())
    if missing := [name for name in names.values() if not (built / name).is_file()]:
        raise Problem(_("Built files are missing: %(names)s") % {"names": ", ".join(missing)}, "make setup")
    return _("%(count)d files") % {"count": len(names)}
