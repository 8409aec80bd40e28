"""`offenraum demo`: a conference with a barcamp that arises before your eyes, in a folder of its own."""

from __future__ import annotations

import argparse
import asyncio
import shutil
import signal
import sys
from types import FrameType

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from offenraum.project.bounds import PORT, whole
from offenraum.project.commands.migrate import migrate
from offenraum.project.demo import day
from offenraum.project.demo.addresses import say_addresses
from offenraum.project.demo.finished import finish_demo
from offenraum.project.demo.play import play, wait_for_the_end
from offenraum.project.demo.setup import Demo, setup_demo
from offenraum.project.demo.simulator import Simulator
from offenraum.project.demo.topics import Brought
from offenraum.project.robots.login import desk_login
from offenraum.project.robots.server import NotServing, ServerProcess, is_free
from offenraum.project.robots.terminal import say, step, terminal_language

FAST = 12.0
PEOPLE = 220
DESK_EMAIL = "regie@demo.invalid"


def main(argv: list[str]) -> int:
    """Set up, serve and play until Ctrl-C."""
    given = parse(argv)
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a script's background job begins with it ignored
    signal.signal(signal.SIGTERM, interrupt)
    signal.signal(signal.SIGHUP, interrupt)
    with translation.override(terminal_language()):
        try:
            return run(given)
        except KeyboardInterrupt:
            say()
            return 0
        finally:
            if given.temporary:
                shutil.rmtree(settings.DATA, ignore_errors=True)


def interrupt(_number: int, _frame: FrameType | None) -> None:
    """Ending by a signal is like Ctrl-C."""
    signal.raise_signal(signal.SIGINT)


def parse(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="offenraum demo", description=__doc__)
    parser.add_argument("--port", type=PORT, default=8000)
    parser.add_argument("--people", type=whole(0, 2000), default=PEOPLE, help="robot attendees; 0 for none")
    parser.add_argument("--finished", action="store_true", help="the round is over and edition 1 published")
    parser.add_argument("--data", metavar="DIR", help="keep the demonstration in this folder")
    parser.add_argument("--temporary", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args(argv)


def run(given: argparse.Namespace) -> int:
    if not is_free(given.port):
        say(_("Port {port} is in use. Another one: PORT={other} make demo").format(
            port=given.port, other=given.port + 1
        ))
        return 1
    demo, login = prepare(given)
    server = ServerProcess(port=given.port, folder=settings.DATA)
    simulator = Simulator(conference=demo.conference, secrets=demo.secrets, url=server.url)
    try:
        with step(_("server")):
            server.start()
        simulator.start()
        say_addresses(demo, url=server.url, login=login)
        asyncio.run(play(demo, server) if has_robots(given) else wait_for_the_end(server))
    except NotServing as error:
        sys.stderr.write(f"{error}\n")
        return 1
    finally:
        simulator.end()
        server.stop()
    return 0


def has_robots(given: argparse.Namespace) -> bool:
    return bool(given.people) and not given.finished


def prepare(given: argparse.Namespace) -> tuple[Demo, str]:
    """The database with the conference in the state that was asked for."""
    with step(_("database")):
        migrate()
    with step(_("conference, badges and topics")):
        demo = setup(given)
        login = desk_login(
            conference=demo.conference, email=DESK_EMAIL, name=_("Demonstration"), now=timezone.now()
        )
    if given.finished:
        with step(_("votes, plan and edition 1")):
            finish_demo(demo)
    return demo, login


def setup(given: argparse.Namespace) -> Demo:
    """With robots the clock runs fast and some topics come later; else it runs at its normal pace."""
    if has_robots(given):
        return setup_demo(
            people=given.people, shows_at=day.at(11, 25), speed=FAST, now=timezone.now(), brought=[Brought.EARLIER]
        )
    shows_at = day.at(13, 45) if given.finished else day.at(11, 28)
    return setup_demo(people=given.people, shows_at=shows_at, speed=1.0, now=timezone.now())
