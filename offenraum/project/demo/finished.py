"""Plays a whole round through without a server: votes, pitches, plan, edition 1."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction

from offenraum.barcamp.actions.interest import show_interest
from offenraum.barcamp.actions.rounds import close_round, count_hands, last_call, next_pitch, open_round
from offenraum.barcamp.models import Topic
from offenraum.barcamp.queries import pitches_of, public_topics
from offenraum.conference.models import Conference
from offenraum.programme.actions.editions import publish_edition
from offenraum.project.demo import day
from offenraum.project.demo.crowd import NAMESPACE
from offenraum.project.demo.setup import Demo
from offenraum.project.demo.topics import demo_topics
from offenraum.project.robots.leading import MODERATOR, first_round, lead
from offenraum.project.robots.planning import plan_draft
from offenraum.project.robots.tastes import Habit, Subject, Taste, taste_of
from offenraum.seats.actions.checkin import check_in
from offenraum.seats.models import Seat

PITCH = timedelta(seconds=45)


def finish_demo(demo: Demo, *, planner_seconds: int = 2) -> None:
    """Everybody has checked in and voted, the round is closed, the plan published."""
    with transaction.atomic():
        for new in demo.crowd.robots:
            check_in(seat=new.seat, now=day.at(9, 10))
        vote_all(demo)
        hold_round(demo.conference)
    plan_draft(conference=demo.conference, seconds=planner_seconds, shown_at=day.at(12, 10))
    publish_edition(conference=demo.conference, after=0, published_by=MODERATOR, now=day.at(12, 16))


def subjects() -> dict[str, Subject]:
    """Title to theme and popularity of the topics that the demonstration knows."""
    return {topic.title: Subject(theme=topic.theme, popularity=topic.popularity) for topic in demo_topics()}


def themes() -> list[str]:
    return sorted({topic.theme for topic in demo_topics()})


def vote_all(demo: Demo) -> None:
    """Every seat shows interest by its taste."""
    topics = list(public_topics(demo.conference))
    for new in demo.crowd.robots:
        taste = taste_of(new.seat.number, themes())
        if taste.habit is not Habit.NEVER:
            vote(seat=new.seat, taste=taste, topics=topics, now=day.at(11, 45))


def vote(*, seat: Seat, taste: Taste, topics: Iterable[Topic], now: datetime) -> None:
    known = subjects()
    for topic in topics:
        weight = taste.weight_for(topic.number, known[topic.title])
        if weight:
            key = uuid.uuid5(NAMESPACE, f"{seat.number} {topic.number}")
            show_interest(topic_id=topic.pk, seat_id=seat.pk, weight=weight, key=key, now=now)


def hold_round(conference: Conference) -> None:
    """Open, pitch after pitch, some hands counted, last call, close."""
    lead(open_round, conference, now=day.at(11, 30))
    count = pitches_of(first_round(conference)).count()
    for position in range(count):
        lead(next_pitch, conference, now=day.at(11, 30) + position * PITCH)
    count_some_hands(conference)
    lead(last_call, conference, minutes=5, now=day.at(12, 2))
    lead(close_round, conference, now=day.at(12, 7))


def count_some_hands(conference: Conference) -> None:
    round_ = first_round(conference)
    for topic in public_topics(conference).filter(number__in=(3, 9, 17, 24)):
        count_hands(
            round_=round_, topic=topic, count=3 + topic.number % 5, is_estimate=topic.number % 2 == 0,
            counted_by=MODERATOR, now=day.at(11, 50),
        )
