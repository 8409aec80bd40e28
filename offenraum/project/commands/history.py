"""`offenraum history`: take measured values of an earlier time from a CSV file into a value of a device."""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Final

from offenraum.sensors.actions.devices import take_history
from offenraum.sensors.codecs import number_of
from offenraum.sensors.models import Channel
from offenraum.sensors.uplinks import time_of

AT_ONCE: Final = 500
Row = tuple[datetime, float]


class BadRow(ValueError):
    """A line that is none."""


def main(argv: list[str]) -> int:
    """Read the whole file first: with one wrong line nothing is taken."""
    given = parse(argv)
    channel = Channel.objects.select_related("device__conference").filter(
        device__conference__slug=given.conference, device__number=given.device, name=given.value
    ).first()
    if channel is None:
        sys.stderr.write("offenraum history: there is no such value\n")
        return 2
    try:
        rows = list(rows_of(given.file))
    except (OSError, UnicodeDecodeError, csv.Error, BadRow) as error:
        sys.stderr.write(f"offenraum history: {given.file}: {error}\n")
        return 2
    parts, new = iter(rows), 0
    while part := list(islice(parts, AT_ONCE)):
        new += take_history(channel=channel, rows=part)
    sys.stdout.write(f"{new} new values, {len(rows) - new} were there or could not be calculated\n")
    return 0


def rows_of(file: Path) -> Iterator[Row]:
    """Moment and value of each line; the header names `time` and `value`, separated by comma or semicolon."""
    with file.open(encoding="utf-8-sig", newline="") as lines:
        separator = ";" if ";" in lines.readline() else ","
        lines.seek(0)
        reader = csv.DictReader(lines, delimiter=separator)
        if not {"time", "value"} <= set(reader.fieldnames or ()):
            raise BadRow("the first line must name time and value")
        for place, row in enumerate(reader, 2):
            moment, value = time_of(row["time"]), number_of(row["value"])
            if moment is None or value is None:
                raise BadRow(f"line {place}: {'time' if moment is None else 'value'} cannot be read")
            yield moment, value


def parse(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="offenraum history", description=__doc__)
    parser.add_argument("conference", help="its address, for example kogk18")
    parser.add_argument("device", type=int, help="number of the device")
    parser.add_argument("value", help="name of the value, for example Wasserstand")
    parser.add_argument("file", type=Path, metavar="FILE.csv")
    return parser.parse_args(argv)
