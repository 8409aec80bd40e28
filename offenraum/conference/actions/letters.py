"""Letters of a conference: what every one of them says about it, and the outbox they go into."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from django.conf import settings
from django.utils.translation import override

from offenraum.conference.models import Conference
from offenraum.conference.words import date_in_words, place_of, title_of
from offenraum.kit.keys import new_key
from offenraum.post.actions import Draft, queue_letter, queue_letters
from offenraum.post.models import Letter
from offenraum.post.rules import LetterKind


def write_letter(
    *, conference: Conference, kind: str, key: str, to: str, values: Mapping[str, str], language: str, now: datetime,
    attachments: Sequence[str] = (),
) -> Letter:
    """Write a letter that a worker sends; what it may say about the conference is filled in here.

    Done once for each kind and key. `attachments` may be `calendar`, and `ticket` when `values` has the number of
    a `seat`. See `post.actions.Draft`.
    """
    draft = Draft(kind=kind, key=key, to=to, values=values, language=language, attachments=attachments)
    (known,) = with_conference(conference, [draft])
    return queue_letter(scope=conference.slug, draft=known, now=now)


def write_letters(*, conference: Conference, drafts: Sequence[Draft], now: datetime) -> None:
    """Write many at once; what they say about the conference is looked up once for each language."""
    if drafts:
        queue_letters(scope=conference.slug, drafts=with_conference(conference, drafts), now=now)


def with_conference(conference: Conference, drafts: Sequence[Draft]) -> list[Draft]:
    known = {language: values_of(conference, language) for language in {draft.language for draft in drafts}}
    return [replace(draft, values={**known[draft.language], **draft.values}) for draft in drafts]


def values_of(conference: Conference, language: str) -> dict[str, str]:
    """The placeholders that every letter of a conference can use."""
    with override(language):
        return {
            "conference": title_of(conference, language),
            "date": date_in_words(conference),
            "place": place_of(conference),
            "page": f"{settings.ADDRESS}/{conference.slug}/",
            "programme": f"{settings.ADDRESS}/{conference.slug}/programm",
            "results": f"{settings.ADDRESS}/{conference.slug}/ergebnisse",
        }


def send_test(
    *, conference: Conference, kind: str, to: str, values: Mapping[str, str], language: str, now: datetime
) -> Letter:
    """Write a letter with example values to whoever edits its text."""
    return write_letter(
        conference=conference, kind=kind, key=f"test {new_key()}", to=to, values=values, language=language, now=now,
        attachments=("calendar",) if kind == LetterKind.CONFIRMATION else (),
    )
