"""Schedules of all shapes, for the tests of formats."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import strategies as st

from offenraum.programme.formats.schedule import Entry, Human, Place, Schedule

FORMATS = Path(__file__).resolve().parents[3] / "shared/data/schedule"
NOON = datetime(2018, 9, 4, 10, 0, tzinfo=UTC)


def public_schema(name: str) -> Path:
    """A schema as its makers publish it; tests that need it are skipped where it is absent."""
    file = FORMATS / name
    if not file.is_file():
        pytest.skip(f"no {name}: the folder of public data is absent")
    return file


def make_entry(number: int = 12, **changes: object) -> Entry:
    values: dict[str, object] = {
        "key": f"session-{number}", "number": number, "title": "Offene Haushalte", "text": "Wer liest sie?",
        "kind": "discussion", "track": "#haushalt", "starts_at": NOON, "ends_at": NOON + timedelta(minutes=45),
        "room": "Raum 1", "humans": (Human(7, "Bernd"),), "path": f"/kogk18/session/{number}", "revision": 0,
        "changed_at": NOON - timedelta(hours=1),
    }
    return Entry(**values | changes)  # type: ignore[arg-type]


def make_schedule(*entries: Entry, **changes: object) -> Schedule:
    values: dict[str, object] = {
        "slug": "kogk18", "title": "Kommunale Konferenz", "about": "Ein Barcamp", "venue": "Museum, Köln",
        "zone": ZoneInfo("Europe/Berlin"), "language": "de", "base": "https://example.org", "edition": 3,
        "changed_at": NOON, "rooms": (Place("Raum 1", 40),), "entries": entries,
    }
    return Schedule(**values | changes)  # type: ignore[arg-type]


texts = st.text(st.characters(blacklist_categories=["Cs"]), max_size=60)
lines = texts.filter(str.strip)


@st.composite
def entries(draw: st.DrawFn, number: int) -> Entry:
    starts_at = NOON + timedelta(minutes=draw(st.integers(0, 3 * 24 * 60)))
    return make_entry(
        number, title=draw(lines), text=draw(texts), room=draw(lines), track=draw(texts), kind=draw(lines),
        starts_at=starts_at, ends_at=starts_at + timedelta(minutes=draw(st.integers(5, 900))),
        humans=tuple(Human(number * 10 + n, name) for n, name in enumerate(draw(st.lists(lines, max_size=3)))),
        revision=draw(st.integers(0, 9)),
    )


@st.composite
def schedules(draw: st.DrawFn) -> Schedule:
    count = draw(st.integers(1, 6))
    slug = draw(st.from_regex(r"\A[a-zA-Z0-9_-]{1,40}\Z"))
    return make_schedule(*(draw(entries(number)) for number in range(1, count + 1)), slug=slug, title=draw(lines))
