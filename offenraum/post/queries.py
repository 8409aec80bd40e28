"""Reads about letters."""

from __future__ import annotations

from typing import NamedTuple

from django.db.models import QuerySet
from django.utils.translation import override

from offenraum.post.models import Letter, LetterText
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
