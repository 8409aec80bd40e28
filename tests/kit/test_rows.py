"""Rows that every request asks for: always as they are now, equal to what Django reads, one's own to change."""

from __future__ import annotations

import pytest
from django.db import connection

from offenraum.conference.models import Conference
from offenraum.conference.queries import BY_SLUG, conference_by_slug
from offenraum.kit.rows import MOST_KEPT, Rows
from offenraum.registration.queries import QUESTIONS, TERMS
from tests.day import make_conference
from tests.registration.people import open_registration

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]


def values(conference: Conference | None) -> dict[str, object]:
    assert conference is not None
    return {field.attname: getattr(conference, field.attname) for field in Conference._meta.concrete_fields}


def test_row_is_what_django_reads() -> None:
    make_conference("fremd19")
    made = make_conference()
    for _first_and_kept in range(2):
        assert values(BY_SLUG.first("kogk18")) == values(Conference.objects.get(pk=made.pk))
    assert BY_SLUG.first("andere") is None


def test_row_is_read_anew_each_time_and_knows_every_change() -> None:
    make_conference()
    seen = []
    for title in ("Eins", "Zwei", "Eins"):
        Conference.objects.update(title=title)
        seen.append(values(conference_by_slug("kogk18"))["title"])
    assert seen == ["Eins", "Zwei", "Eins"]


def test_object_is_ones_own_and_can_be_saved() -> None:
    make_conference()
    first, second = BY_SLUG.first("kogk18"), BY_SLUG.first("kogk18")
    assert first is not None
    assert second is not None
    first.title = "Anders"
    assert (second.title, first == second) == ("Konferenz kogk18", True)
    second.short_title = "K"
    second.save()
    assert Conference.objects.get().short_title == "K"
    assert values(BY_SLUG.first("kogk18"))["title"] == "Konferenz kogk18"


def test_kept_objects_stay_few() -> None:
    make_conference()
    rows = Rows(lambda: Conference.objects.filter(slug="").order_by())
    for number in range(MOST_KEPT + 3):
        with connection.cursor() as cursor:
            cursor.execute("UPDATE conference_conference SET title = %s", [f"Titel {number}"])
        assert values(rows.first("kogk18"))["title"] == f"Titel {number}"
    assert len(rows.made) == 3


def test_terms_and_questions_of_a_conference_are_its_own() -> None:
    conference, other = open_registration(), make_conference("fremd19")
    assert TERMS.first(other.pk) is None
    terms = TERMS.first(conference.pk)
    assert terms is not None
    assert terms.conference == conference
    assert QUESTIONS.all(conference.pk) == []
