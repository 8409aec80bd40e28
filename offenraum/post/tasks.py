"""What a worker does with letters: hands them to the mail server, tries again, gives up."""

from __future__ import annotations

import smtplib
from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from typing import Final, NamedTuple

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.utils import timezone
from django.utils.translation import gettext_noop

from offenraum.kit.group_commit import durable
from offenraum.kit.outbox import Kind
from offenraum.post.actions import give_up, note_sent, put_off
from offenraum.post.message import Maker, message_of
from offenraum.post.models import Letter
from offenraum.post.rules import is_permanent

MOST_TRIES: Final = 11
FIRST_PAUSE: Final = timedelta(minutes=1)
"""Twice as long each time: eleven tries take 17 hours."""

PACE_SECONDS: Final = 0.05
"""At most twenty letters a second: mail servers take no more from one sender, and a hall that registers comes first."""

NO_SERVER: Final = gettext_noop("No mail server is set up. Please send the letter again when there is one.")
NO_RECIPIENT: Final = gettext_noop("This address belongs to nobody; it is used in rehearsals.")
NOBODYS: Final = ".invalid"
"""What RFC 2606 keeps free for addresses that lead nowhere; no mail server is troubled with them."""

TOO_OFTEN: Final = gettext_noop("The worker ended several times while it was sending this letter.")


class Verdict(NamedTuple):
    """What became of an attempt that failed."""

    said: str
    is_final: bool


def sending(makers: Mapping[str, Maker]) -> Kind:
    """The work of sending, with what is needed to make the papers that go with letters."""
    return Kind(
        model=Letter, run=partial(send_letter, makers=makers), lost_after=timedelta(minutes=10), most_tries=MOST_TRIES,
        retry_after=FIRST_PAUSE, pace_seconds=PACE_SECONDS,
    )


def send_letter(letter: Letter, *, makers: Mapping[str, Maker]) -> None:
    """Send a letter and note what became of it; a crash in between sends it once more, with the same Message-ID."""
    if settings.EMAIL_BACKEND.endswith("console.EmailBackend"):
        durable(give_up, letter=letter, error=NO_SERVER, now=timezone.now())
        return
    if letter.recipient.endswith(NOBODYS):
        durable(give_up, letter=letter, error=NO_RECIPIENT, now=timezone.now())
        return
    if letter.tries > MOST_TRIES:
        durable(give_up, letter=letter, error=TOO_OFTEN, now=timezone.now())
        return
    message = message_of(letter, makers)
    try:
        answer = hand_over(message)
    except (OSError, smtplib.SMTPException) as error:
        verdict = verdict_on(error)
        said = verdict.said.replace(letter.recipient, "…")
        if verdict.is_final:
            durable(give_up, letter=letter, error=said, now=timezone.now())
        else:
            durable(put_off, letter=letter, error=said, now=timezone.now(), kind=sending({}))
    else:
        durable(note_sent, letter=letter, answer=answer, now=timezone.now())


def hand_over(message: EmailMultiAlternatives) -> str:
    """Give a message to the mail server; returns what it said."""
    with get_connection() as way:
        way.send_messages([message])
        return str(getattr(way, "answer", ""))


def verdict_on(error: Exception) -> Verdict:
    """Final is what concerns this letter or its address; what concerns the server or our access is tried again."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, said = next(iter(error.recipients.values()))
        return Verdict(in_words(code, said), is_permanent(code))
    if isinstance(error, smtplib.SMTPResponseException):
        concerns_letter = isinstance(error, smtplib.SMTPDataError)
        return Verdict(in_words(error.smtp_code, error.smtp_error), concerns_letter and is_permanent(error.smtp_code))
    return Verdict(f"{type(error).__name__}: {error}", is_final=False)


def in_words(code: int, said: bytes | str) -> str:
    return f"{code} {said.decode(errors='replace') if isinstance(said, bytes) else said}"
