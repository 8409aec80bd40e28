"""Makes the demonstration: the conference, its crowd and the topics, each through the actions of the product."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import translation

from offenraum.barcamp.actions.rounds import plan_round
from offenraum.conference.models import Conference
from offenraum.project.demo import day
from offenraum.project.demo.conference import create_conference
from offenraum.project.demo.crowd import Crowd, bring_topics, create_crowd, note_absences, topics_by, weeks_before
from offenraum.project.demo.registered import fill_registration
from offenraum.project.demo.sensors import Secrets, create_sensors
from offenraum.project.demo.services import create_question_desk
from offenraum.project.demo.stands import create_market
from offenraum.project.demo.topics import Brought

ALL = tuple(Brought)


@dataclass(frozen=True, slots=True)
class Demo:
    """What the demonstration consists of."""

    conference: Conference
    crowd: Crowd
    secrets: Secrets


@transaction.atomic
def setup_demo(
    *, people: int, shows_at: datetime, speed: float, now: datetime, brought: Sequence[Brought] = ALL
) -> Demo:
    """The conference before its barcamp begins: the topics of these times on the board, one round planned.

    `now` is the real instant at which the conference's clock shows `shows_at`.
    """
    Conference.objects.filter(slug=day.SLUG).delete()
    with translation.override("de"):
        conference = create_conference(shows_at=shows_at, speed=speed, now=now)
        crowd = create_crowd(conference=conference, people=people, now=weeks_before())
    bring_topics(conference=conference, crowd=crowd, topics=topics_by(brought), now=weeks_before())
    note_absences(conference=conference, crowd=crowd)
    fill_registration(conference=conference)
    plan_round(conference=conference)
    create_market(conference)
    create_question_desk(conference)
    return Demo(conference=conference, crowd=crowd, secrets=create_sensors(conference))
