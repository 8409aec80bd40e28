"""`offenraum check`: settings, database, mail, clock, disk, fonts and front end; each failure names its fix."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict

import django

from offenraum.project.checks import Finding, State, check_all
from offenraum.project.options import OptionsError

SIGNS = {State.OK: "ok    ", State.NOTE: "note  ", State.FAILED: "FAILED"}


def main(argv: list[str]) -> int:
    """Print what was found; exit code 1 when something is in the way."""
    parser = argparse.ArgumentParser(prog="offenraum check", description=__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON object instead of lines")
    arguments = parser.parse_args(argv)
    findings = look()
    is_ok = all(finding.state is not State.FAILED for finding in findings)
    sys.stdout.write(as_json(findings, is_ok=is_ok) if arguments.json else in_lines(findings))
    return 0 if is_ok else 1


def look() -> list[Finding]:
    """Settings that cannot be read leave nothing else to look at."""
    try:
        django.setup()
    except OptionsError as error:
        return [Finding("settings", State.FAILED, str(error), "docs/reference/settings.md")]
    return check_all()


def as_json(findings: list[Finding], *, is_ok: bool) -> str:
    return json.dumps({"ok": is_ok, "checks": [asdict(finding) for finding in findings]}, ensure_ascii=False) + "\n"


def in_lines(findings: list[Finding]) -> str:
    lines = []
    for finding in findings:
        lines.append(f"{SIGNS[finding.state]} {finding.name}: {finding.said}\n")
        lines += [f"       → {finding.fix}\n"] if finding.fix else []
    return "".join(lines)
