"""Colours that can be read, phases of a start page, what becomes of comments, who may frame us."""

from __future__ import annotations

import math
import random
from datetime import UTC, date, datetime

import pytest

from offenraum.website.rules.colours import DARK, LIGHT, contrast, hex_of, is_key, oklch_of, shades, style_of
from offenraum.website.rules.comments import Fate, fate_of
from offenraum.website.rules.frames import NoOrigin, origins_of
from offenraum.website.rules.phases import Entry, Phase, phase_of

CHANCE = random.Random(12)
CHOSEN = [f"#{CHANCE.randrange(1 << 24):06x}" for _ in range(12)]
COLOURS = ["#000000", "#ffffff", "#ffff00", "#00ff00", "#777777", "#2044aa", *CHOSEN]


@pytest.mark.parametrize("colour", COLOURS)
def test_shades_of_any_colour_can_be_read_in_light_and_dark(colour: str) -> None:
    for ground in (LIGHT, DARK):
        found = shades(colour, ground, band=colour)
        assert min(contrast(found.act, other) for other in (ground.surface, found.wash, found.on_act)) >= 4.5
        assert min(contrast(found.wash, text) for text in (ground.ink, ground.muted)) >= 4.5


def test_shade_keeps_the_colour_where_it_can_be_read_and_its_hue_where_not() -> None:
    assert shades("#2044aa", LIGHT, band="#2044aa").act == "#2044aa"
    asked, given = oklch_of("#ffcc00"), oklch_of(shades("#ffcc00", LIGHT, band="#ffcc00").act)
    assert given.lightness < asked.lightness
    assert math.isclose(given.hue, asked.hue, abs_tol=0.1)


def test_contrast_and_oklch_are_those_of_the_standards() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert oklch_of("#ff0000") == pytest.approx((0.628, 0.2577, math.radians(29.23)), abs=1e-3)
    assert [hex_of(oklch_of(colour)) for colour in COLOURS] == COLOURS


def test_style_sheet_names_light_and_dark_and_the_second_colour() -> None:
    style = style_of("2044aa-ffcc00")
    assert style.count("--band:#ffcc00") == 3
    assert "@media (prefers-color-scheme:dark)" in style
    assert all(is_key(key) for key in ("2044aa", "2044aa-ffcc00"))
    assert not any(is_key(key) for key in ("2044AA", "red", "2044aa}", "", "2044aa-"))


DAYS = [date(2026, 9, 3), date(2026, 9, 4)]


@pytest.mark.parametrize(
    ("day", "entry", "phase"),
    [
        (2, Entry.SOON, Phase.SAVE_THE_DATE), (2, Entry.OPEN, Phase.OPEN), (2, Entry.NONE, Phase.OPEN),
        (2, Entry.FULL, Phase.WAITING), (2, Entry.CLOSED, Phase.CLOSED), (3, Entry.FULL, Phase.TODAY),
        (4, Entry.OPEN, Phase.TODAY), (5, Entry.OPEN, Phase.OVER),
    ],
)
def test_phase_follows_the_days_and_the_registration(day: int, entry: Entry, phase: Phase) -> None:
    assert phase_of(days=DAYS, entry=entry, now=datetime(2026, 9, day, 12, tzinfo=UTC)) == phase


def test_conference_without_days_is_a_date_to_save() -> None:
    assert phase_of(days=[], entry=Entry.OPEN, now=datetime(2026, 9, 1, tzinfo=UTC)) == Phase.SAVE_THE_DATE


@pytest.mark.parametrize(
    ("text", "trap", "seconds", "fate"),
    [
        ("Guter Beitrag.", "", 20, Fate.SHOWN), ("Guter Beitrag.", "x", 20, Fate.DROPPED),
        ("Guter Beitrag.", "", 1, Fate.DROPPED), ("Guter Beitrag.", "", -1, Fate.DROPPED),
        ("Guter Beitrag.", "", 90_000, Fate.DROPPED), ("Siehe https://example.org", "", 20, Fate.HELD),
        ("http://a http://b www.c.de", "", 20, Fate.DROPPED), ("DAS IST JA WOHL UNERHÖRT UND LAUT", "", 20, Fate.HELD),
        ("OK", "", 20, Fate.SHOWN),
    ],
)
def test_comment_is_shown_held_or_dropped(text: str, trap: str, seconds: float, fate: Fate) -> None:
    assert fate_of(text=text, trap=trap, seconds=seconds) == fate


def test_sites_for_frames_become_origins() -> None:
    text = "www.koeln.de\nhttps://Rathaus.example.de:8443/\n\n*.bonn.de\nhttp://localhost:9000"
    assert origins_of(text) == [
        "https://www.koeln.de", "https://rathaus.example.de:8443", "https://*.bonn.de", "http://localhost:9000",
    ]


@pytest.mark.parametrize(
    "line",
    ["*", "https://", "www.koeln.de/seite", "javascript:alert(1)", "a; script-src *", "'self'", "koeln", "x.de:99999"],
)
def test_line_that_names_no_site_is_refused(line: str) -> None:
    with pytest.raises(NoOrigin):
        origins_of(line)
