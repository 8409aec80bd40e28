"""A menu entry for the app Giggity (its menu schema: https://ggt.gaa.st/schema)."""

from __future__ import annotations

import json

from offenraum.programme.formats.schedule import Schedule

MOST_IN_A_DAY = 99


def giggity_json(schedule: Schedule, *, website: str) -> bytes:
    """The file that the app opens to add this conference; `website` is the label of the link to it."""
    days = schedule.days()
    changed = schedule.local(schedule.changed_at)
    document = {
        "version": int(f"{changed:%Y%m%d}{min(schedule.edition, MOST_IN_A_DAY):02}"),
        "url": f"{schedule.home}export/schedule.xml",
        "title": schedule.title,
        "start": (days[0][0] if days else changed.date()).isoformat(),
        "end": (days[-1][0] if days else changed.date()).isoformat(),
        "timezone": schedule.zone.key,
        "metadata": {"links": [{"url": schedule.home, "title": website}]},
    }
    return json.dumps(document, ensure_ascii=False, indent=1).encode()
