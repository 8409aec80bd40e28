"""What can be found and what is shown of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from offenraum.answers.index import Passage
from offenraum.answers.rules.quotes import in_lines
from offenraum.conference.models import Conference
from offenraum.kit.markup import plain_of
from offenraum.programme.queries.published import Programme

Keys = Collection[int]


@dataclass(frozen=True, slots=True)
class Asked:
    """Where and when something is asked; the programme is there where an answer may need it."""

    conference: Conference
    now: datetime
    programme: Programme | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """An entry as it is now. `lead` is said in any case; of `text` the best sentences are quoted."""

    title: str
    source: str
    url: str
    text: str = ""
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of entry: what of it is searched, and how those that were found are shown, by their ids."""

    name: str
    passages: Callable[[Conference], Iterable[Passage]]
    shown: Callable[[Asked, Keys], dict[int, Found]]
    needs_programme: bool = False


def key_of(kind: str, pk: int) -> str:
    return f"{kind}:{pk}"


def plain(markdown: str) -> str:
    """The words of Markdown, a line for each of its blocks."""
    return in_lines(plain_of(markdown)) if markdown else ""


def in_both(kind: str, thing: object, *, title: str, texts: Iterable[str], keywords: str = "") -> Iterable[Passage]:
    """The passages of an entry: German, and English where somebody has written any."""
    for language, end in (("de", ""), ("en", "_en")):
        named = str(getattr(thing, f"{title}{end}", ""))
        written = "\n".join(str(getattr(thing, f"{text}{end}", "")) for text in texts)
        if named or written.strip():
            yield Passage(key_of(kind, thing.pk), kind, language, named, plain(written), keywords)  # type: ignore[attr-defined]
