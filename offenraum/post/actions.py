"""What happens to letters: written, sent again, given other words."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy, override

from offenraum.kit.clearing import delete_some
from offenraum.kit.datamap import Keep, days_of
from offenraum.kit.outbox import ERROR_LENGTH, Kind, Lost, fail, held
from offenraum.kit.plain_text import shortened
from offenraum.post.models import Letter, LetterSettings, LetterText, Refusal
from offenraum.post.queries import Text, default_text, refusal_address, refusals_of, texts_of
from offenraum.post.rules import (
    ACCOUNT,
    MOST_OF_SUBJECT,
    REFUSABLE,
    filled,
    fit_values,
    is_deliverable,
    one_line,
    subject_of,
)
from offenraum.post.words import FOOTER, REFUSAL

AT_ONCE: Final = datetime(1970, 1, 1, tzinfo=UTC)
SEPARATOR: Final = "\n\n-- \n"


class NoAddress(Exception):
    """A recipient that no mail server would take."""

    message = gettext_lazy("No e-mail can be sent to this address. Please check how it is written.")


@dataclass(frozen=True, slots=True)
class Draft:
    """A letter that is to be written, and is written once for each kind and key of a scope.

    `values` are those of the kind's placeholders (`rules.PLACEHOLDERS`); what is missing leaves its line out.
    `attachments` are names of papers that the worker makes of scope and values. It is sent at once, or when `due_at`
    has come on the real clock.
    """

    kind: str
    key: str
    to: str
    values: Mapping[str, str]
    language: str
    attachments: Sequence[str] = ()
    due_at: datetime = AT_ONCE


@transaction.atomic
def queue_letter(*, scope: str, draft: Draft, now: datetime) -> Letter:
    """Write a letter that a worker sends; `scope` is the slug of a conference. Raises NoAddress."""
    queue_letters(scope=scope, drafts=[draft], now=now)
    return Letter.objects.get(scope=scope, kind=draft.kind, key=draft.key)


@transaction.atomic
def queue_letters(*, scope: str, drafts: Sequence[Draft], now: datetime) -> None:
    """Write many at once; none when an address is none. Raises NoAddress."""
    if not all(is_deliverable(draft.to) for draft in drafts):
        raise NoAddress
    wordings = texts_of(scope=scope, kinds={(draft.kind, draft.language) for draft in drafts})
    letters = [letter_of(scope, draft, wordings[draft.kind, draft.language], now) for draft in drafts]
    Letter.objects.bulk_create(letters, ignore_conflicts=True)


def letter_of(scope: str, draft: Draft, wording: Text, now: datetime) -> Letter:
    """A letter with its values put in, not stored yet."""
    fit = fit_values(draft.kind, draft.values, address=settings.ADDRESS)
    text = filled(wording.text, fit) + footer(fit, language=draft.language)
    return Letter(
        scope=scope, kind=draft.kind, key=draft.key, token=new_token(), recipient=draft.to, language=draft.language,
        sender_name=shortened(one_line(draft.values.get("conference", "")), limit=80),
        subject=shortened(subject_of(wording.subject, fit), limit=MOST_OF_SUBJECT),
        text=text + way_out(scope, draft.kind, draft.to, draft.language), given=json.dumps(dict(draft.values)),
        attachments=list(draft.attachments), created_at=now, due_at=draft.due_at,
    )


def new_token() -> str:
    return secrets.token_hex(16)


def footer(values: Mapping[str, str], *, language: str) -> str:
    """From whom a letter comes; organisers cannot leave this out."""
    with override(language):
        text = filled(str(FOOTER), values)
    return SEPARATOR + text if text else ""


def way_out(scope: str, kind: str, recipient: str, language: str) -> str:
    """Where a reader ends letters that are no more than a service; nothing for those about the own place."""
    if kind not in REFUSABLE:
        return ""
    with override(language):
        return f"\n{REFUSAL}\n{refusal_address(scope=scope, recipient=recipient)}"


@transaction.atomic
def queue_account_letter(*, to: str, subject: str, text: str, language: str, now: datetime) -> Letter:
    """Write to the owner of an account what a slice has put into words. Raises NoAddress."""
    if not is_deliverable(to):
        raise NoAddress
    token = new_token()
    return Letter.objects.create(
        kind=ACCOUNT, key=token, token=token, recipient=to, language=language, text=text, created_at=now,
        subject=shortened(one_line(subject), limit=MOST_OF_SUBJECT), due_at=AT_ONCE,
    )


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
    """Delete the next letters of a conference, whatever became of them, and who wanted none."""
    return delete_some(Letter.objects.filter(scope=scope)) or delete_some(Refusal.objects.filter(scope=scope))


def clear_account_letters(*, now: datetime) -> int:
    """Delete what was written to accounts as long ago as letters are kept."""
    before = now - timedelta(days=days_of(Keep.LETTERS))
    return delete_some(Letter.objects.filter(scope="", created_at__lt=before))


@transaction.atomic
def forget_recipient(*, scope: str, recipient: str) -> None:
    """Delete what was written to one address and refused by it; a letter that a worker holds just now is lost to it."""
    Letter.objects.filter(scope=scope, recipient__iexact=recipient).delete()
    refusals_of(scope=scope, recipient=recipient).delete()


@transaction.atomic
def refuse_letters(*, scope: str, digest: str, now: datetime) -> None:
    """An address wants no more letters to all."""
    Refusal.objects.get_or_create(scope=scope, digest=digest, defaults={"refused_at": now})


@transaction.atomic
def want_letters(*, scope: str, digest: str) -> None:
    """An address wants letters to all again."""
    Refusal.objects.filter(scope=scope, digest=digest).delete()


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
