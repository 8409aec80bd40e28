"""Tables that leave the market."""

from __future__ import annotations

import io

from defusedcsv import csv

from offenraum.market.models import Stand


def contacts_csv(stand: Stand) -> bytes:
    """The contacts of one stand as they are now, for a spreadsheet; nothing in a cell can become a formula."""
    table = io.StringIO()
    writer = csv.writer(table, delimiter=";")
    writer.writerow(["name", "reach", "purpose", "given_at"])
    writer.writerows([one.name, one.reach, one.purpose, one.given_at.isoformat()] for one in stand.contacts.all())
    return table.getvalue().encode("utf-8-sig")
