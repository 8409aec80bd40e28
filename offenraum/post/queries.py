"""Reads about letters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Count as Counted
from django.db.models import Q, QuerySet
from django.utils.translation import override

from offenraum.kit.plain_text import Unfit, tidy_line
from offenraum.post.models import Letter, LetterSettings, LetterText
from offenraum.post.words import WORDINGS


class Text(NamedTuple):
    """Subject and text of a kind of letter, with placeholders; our own or the conference's."""

    subject: str
    text: str
    is_own: bool


def text_of(*, scope: str, kind: str, language: str) -> Text:
    """What a kind of letter says in a conference."""
    own = LetterText.objects.filter(scope=scope, kind=kind, language=language).first()
    return Text(own.subject, own.text, is_own=True) if own else default_text(kind=kind, language=language)


def default_text(*, kind: str, language: str) -> Text:
    with override(language):
        return Text(str(WORDINGS[kind].subject), str(WORDINGS[kind].text), is_own=False)


def letters_of(scope: str) -> QuerySet[Letter]:
    """The letters of a conference, the newest first."""
    return Letter.objects.filter(scope=scope)


@dataclass(frozen=True, slots=True)
class Count:
    """How many letters of a conference are where."""

    waiting: int
    sent: int
    failed: int


def counted(scope: str) -> Count:
    rows = letters_of(scope).order_by().values_list("state").annotate(Counted("pk"))
    by_state = dict(rows.values_list("state", "pk__count"))
    waiting = by_state.get(Letter.State.QUEUED, 0) + by_state.get(Letter.State.RUNNING, 0)
    return Count(waiting=waiting, sent=by_state.get(Letter.State.DONE, 0), failed=by_state.get(Letter.State.FAILED, 0))


def find_letters(*, scope: str, text: str = "", state: str = "") -> QuerySet[Letter]:
    """The letters of a conference by part of an address or subject, or by what became of them."""
    found = letters_of(scope)
    if state == "failed":
        found = found.filter(state=Letter.State.FAILED)
    try:
        searched = tidy_line(text, limit=120)
    except Unfit:
        return found.none()
    return found.filter(Q(recipient__icontains=searched) | Q(subject__icontains=searched)) if searched else found


def tells_first_edition(scope: str) -> bool:
    return LetterSettings.objects.filter(scope=scope, tells_first_edition=True).exists()


def own_texts(scope: str) -> set[tuple[str, str]]:
    """Kinds and languages for which a conference has words of its own."""
    return set(LetterText.objects.filter(scope=scope).values_list("kind", "language"))
