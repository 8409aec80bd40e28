"""Reads about sessions: what was written, counted, answered and reported."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from offenraum.barcamp.models import Topic
from offenraum.conference.models import Conference
from offenraum.gathering.models import Contribution, Feedback, HeadCount, Report
from offenraum.gathering.rules import Totals, totals_of
from offenraum.seats.models import Seat

GATHERED = (Topic.State.RELEASED, Topic.State.MERGED)


def gathered_topic(*, conference: Conference, number: int) -> Topic | None:
    """The topic whose session has a page: everybody may see it."""
    found = Topic.objects.filter(conference=conference, number=number, state__in=GATHERED)
    return found.prefetch_related("hosts").first()


def shown_of(topic: Topic) -> QuerySet[Contribution]:
    """What is written in a session and not hidden."""
    return Contribution.objects.filter(topic=topic, hidden_at=None)


def heads_of(conference: Conference) -> dict[int, int]:
    """Topic id to the heads that were counted last."""
    counts = HeadCount.objects.filter(topic__conference=conference).order_by("id")
    return dict(counts.values_list("topic_id", "count"))


def heads_in(topic: Topic) -> HeadCount | None:
    return HeadCount.objects.filter(topic=topic).last()


def feedback_totals(conference: Conference) -> dict[int, Totals]:
    """Topic id to its feedback, as it may be shown."""
    rows = Feedback.objects.filter(topic__conference=conference).values_list("topic_id", "value")
    counted: dict[int, dict[int, int]] = {}
    for topic, value, count in rows.annotate(n=Count("id")).order_by("topic_id", "-value"):
        counted.setdefault(topic, {})[value] = count
    return {topic: totals_of(counts) for topic, counts in counted.items()}


def own_feedback(*, topic: Topic, seat: Seat) -> int | None:
    return Feedback.objects.filter(topic=topic, seat=seat).values_list("value", flat=True).first()


@dataclass(frozen=True, slots=True)
class Complaint:
    """Something that was reported and is not settled, with all open reasons."""

    topic: Topic
    contribution: Contribution | None
    reasons: tuple[str, ...]


def complaints_of(conference: Conference) -> list[Complaint]:
    """What the desk has to look at, the oldest first."""
    reports = Report.objects.filter(topic__conference=conference, settled_at=None)
    grouped: dict[tuple[int, int | None], list[Report]] = {}
    for report in reports.select_related("topic", "contribution").order_by("id"):
        grouped.setdefault((report.topic_id, report.contribution_id), []).append(report)
    return [
        Complaint(same[0].topic, same[0].contribution, tuple(report.reason for report in same))
        for same in grouped.values()
    ]


def hidden_contributions(conference: Conference) -> QuerySet[Contribution]:
    """What was hidden, the newest first, so that the desk can show it again."""
    hidden = Contribution.objects.filter(Q(topic__conference=conference) & ~Q(hidden_at=None))
    return hidden.select_related("topic").order_by("-hidden_at")
