"""Reads about letters."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from hmac import compare_digest
from typing import NamedTuple

from django.conf import settings
from django.db.models import Count as Counted
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import override

from offenraum.kit.keys import derived_key
from offenraum.kit.plain_text import Unfit, tidy_line
from offenraum.post.models import DIGEST_LENGTH, Letter, LetterSettings, LetterText, Refusal
from offenraum.post.words import WORDINGS


class Text(NamedTuple):
    """Subject and text of a kind of letter, with placeholders; our own or the conference's."""

    subject: str
    text: str
    is_own: bool


def text_of(*, scope: str, kind: str, language: str) -> Text:
    """What a kind of letter says in a conference."""
    return texts_of(scope=scope, kinds={(kind, language)})[kind, language]


def texts_of(*, scope: str, kinds: Collection[tuple[str, str]]) -> dict[tuple[str, str], Text]:
    """The same for several kinds and languages, in one look."""
    own = {
        (row.kind, row.language): Text(row.subject, row.text, is_own=True)
        for row in LetterText.objects.filter(scope=scope, kind__in={kind for kind, _language in kinds})
    }
    return {pair: own.get(pair) or default_text(kind=pair[0], language=pair[1]) for pair in kinds}


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


def refusal_digest(*, scope: str, recipient: str) -> str:
    """What an address is compared by; nobody can find the address in it."""
    return derived_key("refusal", scope, recipient.casefold(), pepper=settings.SECRET_KEY)


def refusal_address(*, scope: str, recipient: str) -> str:
    """Where somebody says that an address wants no more letters to all."""
    digest = refusal_digest(scope=scope, recipient=recipient)
    return settings.ADDRESS + reverse("letter_refusal", args=[scope, digest + proof_of(scope, digest)])


def proof_of(scope: str, digest: str) -> str:
    return derived_key("refusal proof", scope, digest, pepper=settings.SECRET_KEY)


def digest_in(key: str, *, scope: str) -> str | None:
    """The digest in the key of such an address; None for a key that is not ours."""
    digest, proof = key[:DIGEST_LENGTH], key[DIGEST_LENGTH:]
    return digest if compare_digest(proof.encode(errors="replace"), proof_of(scope, digest).encode()) else None


def refused_digests(scope: str) -> set[str]:
    """The digests of all addresses that want no letters to all of a conference."""
    return set(Refusal.objects.filter(scope=scope).values_list("digest", flat=True))


def is_refused(*, scope: str, digest: str) -> bool:
    return Refusal.objects.filter(scope=scope, digest=digest).exists()


def refusals_of(*, scope: str, recipient: str) -> QuerySet[Refusal]:
    """What is kept about an address that wants no letters to all: at most one row."""
    return Refusal.objects.filter(scope=scope, digest=refusal_digest(scope=scope, recipient=recipient))
