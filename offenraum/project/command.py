"""The `offenraum` command line: one subcommand, one module, loaded only when called."""

from __future__ import annotations

import argparse
import importlib
import os
import sys

import django

from offenraum.project.demo.folder import prepare_folder
from offenraum.project.options import OptionsError

COMMANDS = {
    "init": "offenraum.project.commands.init",
    "serve": "offenraum.project.commands.serve",
    "work": "offenraum.project.commands.work",
    "demo": "offenraum.project.commands.demo",
    "rehearse": "offenraum.project.commands.rehearse",
    "check": "offenraum.project.commands.check",
    "bounce": "offenraum.project.commands.bounce",
    "migrate": "offenraum.project.commands.migrate",
    "backup": "offenraum.project.commands.backup",
    "restore": "offenraum.project.commands.restore",
    "verify": "offenraum.project.commands.verify",
    "import": "offenraum.project.commands.importing",
    "decode": "offenraum.project.commands.decode",
    "listen": "offenraum.project.commands.listen",
    "history": "offenraum.project.commands.history",
    "ask": "offenraum.project.commands.ask",
    "services": "offenraum.project.commands.services",
    "plan": "offenraum.planner.command",
}
WITHOUT_SETTINGS = {"check", "decode", "plan"}
NEEDS_DATABASE = {"rehearse", "bounce", "backup", "import", "listen", "history", "ask", "services"}
"""What can do nothing before `migrate`; `serve` and `work` ask for themselves, `verify` and `check` in other words."""


def main(argv: list[str] | None = None) -> int:
    """Run `offenraum <command> …` and return its exit code."""
    arguments = sys.argv[1:] if argv is None else argv
    if not arguments or arguments[0] not in COMMANDS:
        sys.stderr.write(f"usage: offenraum {{{','.join(COMMANDS)}}} …\n")
        return 0 if arguments in (["--help"], ["-h"]) else 2
    name, *rest = arguments
    try:
        rest = prepare(name, rest)
    except OptionsError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    command = importlib.import_module(COMMANDS[name])
    if name in NEEDS_DATABASE and not asks_for_help(rest) and not is_ready_for(name):
        return 1
    return int(command.main(rest))


def asks_for_help(arguments: list[str]) -> bool:
    return not {"-h", "--help"}.isdisjoint(arguments)


def is_ready_for(name: str) -> bool:
    """As `migrate` sees it; that module needs the settings."""
    return bool(importlib.import_module(COMMANDS["migrate"]).is_ready_for(name))


def prepare(name: str, arguments: list[str]) -> list[str]:
    """Take `--data DIR`, which every command of an installation knows, and load the settings it leads to."""
    if name in {"decode", "plan"}:
        return arguments
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    parser.add_argument("--data")
    given, rest = parser.parse_known_args(arguments)
    if name == "demo":
        rest += ["--temporary"] if prepare_folder(given.data, os.environ) else []
    elif given.data:
        os.environ["OFFENRAUM_DATA"] = given.data
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "offenraum.project.settings")
    if name not in WITHOUT_SETTINGS:
        django.setup()
    return rest
