"""A letter as an e-mail: headers, plain text, page, papers."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.utils import formataddr, parseaddr
from typing import Any, Final

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from offenraum.post.models import Letter
from offenraum.post.queries import refusal_address
from offenraum.post.rules import REFUSABLE, LetterKind, html_of

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Paper:
    """A file that goes with a letter."""

    name: str
    content: bytes
    media_type: str


Maker = Callable[[Letter, Mapping[str, str]], Paper | None]
"""Makes a paper for a letter from the values that were given with it; None where there is nothing to send."""

HTML_LANGUAGES: Final = {"de-x-leicht": "de"}


def message_of(letter: Letter, makers: Mapping[str, Maker]) -> EmailMultiAlternatives:
    """What is handed to the mail server; the same letter has the same Message-ID however often it is sent."""
    language = HTML_LANGUAGES.get(letter.language, letter.language)
    message = EmailMultiAlternatives(
        subject=letter.subject, body=letter.text, from_email=sender_of(letter), to=[letter.recipient],
        headers={
            "Message-ID": message_id_of(letter), "Auto-Submitted": "auto-generated", "Content-Language": language,
            **unsubscribing(letter),
        },
    )
    message.attach_alternative(
        html_of(letter.text, subject=letter.subject, language=language, address=settings.ADDRESS), "text/html"
    )
    for paper in papers_of(letter, makers):
        message.attach(paper.name, paper.content, paper.media_type)
    return message


def unsubscribing(letter: Letter) -> dict[str, str]:
    """Headers by which mail programs show a button that ends letters with one click (RFC 8058)."""
    if letter.kind in REFUSABLE:
        address = refusal_address(scope=letter.scope, recipient=letter.recipient)
    elif letter.kind == LetterKind.OPENED:
        address = str(json.loads(letter.given or "{}").get("link", ""))
    else:
        address = ""
    if not address.startswith(f"{settings.ADDRESS}/"):
        return {}
    return {"List-Unsubscribe": f"<{address}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def sender_of(letter: Letter) -> str:
    """The installation's address under the name of the conference."""
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return formataddr((letter.sender_name or name, address))


def message_id_of(letter: Letter) -> str:
    return f"<{letter.token}@{parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition('@')[2] or 'localhost'}>"


def papers_of(letter: Letter, makers: Mapping[str, Maker]) -> list[Paper]:
    """The papers of a letter; one that cannot be made does not hold the letter."""
    values: dict[str, Any] = json.loads(letter.given or "{}")
    made = []
    for name in letter.attachments:
        try:
            paper = makers[name](letter, values)
        except Exception:
            log.exception("letter %s goes without %s", letter.pk, name)
            continue
        made += [paper] if paper else []
    return made
