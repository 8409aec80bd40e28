"""What organisers tell the question desk, and noting which questions it could not answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from offenraum.answers.models import Pin, Question, Service, Synonym
from offenraum.answers.reading import Item
from offenraum.answers.rules.words import words_of
from offenraum.conference.models import Conference
from offenraum.kit.clearing import delete_some
from offenraum.live.changes import announce

MOST_QUESTIONS: Final = 1000
"""So many different questions wait for an editor; what comes beyond is answered and not noted."""

IN_ONE: Final = 500
EDITED: Final = "answers"
IMPORTED: Final = "services"


class Taken(Exception):
    """There is a synonym for this word already."""

    message = _("There is an entry for this word already.")


@transaction.atomic
def import_services(*, conference: Conference, source: str, items: Sequence[Item], now: datetime) -> int:
    """Make the services of a source those of a file; returns how many are gone that were there before."""
    rows = [
        Service(
            conference=conference, source=source, mark=item.mark, name=item.name, text=item.text,
            keywords=item.keywords, link=item.link, language=item.language, imported_at=now,
        )
        for item in items
    ]
    changing = ["name", "text", "keywords", "link", "language", "imported_at"]
    Service.objects.bulk_create(
        rows, IN_ONE, update_conflicts=True, unique_fields=["conference", "source", "mark"], update_fields=changing
    )
    kept = {item.mark for item in items}
    there = Service.objects.filter(conference=conference, source=source).values_list("pk", "mark")
    gone = [pk for pk, mark in there if mark not in kept]
    for first in range(0, len(gone), IN_ONE):
        Service.objects.filter(pk__in=gone[first : first + IN_ONE]).delete()
    announce(scope=conference.slug, topics=[IMPORTED])
    return len(gone)


@transaction.atomic
def remove_services(*, conference: Conference, source: str) -> None:
    """Delete all services of a source."""
    ours = Service.objects.filter(conference=conference)
    if source in ours.values_list("source", flat=True).distinct():
        ours.filter(source=source).delete()
    announce(scope=conference.slug, topics=[IMPORTED])


@transaction.atomic
def keep_synonym(*, conference: Conference, word: str, means: str) -> None:
    """Let a word in questions stand for words in the texts."""
    _synonym, is_new = Synonym.objects.get_or_create(conference=conference, word=word, defaults={"means": means})
    if not is_new:
        raise Taken
    announce(scope=conference.slug, topics=[EDITED])


@transaction.atomic
def remove_synonym(*, synonym: Synonym) -> None:
    synonym.delete()
    announce(scope=synonym.conference.slug, topics=[EDITED])


@transaction.atomic
def keep_pin(*, pin: Pin, now: datetime) -> None:
    """Store an answer that an editor wrote; questions that it answers are settled."""
    pin.save()
    keys = [key_of(line) for line in pin.questions.splitlines()]
    Question.objects.filter(conference=pin.conference, key__in=keys, settled_at=None).update(settled_at=now)
    announce(scope=pin.conference.slug, topics=[EDITED])


@transaction.atomic
def remove_pin(*, pin: Pin) -> None:
    pin.delete()
    announce(scope=pin.conference.slug, topics=[EDITED])


def key_of(question: str) -> str:
    """A question without case and signs: so it is counted."""
    return " ".join(words_of(question))


@transaction.atomic
def note_unanswered(*, conference: Conference, text: str, now: datetime) -> None:
    """Count a question that has no answer; it is open again if it was settled."""
    note(conference=conference, text=text, column="unanswered_count", now=now)


@transaction.atomic
def judge_answer(*, conference: Conference, text: str, is_helpful: bool, now: datetime) -> None:
    """Count that an answer helped, or did not."""
    note(conference=conference, text=text, column="helpful_count" if is_helpful else "unhelpful_count", now=now)


def note(*, conference: Conference, text: str, column: str, now: datetime) -> None:
    key = key_of(text)
    opens = {} if column == "helpful_count" else {"settled_at": None}
    known = Question.objects.filter(conference=conference, key=key)
    if known.update(**{column: F(column) + 1}, asked_on=now.date(), **opens) or not key:
        return
    if Question.objects.filter(conference=conference, settled_at=None).count() < MOST_QUESTIONS:
        fresh = Question(conference=conference, key=key, text=text, asked_on=now.date(), **{column: 1})
        Question.objects.bulk_create([fresh], ignore_conflicts=True)


@transaction.atomic
def settle_question(*, question: Question, now: datetime) -> None:
    """Take a question off the list; it comes back when it is asked again without an answer."""
    Question.objects.filter(pk=question.pk).update(settled_at=now)


def clear_questions(*, conference: Conference) -> int:
    """The deletion clock: what was asked goes."""
    return delete_some(Question.objects.filter(conference=conference))
