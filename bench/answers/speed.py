"""How long an index of many passages takes, and how long a question takes through the whole desk, database and all."""

from __future__ import annotations

import gc
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import django
from django.apps import apps

os.environ.setdefault("OFFENRAUM_DATA", tempfile.mkdtemp(prefix="offenraum-bench-"))
os.environ.setdefault("OFFENRAUM_SECRET", "bench" * 10)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "offenraum.project.settings")
if not apps.ready:
    django.setup()

from django.core.management import call_command
from django.urls import get_resolver

from bench.answers.services import Question, passages
from offenraum.answers.actions import import_services
from offenraum.answers.index import Passage, Segment
from offenraum.answers.queries.answering import Reply, reply_to
from offenraum.answers.reading import Item
from offenraum.conference.models import Conference
from offenraum.project.commands.serve import COLLECT_AFTER, SWITCH_SECONDS
from offenraum.project.librarian import Librarian
from tests.day import NOON, make_conference

MANY: Final = 5000
NEW_WORDS: Final = 0.05
PAUSE_SECONDS: Final = 0.05


@dataclass(frozen=True, slots=True)
class Speed:
    """Seconds to build an index; milliseconds of replies while an import is read, of the first then, of the others."""

    build_seconds: float
    reading_milliseconds: float
    whole_seconds: float
    first_milliseconds: float
    median_milliseconds: float
    p95_milliseconds: float


def many() -> list[Passage]:
    """The services over and over, each time with other words here and there, so that the vocabulary grows too."""
    chance, known = random.Random(1), passages()
    return [
        replace(
            known[number % len(known)], key=str(number),
            text=" ".join(varied(word, chance) for word in known[number % len(known)].text.split()),
        )
        for number in range(MANY)
    ]


def varied(word: str, chance: random.Random) -> str:
    if chance.random() > NEW_WORDS:
        return word
    return word + "".join(chance.choices("aeinrst", k=3))


def measured(asked: Sequence[Question]) -> Speed:
    texts = many()
    begun = time.perf_counter()
    Segment(texts)
    build_seconds = time.perf_counter() - begun
    call_command("migrate", verbosity=0)
    conference = make_conference("bench")
    items = [Item(one.key, one.title, one.text, one.keywords) for one in texts]
    import_services(conference=conference, source="bench", items=items, now=NOON)
    as_in_a_server()
    librarian = Librarian()
    librarian.start()
    begun = time.perf_counter()
    reading: list[float] = []
    while not (reply := timed(asked[len(reading) % len(asked)], conference))[1].is_whole:
        reading.append(reply[0])
        time.sleep(PAUSE_SECONDS)
    whole_seconds = time.perf_counter() - begun
    others = [timed(question, conference)[0] for question in asked]
    librarian.end()
    return Speed(
        build_seconds, statistics.quantiles(reading, n=20)[-1], whole_seconds, reply[0], statistics.median(others),
        statistics.quantiles(others, n=20)[-1],
    )


def as_in_a_server() -> None:
    """Addresses are loaded, threads take short turns, and garbage is looked for in large portions."""
    _ = get_resolver().url_patterns
    sys.setswitchinterval(SWITCH_SECONDS)
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECT_AFTER)


def timed(question: Question, conference: Conference) -> tuple[float, Reply]:
    """Milliseconds of a reply, and the reply."""
    begun = time.perf_counter()
    reply = reply_to(question.text, conference)
    return (time.perf_counter() - begun) * 1000, reply
