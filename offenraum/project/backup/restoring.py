"""Bringing a backup back, and forgetting again what was forgotten since."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import Error, connection
from django.utils.translation import gettext as _

from offenraum.conference.queries import now_of
from offenraum.people.models import Erasure
from offenraum.people.queries import digest_of
from offenraum.programme.actions.forgetting import forget, forget_applicant
from offenraum.project.backup.archive import SECRET, About, unpack
from offenraum.project.backup.databases import Unable, others_on_postgres, put_postgres, put_sqlite
from offenraum.project.backup.making import MEDIA, OPTIONS, examine
from offenraum.project.clearing import clear_all
from offenraum.project.ledger import NAME as LEDGER
from offenraum.project.ledger import Ledger, ledger_file, mirror, noted, read_ledger
from offenraum.registration.models import Registration
from offenraum.registration.queries import name_of as name_of_registration
from offenraum.seats.models import Seat
from offenraum.seats.queries import is_forgotten, name_of


def restore(source: Path, *, replace: bool) -> tuple[About, int]:
    """Put a backup in the place of what is there; returns what was in it and how many people were forgotten again."""
    data = Path(settings.DATA)
    with tempfile.TemporaryDirectory(dir=data, prefix=".restore-") as name:
        folder = Path(name)
        about = unpack(source, folder)
        refuse_unfit(folder, about, replace=replace)
        keep_secret(folder, data)
        ledger = known_erasures() | read_ledger(ledger_file()) | read_ledger(folder / LEDGER)
        put(folder, about, data)
    call_command("migrate", interactive=False, verbosity=0)
    forgotten = forget_again(ledger)
    clear_all({})
    return about, forgotten


def refuse_unfit(folder: Path, about: About, *, replace: bool) -> None:
    """Nothing is touched before all of this is right."""
    if faults := examine(folder, about):
        raise Unable(_("This backup cannot be used: %(faults)s") % {"faults": "; ".join(faults[:5])})
    if about.database != connection.vendor:
        raise Unable(_("The backup is of %(theirs)s, the settings name %(ours)s: see OFFENRAUM_DATABASE.") % {
            "theirs": about.database, "ours": connection.vendor,
        })
    if connection.vendor != "sqlite" and others_on_postgres():
        raise Unable(_("Somebody is connected to the database. Please stop Offenraum first, on every machine."))
    if is_there() and not replace:
        raise Unable(_("There is a database already. Back it up if you may need it, then add --replace."))
    if not has_secret(folder):
        raise Unable(_("The secret is missing. Please put the file secret of this installation into %(folder)s.") % {
            "folder": settings.DATA
        })


def is_there() -> bool:
    """Whether a database with conferences would be replaced."""
    if connection.vendor == "sqlite":
        return Path(settings.DATABASES["default"]["NAME"]).is_file()
    return "conference_conference" in connection.introspection.table_names()


def has_secret(folder: Path) -> bool:
    return bool(settings.OPTIONS.secret) or any((place / SECRET).is_file() for place in (Path(settings.DATA), folder))


def keep_secret(folder: Path, data: Path) -> None:
    """A secret in the backup is taken where there is none; keys and erasures hang on it."""
    for name in (SECRET, OPTIONS):
        if (folder / name).is_file() and not (data / name).exists():
            shutil.copy(folder / name, data / name)
            (data / name).chmod(0o600)
    if not settings.OPTIONS.secret:
        settings.SECRET_KEY = (data / SECRET).read_text().strip()


def known_erasures() -> Ledger:
    """What the database knows that will be replaced; nothing, when it is gone or broken."""
    with suppress(Error):
        return noted() if is_there() else {}
    return {}


def put(folder: Path, about: About, data: Path) -> None:
    if about.database == "sqlite":
        put_sqlite(folder / "offenraum.sqlite3")
    else:
        put_postgres(folder / "offenraum.pgdump")
    shutil.rmtree(data / MEDIA, ignore_errors=True)
    if (folder / MEDIA).is_dir():
        shutil.move(folder / MEDIA, data / MEDIA)


def forget_again(ledger: Ledger) -> int:
    """Delete what its owners had deleted since the backup; returns how many that were."""
    Erasure.objects.bulk_create(
        [Erasure(digest=digest, erased_at=moment) for digest, moment in ledger.items()], ignore_conflicts=True
    )
    mirror()
    forgotten = 0
    for seat in Seat.objects.select_related("conference").iterator():
        if digest_of(name_of(seat)) in ledger and not is_forgotten(seat):
            forget(seat=seat, now=now_of(seat.conference))
            forgotten += 1
    for applicant in Registration.objects.exclude(name="").select_related("conference", "seat").iterator():
        if digest_of(name_of_registration(applicant)) in ledger:
            forget_applicant(applicant=applicant, now=now_of(applicant.conference))
            forgotten += 1
    return forgotten
