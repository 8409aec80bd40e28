"""Prints of a programme with a hundred sessions: seconds as JSON, in a data folder of its own."""

from __future__ import annotations

import json
import os
import statistics
import sys
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "offenraum.project.settings")
django.setup()

from django.utils import timezone, translation  # noqa: E402

from offenraum.barcamp.models import Topic  # noqa: E402
from offenraum.opendata.views.exports import FORMATS  # noqa: E402
from offenraum.project.commands.migrate import migrate  # noqa: E402
from tests.pages.test_query_counts import hall  # noqa: E402

SESSIONS = 100
ROOMS = 10
ROUNDS = 5
ABOUT = "Wir haben ohne eigenes Budget mit zwölf Datensätzen begonnen. Ich zeige, welche sich gelohnt haben und warum."


def seconds(name: str, times: int) -> float:
    took = []
    for _ in range(times):
        begun = time.perf_counter()
        FORMATS[name].write(conference)
        took.append(time.perf_counter() - begun)
    return statistics.median(took)


migrate()
conference, _seat = hall("papier", SESSIONS, rooms=ROOMS)
Topic.objects.update(about=ABOUT)
with translation.override("de"), timezone.override(conference.zone):
    json.dump({name: seconds(name, ROUNDS) for name in ("programme.pdf", "plan.pdf")}, sys.stdout)
