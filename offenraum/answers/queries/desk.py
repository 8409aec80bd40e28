"""What an editor looks after."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Max, Q, QuerySet

from offenraum.answers.models import Pin, Question, Service, Synonym
from offenraum.conference.models import Conference

SHOWN_QUESTIONS = 100


def open_questions(conference: Conference) -> QuerySet[Question]:
    """What had no answer or no helpful one, most asked first."""
    failed = Q(unanswered_count__gt=0) | Q(unhelpful_count__gt=0)
    return Question.objects.filter(failed, conference=conference, settled_at=None)[:SHOWN_QUESTIONS]


def open_question_count(conference: Conference) -> int:
    failed = Q(unanswered_count__gt=0) | Q(unhelpful_count__gt=0)
    return Question.objects.filter(failed, conference=conference, settled_at=None).count()


def pins_of(conference: Conference) -> QuerySet[Pin]:
    return Pin.objects.filter(conference=conference)


def editors_synonyms(conference: Conference) -> QuerySet[Synonym]:
    return Synonym.objects.filter(conference=conference)


@dataclass(frozen=True, slots=True)
class Source:
    """Services that came from one file."""

    name: str
    count: int
    imported_at: object


def sources_of(conference: Conference) -> list[Source]:
    rows = Service.objects.filter(conference=conference).values("source").order_by("source")
    counted = rows.annotate(count=Count("pk"), last=Max("imported_at"))
    return [Source(row["source"], row["count"], row["last"]) for row in counted]


def services_of(conference: Conference) -> QuerySet[Service]:
    return Service.objects.filter(conference=conference)
