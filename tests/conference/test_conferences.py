"""Conferences are made once, and what is shortened for them stays text that a screen can show."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from hypothesis import given, settings
from hypothesis import strategies as st

from offenraum.conference.actions.conferences import create_conference
from offenraum.conference.models import Conference, Day
from offenraum.conference.rules import RESERVED_SLUGS
from offenraum.kit.plain_text import Unfit, shortened, tidy_line
from offenraum.project.robots.copying import copy_conference
from tests.day import NOON, make_conference

ISOLATE = "\u2067עברית\u2069"


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("Kommunale Konferenz", 40, "Kommunale Konferenz"),
        ("Kommunale Konferenz", 10, "Kommunale"),
        (f"Köln {ISOLATE} Bonn", 8, "Köln"),
        (f"Köln {ISOLATE} Bonn", 12, f"Köln {ISOLATE}"),
        ("", 5, ""),
        (ISOLATE, 3, ""),
    ],
)
def test_shortened_cuts_where_the_text_stays_whole(text: str, limit: int, expected: str) -> None:
    assert shortened(text, limit=limit) == expected


@settings(max_examples=40)
@given(st.text(st.sampled_from("aä \u2067\u2069\u0301👩\u200d💻"), max_size=30), st.integers(1, 20))
def test_shortened_text_always_fits_and_begins_as_the_whole_does(text: str, limit: int) -> None:
    try:
        whole = tidy_line(text, limit=60)
    except Unfit:
        return
    short = shortened(whole, limit=limit)
    assert (tidy_line(short, limit=limit), whole.startswith(short)) == (short, True) if short else True
    assert len(whole) > limit or short == whole


@pytest.mark.django_db
def test_conference_is_made_once_with_its_first_day() -> None:
    first = create_conference(slug="k26", title="Kommunale Konferenz", day=date(2026, 9, 4))
    again = create_conference(slug="k26", title="Anders", day=date(2026, 9, 5))
    assert (again, again.title, again.short_title) == (first, "Kommunale Konferenz", "Kommunale Konferenz")
    assert list(Day.objects.values_list("conference__slug", "date")) == [("k26", date(2026, 9, 4))]


@pytest.mark.django_db
def test_long_title_in_two_directions_makes_a_conference_and_its_rehearsal() -> None:
    made = create_conference(slug="k26", title=f"{'x' * 36} {ISOLATE}")
    assert made.short_title == "x" * 36
    source = make_conference("lang")
    Conference.objects.filter(pk=source.pk).update(title=f"{'x' * 111} {ISOLATE}")
    copy = copy_conference(source=Conference.objects.get(pk=source.pk), now=NOON)
    assert copy.title.endswith("x")


def first_segments(patterns: list[URLPattern | URLResolver]) -> set[str]:
    """The fixed first part of every address."""
    parts = {str(pattern.pattern).split("/")[0].strip("^$") for pattern in patterns}
    return {part for part in parts if part and "<" not in part}


def test_no_conference_can_take_an_address_of_the_program_itself() -> None:
    outside = {part for part in first_segments(get_resolver().url_patterns) if "." not in part}
    assert outside - RESERVED_SLUGS == set()
    assert {"konto"} <= outside
    assert {"static", "live", "frag"} <= RESERVED_SLUGS
