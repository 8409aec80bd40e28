"""Tables as files: CSV and XLSX in which no cell is taken for a formula."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO, StringIO

import xlsxwriter
from defusedcsv import csv

BYTE_ORDER_MARK = "\ufeff"


def csv_of(rows: Iterable[list[str]]) -> bytes:
    """As German spreadsheets expect it; cells that begin like a formula get an apostrophe."""
    text = StringIO()
    csv.writer(text, delimiter=";").writerows(rows)
    return (BYTE_ORDER_MARK + text.getvalue()).encode()


def xlsx_of(rows: Iterable[list[str]]) -> bytes:
    """One sheet whose cells are all text, with a fixed heading."""
    file = BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet, bold = book.add_worksheet(), book.add_format({"bold": True})
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                sheet.write_string(number, column, cell, None if number else bold)
        sheet.freeze_panes(1, 0)
        sheet.autofit()
    return file.getvalue()
