"""`offenraum rehearse`: the dress rehearsal of your conference on your server, with robots on a copy of its grid."""

from __future__ import annotations

import argparse
import asyncio
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from offenraum.conference.models import Conference
from offenraum.project.bounds import whole
from offenraum.project.robots.audience import Audience
from offenraum.project.robots.browser import Browser
from offenraum.project.robots.copying import (
    SLUG,
    NothingToRehearse,
    copy_conference,
    moderator_email,
    remove_copy,
    remove_left_behind,
    second_email,
)
from offenraum.project.robots.login import desk_login
from offenraum.project.robots.registering import RegistrationRehearsal, open_registration
from offenraum.project.robots.rehearsal import NobodyCame, Rehearsal
from offenraum.project.robots.robot import Refused
from offenraum.project.robots.server import NotServing, ServerProcess, free_port
from offenraum.project.robots.terminal import terminal_language
from offenraum.project.robots.wire import Site, Unreachable
from offenraum.seats.actions.making import Person, create_seats
from offenraum.seats.models import Seat

TROUBLES_SHOWN = 3
MOST_APPLICANTS = 1400
"""With more in a minute registration asks browsers for some work, which robots do not do."""

INTERRUPTED = 130


class Impossible(Exception):
    """The rehearsal cannot begin; the message says why."""


def main(argv: list[str]) -> int:
    """Rehearse and report; 1 when anything was lost, double or stale, 2 when it could not begin."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    given = parse(argv)
    with translation.override(terminal_language()):
        try:
            check_secret()
            source = conference_named(given.conference)
            with servers(given) as urls, copied(source) as copy:
                return (rehearse_registration if given.registration else rehearse)(given, copy, urls)
        except (Impossible, NobodyCame, NotServing) as error:
            tell(str(error))
        except NothingToRehearse as error:
            tell(error.message)
        except (Refused, Unreachable) as error:
            tell(_("The rehearsal broke off: {error}").format(error=error))
            return 1
        except KeyboardInterrupt:
            return INTERRUPTED
    return 2


def parse(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="offenraum rehearse", description=__doc__)
    parser.add_argument("--conference", metavar="SLUG", help="needed when there are several")
    parser.add_argument("--people", type=whole(1, 5000), default=220, help="robot attendees (default: 220)")
    parser.add_argument("--seconds", type=whole(5, 3600), default=60, help="how long the round takes (default: 60)")
    parser.add_argument(
        "--registration", type=whole(2, MOST_APPLICANTS), metavar="COUNT",
        help="rehearse the opening of registration instead, with so many applicants at the same moment",
    )
    parser.add_argument("--places", type=whole(1, 5000), default=220, help="places for them (default: 220)")
    parser.add_argument("--json", action="store_true", help="print the report as JSON")
    parser.add_argument("--url", action="append", default=[], help="the running server; may be given several times")
    parser.add_argument("--processes", type=whole(1, 64), default=1, help="server processes to start without --url")
    parser.add_argument("--data", metavar="DIR", help="the folder of the installation")
    return parser.parse_args(argv)


def tell(text: str) -> None:
    """Progress goes to standard error, so that `--json` stays clean."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


def check_secret() -> None:
    """Robots can only use their badges where the server has the same secret as we."""
    if not settings.OPTIONS.secret and not (settings.DATA / "secret").is_file():
        raise Impossible(_("{folder} has no secret yet: offenraum init").format(folder=settings.DATA))


def conference_named(slug: str | None) -> Conference:
    """The conference asked for, or the only one there is."""
    found = [each for each in Conference.objects.order_by("slug") if not SLUG.fullmatch(each.slug)]
    chosen = [conference for conference in found if slug in (None, conference.slug)]
    if len(chosen) == 1:
        return chosen[0]
    names = ", ".join(conference.slug for conference in found) or "–"
    raise Impossible(_("Please name one conference with --conference. There are: {names}").format(names=names))


@contextmanager
def servers(given: argparse.Namespace) -> Iterator[list[str]]:
    """The running servers that were named, else one of our own for as long as the rehearsal takes."""
    if given.url:
        yield given.url
        return
    more = ("--processes", str(given.processes)) if given.processes > 1 else ()
    server = ServerProcess(port=free_port(), folder=settings.DATA, arguments=more)
    try:
        server.start()
        yield [server.url]
    finally:
        server.stop()


@contextmanager
def copied(source: Conference) -> Iterator[Conference]:
    """A copy of the conference's grid that is gone afterwards."""
    now = timezone.now()
    remove_left_behind(now=now)
    with uninterrupted():
        copy = copy_conference(source=source, now=now)
    try:
        yield copy
    finally:
        with uninterrupted():
            remove_copy(copy)


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Put Ctrl-C off: in the middle of a transaction it leaves a connection that can do nothing any more."""
    came: list[int] = []
    handler = signal.signal(signal.SIGINT, lambda number, _frame: came.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, handler)
    if came:
        raise KeyboardInterrupt


def rehearse_registration(given: argparse.Namespace, copy: Conference, urls: list[str]) -> int:
    """The opening of registration; 1 when somebody was lost, doubled or before their turn."""
    asyncio.run(check_servers(urls, copy))
    with uninterrupted():
        open_registration(copy, places=given.places)
        emails = (moderator_email(copy), second_email(copy))
        logins = [
            desk_login(conference=copy, email=email, name=_("Rehearsal"), now=timezone.now()) for email in emails
        ]
    rehearsal = RegistrationRehearsal(
        conference=copy, urls=urls, applicants=given.registration, places=given.places, logins=logins, tell=tell
    )
    report = asyncio.run(rehearsal.run())
    sys.stdout.write((report.as_json() if given.json else "\n".join(report.lines())) + "\n")
    for error in rehearsal.errors[:TROUBLES_SHOWN]:
        tell(_("A robot could not go on: {trouble}").format(trouble=error))
    return 0 if report.is_good else 1


def rehearse(given: argparse.Namespace, copy: Conference, urls: list[str]) -> int:
    asyncio.run(check_servers(urls, copy))
    tell(_("{people} robots rehearse at {urls} …").format(people=given.people, urls=", ".join(urls)))
    with uninterrupted():
        people = [Person(name=f"Roboter {number}") for number in range(1, given.people + 1)]
        seats = create_seats(conference=copy, people=people, kind=Seat.Kind.BADGE, now=timezone.now())
        login = desk_login(conference=copy, email=moderator_email(copy), name=_("Rehearsal"), now=timezone.now())
    rehearsal = Rehearsal(conference=copy, seats=seats, urls=urls, seconds=given.seconds, login=login, tell=tell)
    report = asyncio.run(rehearsal.run())
    sys.stdout.write((report.as_json() if given.json else "\n".join(report.lines())) + "\n")
    is_complete = told_troubles(rehearsal.audience)
    return 0 if report.is_good and is_complete else 1


def told_troubles(audience: Audience) -> bool:
    """Say which robots could not take part; True when all could."""
    for trouble in audience.troubles[:TROUBLES_SHOWN]:
        tell(_("A robot could not go on: {trouble}").format(trouble=trouble))
    return not audience.troubles


async def check_servers(urls: list[str], copy: Conference) -> None:
    """Each server must answer and know the copy: the same database as ours."""
    for url in urls:
        browser = Browser(Site.at(url))
        try:
            status = (await browser.get(f"/{copy.slug}/")).status
        except Unreachable as error:
            raise Impossible(_("{url} does not answer: {error}").format(url=url, error=error)) from error
        finally:
            browser.close()
        if status != 200:
            raise Impossible(
                _("{url} answers {status}: does it serve the same data folder?").format(url=url, status=status)
            )
