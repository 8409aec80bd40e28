"""The programme as a table, safe to open: no text of anybody becomes a formula or a link."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO, StringIO

from defusedcsv import csv
from xlsxwriter import Workbook

from offenraum.programme.formats.schedule import Entry, Schedule

COLUMNS = ("number", "kind", "date", "start", "end", "room", "title", "people", "text", "address")
WIDTHS = (8, 14, 12, 8, 8, 20, 50, 30, 60, 50)
Row = Sequence[str | int]


def rows_of(schedule: Schedule) -> list[Row]:
    """A row for each entry in the order of COLUMNS; times are local."""
    return [row_of(schedule, entry) for entry in schedule.held]


def row_of(schedule: Schedule, entry: Entry) -> Row:
    starts_at, ends_at = schedule.local(entry.starts_at), schedule.local(entry.ends_at)
    return (
        entry.number, entry.kind, starts_at.date().isoformat(), f"{starts_at:%H:%M}", f"{ends_at:%H:%M}", entry.room,
        entry.title, ", ".join(human.name for human in entry.humans), entry.text, schedule.address(entry),
    )


def programme_csv(schedule: Schedule) -> bytes:
    """UTF-8 with a mark in front, so that spreadsheets read umlauts."""
    written = StringIO()
    rows = csv.writer(written)
    rows.writerow(COLUMNS)
    rows.writerows(rows_of(schedule))
    return ("\ufeff" + written.getvalue()).encode()


def programme_xlsx(schedule: Schedule) -> bytes:
    """A workbook with one sheet; every cell is text or a number."""
    file = BytesIO()
    options = {
        "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
        "remove_timezone": True,
    }
    with Workbook(file, options) as book:
        book.set_properties({"title": schedule.title, "created": schedule.changed_at.replace(tzinfo=None)})
        sheet = book.add_worksheet("Programm")
        heading = book.add_format({"bold": True})
        sheet.freeze_panes(1, 0)
        for column, (name, width) in enumerate(zip(COLUMNS, WIDTHS, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, name, heading)
        for line, row in enumerate(rows_of(schedule), 1):
            sheet.write_row(line, 0, row)
    return file.getvalue()
