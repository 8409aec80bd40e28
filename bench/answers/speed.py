"""How long an index of many passages takes, and how long a question takes through the whole desk, database and all."""

from __future__ import annotations

import os
import random
import statistics
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

from bench.answers.services import Question, passages
from offenraum.answers.actions import import_services
from offenraum.answers.index import Passage, Segment
from offenraum.answers.queries.answering import reply_to
from offenraum.answers.reading import Item
from tests.day import NOON, make_conference

MANY: Final = 5000
NEW_WORDS: Final = 0.05


@dataclass(frozen=True, slots=True)
class Speed:
    """Seconds to build an index, milliseconds of the first reply and of all others."""

    build_seconds: float
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
    times = []
    for question in asked:
        begun = time.perf_counter()
        reply_to(question.text, conference)
        times.append((time.perf_counter() - begun) * 1000)
    first, *others = times
    return Speed(build_seconds, first, statistics.median(others), statistics.quantiles(others, n=20)[-1])
