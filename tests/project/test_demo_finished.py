"""The finished demonstration, which commits as it goes."""

from __future__ import annotations

import pytest
from django.utils import timezone

from offenraum.conference.models import Slot
from offenraum.programme.models import Edition
from offenraum.project.demo import day
from offenraum.project.demo.finished import finish_demo
from offenraum.project.demo.setup import setup_demo


@pytest.mark.django_db(transaction=True)
def test_finished_demonstration_fills_every_slot_although_its_clock_shows_the_afternoon() -> None:
    shown = setup_demo(people=60, shows_at=day.at(13, 45), speed=1, now=timezone.now())

    finish_demo(shown, planner_seconds=1)

    edition = Edition.objects.get(conference=shown.conference)
    assert {row["slot"] for row in edition.sessions} == set(
        Slot.objects.filter(conference=shown.conference).values_list("pk", flat=True)
    )
    assert len(edition.sessions) >= 25
