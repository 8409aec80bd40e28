"""What a question asks about when it asks for what is on: which moment, which room."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import time
from enum import StrEnum
from typing import Final

from offenraum.answers.rules.typos import slips
from offenraum.answers.rules.words import silent_words, stem_of, words_of

HOUR: Final = r"(\d{1,2})(?:[:.](\d{2}))?\s*"
AT: Final = (
    re.compile(rf"\b(?:um|ab|gegen|at|from)\s+{HOUR}(uhr|h\b|a\.?m\b|p\.?m\b)?", re.IGNORECASE),
    re.compile(rf"(?<![\w:.]){HOUR}(uhr|a\.?m\b|p\.?m\b)", re.IGNORECASE),
)
"""A time with a word before it, or with one behind it."""

NOON: Final = 12
GENERAL: Final = re.compile(
    r"(wer (?!hilft|berät|beglaubigt)|wie (viele?|hoch|alt|lange|groß|weit|schnell|tief|teuer)\b|warum|wieso|wann"
    r"|was (ist|sind|heißt|bedeutet|macht|hilft|kostet)\b|who|how (many|much|far|tall|old|long)\b|why)\b",
    re.IGNORECASE,
)


class Moment(StrEnum):
    """Which time a question is about."""

    NOW = "now"
    NEXT = "next"
    AT = "at"


SAYS: Final[Mapping[Moment, frozenset[str]]] = {
    Moment.NOW: frozenset({"jetzt", "gerade", "momentan", "moment", "aktuell", "derzeit", "now", "currently"}),
    Moment.NEXT: frozenset({
        "danach", "gleich", "nächstes", "nächste", "nächsten", "anschließend", "weiter", "next", "later", "afterwards",
    }),
}
NAMES_PROGRAMME: Final = frozenset({
    "läuft", "laufen", "los", "programm", "session", "sessions", "vortrag", "vorträge", "passiert", "findet", "statt",
    "kommt", "kommen", "beginnt", "startet", "happening", "happens", "running", "starts", "programme", "program",
    "talk", "talks", "plan", "stattfinden", "comes",
})
FRAME: Final = NAMES_PROGRAMME | {
    "uhr", "raum", "saal", "room", "hall", "on", "heute", "today", "s", "right", "steht", "an",
}
"""Words that only say that the programme is meant."""

READ: Final = FRAME.union(*SAYS.values())
LEAST_LETTERS, LETTERS_PER_SLIP = 4, 6
"""A word of so many letters may be one of these, with a slip (of a price of one) for so many letters."""


@dataclass(frozen=True, slots=True)
class AskedMoment:
    """What is on when, and in which of the known rooms; an empty name is every room."""

    moment: Moment
    at: time | None = None
    room: str = ""


def moment_asked(question: str, *, rooms: Iterable[str]) -> AskedMoment | None:
    """Reads “Was läuft jetzt?”, “Was kommt danach in Raum 3?”, “What is on at 2 pm?”; None for any other question."""
    clock = next(filter(None, (form.search(question) for form in AT)), None)
    typed = words_of(question.replace(clock[0], " ") if clock else question)
    room = room_in(typed, rooms)
    words = [meant(word) for word in typed if stem_of(word, "de") not in stems_in(room)]
    if set(words) - silent_words() - READ or not is_about_programme(words):
        return None
    if clock:
        at = time_of(clock)
        return AskedMoment(Moment.AT, at, room) if at else None
    moment = next((moment for moment, said in SAYS.items() if said & set(words)), None)
    return AskedMoment(moment, None, room) if moment else None


def meant(word: str) -> str:
    """The word of such questions that somebody in haste may have meant: jezt is jetzt."""
    if len(word) < LEAST_LETTERS or word in READ or word in silent_words():
        return word
    near = ((slips(word, one), one) for one in READ if abs(len(one) - len(word)) <= 1)
    price, best = min(near, default=(0.0, word))
    return best if price * LETTERS_PER_SLIP <= len(best) else word


def is_about_programme(words: Collection[str]) -> bool:
    return bool(NAMES_PROGRAMME & set(words)) or bool({"was", "what"} & set(words))


def room_in(words: list[str], rooms: Iterable[str]) -> str:
    """The longest name of a room whose words all stand in the question, in any form: im Großen Saal."""
    asked = {stem_of(word, "de") for word in words}
    named = [room for room in rooms if stems_in(room) and stems_in(room) <= asked]
    return max(named, key=len, default="")


def stems_in(name: str) -> frozenset[str]:
    return frozenset(stem_of(word, "de") for word in words_of(name))


def time_of(found: re.Match[str]) -> time | None:
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower().replace(".", "")
    if half == "pm" and hour < NOON:
        hour += NOON
    try:
        return time(hour, minute)
    except ValueError:
        return None


def asks_in_general(question: str) -> bool:
    """Whether a question begins as those about the world do, and seldom one of somebody who has to do something."""
    return GENERAL.match(question.strip()) is not None
