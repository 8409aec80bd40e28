"""The `offenraum` command line: one subcommand, one module, loaded only when called."""

from __future__ import annotations

import importlib
import sys

COMMANDS = {
    "init": "offenraum.project.commands.init",
    "serve": "offenraum.project.commands.serve",
    "work": "offenraum.project.commands.work",
    "demo": "offenraum.project.commands.demo",
    "rehearse": "offenraum.project.commands.rehearse",
    "check": "offenraum.project.commands.check",
    "migrate": "offenraum.project.commands.migrate",
    "plan": "offenraum.planner.command",
}


def main(argv: list[str] | None = None) -> int:
    """Run `offenraum <command> …` and return its exit code."""
    arguments = sys.argv[1:] if argv is None else argv
    if not arguments or arguments[0] not in COMMANDS:
        sys.stderr.write(f"usage: offenraum {{{','.join(COMMANDS)}}} …\n")
        return 0 if arguments in (["--help"], ["-h"]) else 2
    module = importlib.import_module(COMMANDS[arguments[0]])
    return int(module.main(arguments[1:]))
