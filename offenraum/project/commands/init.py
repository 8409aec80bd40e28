"""`offenraum init`: folder, database, secret and the first organiser of a conference; running it twice is harmless."""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from offenraum.conference.actions.conferences import create_conference
from offenraum.conference.actions.team import add_member
from offenraum.conference.models import Conference, Member
from offenraum.conference.rules import RESERVED_SLUGS
from offenraum.kit.plain_text import Unfit, tidy_line
from offenraum.people.actions import create_account, issue_link
from offenraum.people.models import Account
from offenraum.people.queries import account_by_email
from offenraum.planner.warmth import is_warm
from offenraum.project.commands.migrate import migrate

LINK_LASTS = timedelta(hours=1)
TITLE_LIMIT = 120
SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


class Refused(Exception):
    """Something that was entered cannot be used; the message says why."""


@dataclass(frozen=True, slots=True)
class Start:
    """What a new installation begins with."""

    email: str
    slug: str
    title: str
    day: date | None


def main(argv: list[str]) -> int:
    """Set up and print the link with which the first organiser signs in."""
    try:
        start = read_start(argv)
        keep_secret()
        migrate()
        account, conference = begin(start)
        warm_planner()
    except Refused as refusal:
        sys.stderr.write(f"offenraum init: {refusal}\n")
        return 2
    sys.stdout.write(report(account, conference))
    return 0


def read_start(argv: list[str]) -> Start:
    """What the flags say; on a terminal the rest is asked for."""
    parser = argparse.ArgumentParser(prog="offenraum init", description=__doc__)
    parser.add_argument("--email", help="e-mail address of the first organiser")
    parser.add_argument("--conference", metavar="SLUG", help="the conference's part of the address, for example kogk18")
    parser.add_argument("--title", help="title of the conference")
    parser.add_argument("--date", help="its first day, for example 2026-09-04")
    given = parser.parse_args(argv)
    return Start(
        email=fit_email(given.email or ask("--email", _("E-mail address of the first organiser"))),
        slug=fit_slug(given.conference or ask("--conference", _("Short name in the address, for example kogk18"))),
        title=fit_title(given.title or ask("--title", _("Title of the conference"))),
        day=fit_day(given.date if given.date or not sys.stdin.isatty() else ask("--date", _("First day, if known"))),
    )


def ask(flag: str, question: str) -> str:
    if not sys.stdin.isatty():
        raise Refused(_("%(flag)s is missing.") % {"flag": flag})
    return input(f"{question}: ")


def fit_email(email: str) -> str:
    try:
        validate_email(email.strip())
    except ValidationError as error:
        raise Refused(f"--email: {error.message}") from error
    return email.strip()


def fit_slug(slug: str) -> str:
    if not SLUG.fullmatch(slug):
        raise Refused(_("--conference: small letters, digits and dashes, at most 40."))
    if slug in RESERVED_SLUGS:
        raise Refused(_("--conference: “%(slug)s” is an address of Offenraum itself.") % {"slug": slug})
    return slug


def fit_title(title: str) -> str:
    try:
        fit = tidy_line(title, limit=TITLE_LIMIT)
    except Unfit as error:
        raise Refused(f"--title: {error.message}") from error
    if not fit:
        raise Refused(_("--title is missing."))
    return fit


def fit_day(day: str | None) -> date | None:
    try:
        return date.fromisoformat(day) if day else None
    except ValueError as error:
        raise Refused(_("--date: a day like 2026-09-04.")) from error


def keep_secret() -> None:
    """Write this process's secret to its file, readable by the owner only, unless there is one already."""
    file = settings.DATA / "secret"
    if settings.OPTIONS.secret:
        return
    settings.DATA.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        file.chmod(0o600)
        if file.read_text().strip() != settings.SECRET_KEY:
            raise Refused(_("The secret has just been made by somebody else. Please start again.")) from None
        return
    with os.fdopen(handle, "w") as opened:
        opened.write(settings.SECRET_KEY)


def warm_planner() -> None:
    """Compile the planner's engine once; without that the first plan would be a greedy one."""
    if not is_warm():
        sys.stdout.write(_("Preparing the planner (about half a minute) …") + "\n")
        sys.stdout.flush()
        subprocess.run([sys.executable, "-m", "offenraum.planner.warm"], check=False, capture_output=True)


@transaction.atomic
def begin(start: Start) -> tuple[Account, Conference]:
    """The account, its conference and its role in it; what exists stays as it is."""
    account = account_by_email(start.email) or create_account(email=start.email)
    conference = create_conference(slug=start.slug, title=start.title, day=start.day)
    add_member(conference=conference, account=account, role=Member.Role.ORGANISER)
    return account, conference


def report(account: Account, conference: Conference) -> str:
    """What exists now and how to go on."""
    desk = f"/{conference.slug}/regie/"
    leads_to = desk if account.has_usable_password() else f"{reverse('account_set_password')}?next={desk}"
    key = issue_link(account=account, leads_to=leads_to, now=timezone.now(), lasts=LINK_LASTS)
    address = settings.OPTIONS.address
    return _(
        "Conference: %(title)s\n"
        "Data:       %(folder)s\n"
        "Organiser:  %(email)s\n\n"
        "Start the server:  offenraum serve\n"
        "Then sign in (once, within an hour):\n  %(link)s\n"
    ) % {
        "title": conference.title, "folder": settings.DATA, "email": account.email,
        "link": f"{address}{reverse('people_one_time_link', args=[key])}",
    }
