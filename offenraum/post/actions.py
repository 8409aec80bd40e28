"""What happens to letters: written, sent again, given other words."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy, override

from offenraum.kit.clearing import delete_some
from offenraum.kit.outbox import ERROR_LENGTH, Kind, Lost, fail, held
from offenraum.kit.plain_text import shortened
from offenraum.post.models import Letter, LetterSettings, LetterText
from offenraum.post.queries import default_text, text_of
from offenraum.post.rules import MOST_OF_SUBJECT, filled, fit_values, is_deliverable, one_line, subject_of
from offenraum.post.words import FOOTER

AT_ONCE: Final = datetime(1970, 1, 1, tzinfo=UTC)
SEPARATOR: Final = "\n\n-- \n"


class NoAddress(Exception):
    """A recipient that no mail server would take."""

    message = gettext_lazy("No e-mail can be sent to this address. Please check how it is written.")


@transaction.atomic
def queue_letter(  # noqa: PLR0913 - a letter has that many parts
    *, scope: str, kind: str, key: str, to: str, values: Mapping[str, str], language: str, now: datetime,
    attachments: Sequence[str] = (), due_at: datetime | None = None,
) -> Letter:
    """Write a letter that a worker sends: at once, or when `due_at` has come on the real clock.

    `scope` is the slug of a conference. A letter with the same scope, kind and key is written once, however often this
    is called. `values` are those of the kind's placeholders (`rules.PLACEHOLDERS`); what is missing leaves its line
    out. `attachments` are names of papers that the worker makes of scope and values. Raises NoAddress.
    """
    if not is_deliverable(to):
        raise NoAddress
    wording = text_of(scope=scope, kind=kind, language=language)
    fit = fit_values(kind, values, address=settings.ADDRESS)
    letter = Letter(
        scope=scope, kind=kind, key=key, token=new_token(), recipient=to, language=language,
        sender_name=shortened(one_line(values.get("conference", "")), limit=80),
        subject=shortened(subject_of(wording.subject, fit), limit=MOST_OF_SUBJECT),
        text=filled(wording.text, fit) + footer(fit, language=language),
        given=json.dumps(dict(values)), attachments=list(attachments), created_at=now, due_at=due_at or AT_ONCE,
    )
    Letter.objects.bulk_create([letter], ignore_conflicts=True)
    return Letter.objects.get(scope=scope, kind=kind, key=key)


def new_token() -> str:
    return secrets.token_hex(16)


def footer(values: Mapping[str, str], *, language: str) -> str:
    """From whom a letter comes; organisers cannot leave this out."""
    with override(language):
        text = filled(str(FOOTER), values)
    return SEPARATOR + text if text else ""


def note_sent(*, letter: Letter, answer: str, now: datetime) -> None:
    """The mail server has taken a letter; raises Lost when another worker has it by now."""
    said = shortened(one_line(answer), limit=300)
    if not held(letter).update(state=Letter.State.DONE, sent_at=now, finished_at=now, answer=said, error=""):
        raise Lost


def put_off(*, letter: Letter, error: str, now: datetime, kind: Kind) -> None:
    """Try a letter again later."""
    fail(letter, error=one_line(error), now=now, kind=kind)


def give_up(*, letter: Letter, error: str, now: datetime) -> None:
    """A letter that no further attempt would bring there."""
    held(letter).update(state=Letter.State.FAILED, finished_at=now, error=one_line(error)[:ERROR_LENGTH])


def clear_letters(*, scope: str) -> int:
    """Delete the next letters of a conference, whatever became of them."""
    return delete_some(Letter.objects.filter(scope=scope))


@transaction.atomic
def forget_recipient(*, scope: str, recipient: str) -> None:
    """Delete what was written to one address; a letter that a worker holds just now is lost to it."""
    Letter.objects.filter(scope=scope, recipient__iexact=recipient).delete()


@transaction.atomic
def send_again(*, letter: Letter) -> bool:
    """Send a letter once more that has gone, failed or come back; False while it is on its way anyway."""
    over = Letter.objects.filter(pk=letter.pk, state__in=[Letter.State.DONE, Letter.State.FAILED])
    return bool(over.update(
        state=Letter.State.QUEUED, due_at=AT_ONCE, tries=0, token=new_token(), bounced_at=None, error="",
    ))


@transaction.atomic
def send_failed_again(*, scope: str) -> int:
    """Send everything once more that was given up; returns how much that is."""
    failed = Letter.objects.filter(scope=scope, state=Letter.State.FAILED, bounced_at__isnull=True)
    return failed.update(state=Letter.State.QUEUED, due_at=AT_ONCE, tries=0, error="")


@transaction.atomic
def save_text(*, scope: str, kind: str, language: str, subject: str, text: str) -> None:
    """Give a kind of letter the conference's own words; our words again make no row."""
    ours = default_text(kind=kind, language=language)
    if (subject, text) == (ours.subject, ours.text):
        reset_text(scope=scope, kind=kind, language=language)
        return
    LetterText.objects.update_or_create(
        scope=scope, kind=kind, language=language, defaults={"subject": subject, "text": text}
    )


@transaction.atomic
def reset_text(*, scope: str, kind: str, language: str) -> None:
    """Back to our own words."""
    LetterText.objects.filter(scope=scope, kind=kind, language=language).delete()


@transaction.atomic
def switch_published(*, scope: str, is_on: bool) -> None:
    """Whether the first edition of the programme is told to everybody by itself."""
    LetterSettings.objects.update_or_create(scope=scope, defaults={"tells_first_edition": is_on})


@transaction.atomic
def note_bounce(*, token: str, error: str, now: datetime) -> bool:
    """A letter came back after the mail server had taken it; False when we do not know it."""
    found = Letter.objects.filter(token=token).exclude(state__in=[Letter.State.QUEUED, Letter.State.RUNNING])
    said = shortened(one_line(error), limit=300)
    return bool(found.update(state=Letter.State.FAILED, bounced_at=now, error=said))
