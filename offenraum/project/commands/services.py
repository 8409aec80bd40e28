"""`offenraum services import`: take over descriptions of services from a CSV or JSON file."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from offenraum.answers.actions import import_services
from offenraum.answers.reading import NotServices, read_map, read_services
from offenraum.conference.queries import now_of
from offenraum.project.conferences import NoConference, conference_named


def main(argv: list[str]) -> int:
    """With faults change nothing and name each; else the services of this source are those of the file."""
    parser = argparse.ArgumentParser(prog="offenraum services", description=__doc__)
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="import")
    taking = verbs.add_parser("import", help="take over a file")
    taking.add_argument("file", type=Path, metavar="FILE")
    taking.add_argument("--map", required=True, metavar="OURS=THEIRS,…", help="name=name,text=description")
    taking.add_argument("--source", metavar="NAME", help="stands under each answer; by default the name of the file")
    taking.add_argument("--conference", metavar="NAME", help="its short name in the address; not for a single one")
    given = parser.parse_args(argv)
    try:
        conference = conference_named(given.conference)
        reading = read_services(given.file.read_bytes(), read_map(given.map))
    except (NoConference, NotServices, OSError) as error:
        return refuse([str(error)])
    if reading.faults:
        return refuse([f"{one.entry}, {one.field}: {one.reason}" for one in reading.faults])
    source = (given.source or given.file.stem)[:80]
    gone = import_services(conference=conference, source=source, items=reading.items, now=now_of(conference))
    sys.stdout.write(f"services of {source}: {len(reading.items)}, no longer there: {gone}\n")
    return 0


def refuse(reasons: list[str]) -> int:
    sys.stderr.writelines(f"offenraum services: {reason}\n" for reason in reasons)
    return 1
