"""Questions as they are typed on a phone: damaged by the slips of German writers, always the same ones for a seed."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import Final

from bench.answers.services import Question
from offenraum.answers.rules.compounds import Compounds
from offenraum.answers.rules.typos import ROWS
from offenraum.answers.rules.words import common_parts, everyday_parts, silent_words, words_of

UMLAUTS: Final = {"ä": ("ae", "a", "e"), "ö": ("oe", "o"), "ü": ("ue", "u"), "ß": ("ss", "s")}
SOUNDS: Final = (
    ("ie", "i"), ("i", "ie"), ("ei", "ie"), ("ie", "ei"), ("ck", "k"), ("tz", "z"), ("ss", "ß"), ("ss", "s"),
    ("d", "t"), ("t", "d"), ("v", "f"), ("f", "v"), ("ph", "f"), ("th", "t"), ("dt", "t"), ("äu", "eu"), ("eh", "e"),
    ("ah", "a"), ("oh", "o"), ("uh", "u"), ("ih", "i"), ("z", "s"), ("b", "p"), ("g", "k"), ("chs", "x"), ("qu", "kw"),
    ("y", "i"), ("ver", "fer"), ("end", "ent"), ("ig", "ich"),
)
LEAST: Final = 4
LONG: Final = 8
SMALL, SHORT, LOOSE, JOINED = 0.65, 0.4, 0.12, 0.08
"""How often all is in small letters, silent words are left out, compounds come apart, neighbours together."""

HOW_MANY: Final = (1, 1, 1, 2, 2, 3)
PARTS: Final = Compounds(common_parts() | everyday_parts())


def damaged(asked: Sequence[Question], *, seed: int) -> list[Question]:
    """The same questions, mistyped."""
    chance = random.Random(seed)
    return [Question(slip(one.text, chance), one.gold) for one in asked]


def slip(text: str, chance: random.Random) -> str:
    words = text.strip("?!. ").split()
    if chance.random() < SHORT and len(told := [word for word in words if not silent(word)]) > 1:
        words = told
    if chance.random() < SMALL:
        words = [word.lower() for word in words]
    for _ in range(chance.choice(HOW_MANY)):
        places = [place for place, word in enumerate(words) if len(word) >= LEAST and not silent(word)]
        if places:
            place = chance.choices(places, [len(words[place]) for place in places])[0]
            words[place] = chance.choice(SLIPS)(words[place], chance)
    return " ".join(together(apart(words, chance), chance))


def silent(word: str) -> bool:
    return silent_words().issuperset(words_of(word))


def apart(words: Sequence[str], chance: random.Random) -> list[str]:
    """Some long words with a space within: where a part ends, as a phone proposes it."""
    loose = {word for word in words if len(word) >= LONG and chance.random() < LOOSE}
    seams = {word: seam_of(word.lower()) for word in loose}
    return [f"{word[:at]} {word[at:]}" if (at := seams.get(word)) else word for word in words]


def seam_of(word: str) -> int:
    cuts = range(LEAST, len(word) - LEAST + 1)
    return next((at for at in cuts if PARTS.head_of(word[:at]) and PARTS.is_end(word[at:])), 0)


def together(words: Sequence[str], chance: random.Random) -> list[str]:
    """Two neighbours without the space between them, now and then."""
    if len(words) < 2 or chance.random() >= JOINED:
        return list(words)
    at = chance.randrange(len(words) - 1)
    return [*words[:at], words[at] + words[at + 1].lower(), *words[at + 2 :]]


def without_letter(word: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(word))
    return word[:at] + word[at + 1 :]


def exchanged(word: str, chance: random.Random) -> str:
    at = chance.randrange(1, max(len(word) - 1, 2))
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def neighbour(word: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(word))
    return word[:at] + chance.choice(beside(word[at])) + word[at + 1 :]


def beside(letter: str) -> Sequence[str]:
    row = next((row for row in ROWS if letter in row), "")
    at = row.find(letter)
    return [*row[max(at - 1, 0) : at], *row[at + 1 : at + 2]] or [letter]


def doubled(word: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(word))
    return word[:at] + word[at] + word[at:]


def single(word: str, chance: random.Random) -> str:
    twice = [at for at in range(1, len(word)) if word[at] == word[at - 1]]
    return without_letter(word, chance) if not twice else word[: (at := chance.choice(twice))] + word[at + 1 :]


def plain_vowels(word: str, chance: random.Random) -> str:
    """Umlauts as two letters, as one without dots, or by their sound."""
    if not any(letter in word for letter in UMLAUTS):
        return sounded(word, chance)
    return "".join(chance.choice(UMLAUTS[letter]) if letter in UMLAUTS else letter for letter in word)


def sounded(word: str, chance: random.Random) -> str:
    fit = [(one, other) for one, other in SOUNDS if one in word[1:]]
    if not fit:
        return exchanged(word, chance)
    one, other = chance.choice(fit)
    return word[:1] + word[1:].replace(one, other, 1)


SLIPS: Final[tuple[Callable[[str, random.Random], str], ...]] = (
    without_letter, without_letter, exchanged, exchanged, neighbour, doubled, single, plain_vowels, sounded, sounded,
)
