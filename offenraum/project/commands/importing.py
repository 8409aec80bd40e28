"""`offenraum import`: take over the fixed programme of a conference from schedule.xml or schedule.json."""

from __future__ import annotations

import argparse
import sys
from functools import partial
from pathlib import Path

from django.utils import translation
from django.utils.translation import gettext as _

from offenraum.conference.queries import conference_by_slug, now_of
from offenraum.programme.actions.importing import import_items
from offenraum.programme.formats.reading import NotASchedule, Reading, read_schedule
from offenraum.programme.queries.importing import Outlook, outlook_of


def main(argv: list[str]) -> int:
    """Without `--take` say what would change; with faults change nothing and name each."""
    parser = argparse.ArgumentParser(prog="offenraum import", description=__doc__)
    parser.add_argument("conference", help="its short name in the address")
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--take", action="store_true", help="change the programme; without it only look")
    parser.add_argument("--rooms", action="store_true", help="make rooms that are not there yet")
    given = parser.parse_args(argv)
    conference = conference_by_slug(given.conference)
    if conference is None:
        return refuse([_("There is no conference %(name)s.") % {"name": given.conference}])
    try:
        reading = read_schedule(given.file.read_bytes(), zone=conference.zone)
    except (NotASchedule, OSError) as error:
        return refuse([f"{given.file}: {error}"])
    if reading.faults:
        return refuse([f"{one.entry}, {one.field}: {one.reason}" for one in reading.faults])
    change = partial(import_items, now=now_of(conference)) if given.take else outlook_of
    with translation.override("en"):
        sys.stdout.write(told(change(conference=conference, items=reading.items, with_rooms=given.rooms), reading))
    return 0


def refuse(reasons: list[str]) -> int:
    sys.stderr.writelines(f"offenraum import: {reason}\n" for reason in reasons)
    return 1


def told(outlook: Outlook, reading: Reading) -> str:
    """What changes or would change, line by line."""
    lines = [f"new: {len(outlook.new)}, changed: {len(outlook.changed)}, as before: {len(outlook.same)}"]
    lines += [f"new people: {len(outlook.new_people)}"]
    lines += [f"rooms not there yet: {', '.join(outlook.new_rooms)}"] if outlook.new_rooms else []
    lines += [f"no longer in the file: {talk.title}" for talk in outlook.gone]
    lines += [f"shortened: {one.entry}, {one.field}" for one in reading.shortened]
    return "\n".join(lines) + "\n"
