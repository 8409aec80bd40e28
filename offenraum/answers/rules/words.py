"""Words of questions and passages: told apart, silent ones dropped, brought to their stems."""

from __future__ import annotations

import re
import threading
import tomllib
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain, groupby
from pathlib import Path
from sys import intern
from typing import Any, Final

import snowballstemmer

WORD: Final = re.compile(r"[^\W_]+")
LANGUAGES: Final = {"de": "german", "en": "english"}
SOURCE: Final = Path(__file__).resolve().parent.parent / "words.toml"
LONGEST: Final = 60
SPELT: Final = (("ae", "a"), ("oe", "o"), ("ue", "u"))
PARTICLES: Final = frozenset({"ab", "an", "auf", "aus", "ein", "mit", "um", "vor", "weg", "zu", "zurück"})
PARTICIPLE: Final = re.compile(rf"^({'|'.join(sorted(PARTICLES, key=len, reverse=True))}|)ge(\w{{3,}}?)(?:e?t|en)$")
PERSON: Final = re.compile(r"^(\w{3,}?)e?t$")
MANY: Final = re.compile(r"^(\w{2,}[aiouy])s$")
REACH: Final = 8
LEAST_VERB: Final = 3
LEAST_PART: Final = 4
PLAIN: Final = str.maketrans("äöü", "aou")
STEMMING: Final = threading.Lock()
"""A stemmer keeps the word that it works on in itself: two threads at once would spoil each other's."""


def words_of(text: str) -> list[str]:
    """The words of a text in small letters; ß is ss."""
    return [word[:LONGEST] for word in WORD.findall(unicodedata.normalize("NFKC", text).casefold())]


@cache
def lexicon() -> Mapping[str, Any]:
    return tomllib.loads(SOURCE.read_text(encoding="utf-8"))


@cache
def silent_words() -> frozenset[str]:
    """What says nothing about what is meant, in any language."""
    return frozenset(word for told in lexicon()["silent"].values() for word in words_of(told))


@cache
def light_words() -> frozenset[str]:
    """Stems of what is done with anything, and when."""
    return frozenset(stem for word in words_of(lexicon()["light"]["words"]) for stem in stems_of(word))


@cache
def everyday_words() -> Mapping[str, tuple[str, ...]]:
    """Stem of an everyday word to the words of an administration for it."""
    return by_stem(lexicon()["means"].items())


@cache
def kinds_of_words() -> Mapping[str, tuple[str, ...]]:
    """Stem of a word to what it is a kind of: Kenia is abroad, an electrician is a craftsman."""
    return by_stem((word, kind) for kind, told in lexicon()["kinds"].items() for word in words_of(told))


def told_in(text: str) -> tuple[str, ...]:
    """Words that many others lead to, each kept in memory once."""
    return tuple(map(intern, words_of(text)))


def by_stem(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for word, told in pairs:
        stem = stem_of(words_of(word)[0], "de")
        found[stem] = (*found.get(stem, ()), *(other for other in told_in(told) if other != word))
    return found


@dataclass(frozen=True, slots=True)
class Phrase:
    """Stems of words that together say more than each, and the words of an administration for them."""

    stems: tuple[str, ...]
    said: tuple[str, ...]
    in_order: bool


@cache
def phrases() -> Mapping[str, Sequence[Phrase]]:
    """All phrases, by their first stem: those whose words follow each other, and those of words in any order."""
    found: dict[str, list[Phrase]] = {}
    for section in ("phrases", "together"):
        for text, said in lexicon()[section].items():
            stems = tuple(stem_of(word, "de") for word in words_of(text))
            found.setdefault(stems[0], []).append(Phrase(stems, told_in(said), section == "phrases"))
    return found


def phrases_in(words: Sequence[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The phrases in a question, as the words that it has for them, and what they mean.

    A word of a phrase is met by itself, by what is a kind of it and by what means it: Kenia for Ausland.
    """
    meant = [meant_by(word) for word in words]
    every = dict.fromkeys(sorted(chain.from_iterable(meant)))
    for phrase in chain.from_iterable(phrases().get(stem, ()) for stem in every):
        if every.keys() >= set(phrase.stems):
            places = following(phrase.stems, meant) if phrase.in_order else anywhere(phrase.stems, meant)
            if places:
                yield " ".join(words[place] for place in places), phrase.said


def following(phrase: Sequence[str], meant: Sequence[Collection[str]]) -> list[int]:
    """The places of a phrase whose words follow each other, with others between them; none where it is not there."""
    places: list[int] = []
    for stem in phrase:
        first = places[-1] + 1 if places else 0
        place = next((place for place in range(first, len(meant)) if stem in meant[place]), None)
        if place is None:
            return []
        places.append(place)
    return places


def anywhere(phrase: Sequence[str], meant: Sequence[Collection[str]]) -> list[int]:
    """The places of the words of a phrase in any order; none where one word would stand for two."""
    places: list[int] = []
    for stem in phrase:
        free = (place for place, stems in enumerate(meant) if stem in stems and place not in places)
        if (place := next(free, None)) is None:
            return []
        places.append(place)
    return sorted(places)


@lru_cache(maxsize=20_000)
def meant_by(word: str) -> frozenset[str]:
    """The stems of a word and of all that it stands for; a silent one stands for itself (“die” is no English word)."""
    stem = stem_of(word, "de")
    if word in silent_words():
        return frozenset({stem})
    kinds, means = kinds_of_words().get(stem, ()), everyday_words().get(stem, ())
    return frozenset({stem, *(stem_of(one, "de") for one in (*kinds, *means, *in_german(word)))})


def in_german(word: str) -> tuple[str, ...]:
    """The German words for an English one, with or without an s."""
    return english_words().get(word) or english_words().get(word.removesuffix("s"), ())


@cache
def english_words() -> Mapping[str, tuple[str, ...]]:
    """An English word to German ones."""
    return {word: told_in(told) for word, told in lexicon()["english"].items()}


@cache
def elsewhere_words() -> frozenset[str]:
    """What people ask for elsewhere, word by word: “mieten” is no “Miete”."""
    return frozenset(words_of(lexicon()["elsewhere"]["words"]))


@cache
def elsewhere_ends() -> tuple[str, ...]:
    """What compounds for things that are had elsewhere end with: Kochrezept, Theaterkarten."""
    return tuple(words_of(lexicon()["elsewhere"]["ends"]))


@cache
def common_parts() -> frozenset[str]:
    """The parts of compounds that are known without any text."""
    return frozenset(words_of(lexicon()["parts"]["words"]))


@cache
def everyday_parts() -> frozenset[str]:
    """Everyday words that may be parts of compounds: Reha in Rehaantrag."""
    return frozenset(word for told in lexicon()["means"] for word in words_of(told) if len(word) >= LEAST_PART)


@cache
def known_words() -> Mapping[str, Sequence[str]]:
    """Every word of the lists as it is written there, by its first letter: all are spelt right."""
    read = lexicon()
    keys = chain(read["means"], read["phrases"], read["together"], read["english"])
    told = chain(read["silent"].values(), read["kinds"].values(), read["elsewhere"].values(),
                 (read[section]["words"] for section in ("light", "parts", "right")))
    return by_first_letter({intern(word) for text in chain(keys, told) for word in words_of(text)})


def by_first_letter(words: Iterable[str]) -> dict[str, list[str]]:
    return {letter: list(some) for letter, some in groupby(sorted(words), key=lambda word: word[0])}


def is_listed(word: str) -> bool:
    return word in known_words().get(word[:1], ())


@cache
def stemmer(language: str) -> Any:
    return snowballstemmer.stemmer(LANGUAGES.get(language, "german"))


def telling(text: str) -> list[str]:
    """The words of a text that say what is meant, each once."""
    return [word for word in dict.fromkeys(words_of(text)) if word not in silent_words()]


@lru_cache(maxsize=20_000)
def stem_of(word: str, language: str) -> str:
    """The stem of a small word, with vowels as they are typed on any keyboard."""
    with STEMMING:
        return str(stemmer(language).stemWord(word)).translate(PLAIN)


def stems_of(word: str) -> tuple[str, ...]:
    """What a word of a question may have as its stem, in each language."""
    return tuple(dict.fromkeys(stem_of(word, language) for language in LANGUAGES))


def is_light(word: str) -> bool:
    return word.isdigit() or not light_words().isdisjoint(stems_of(word))


def respelt(word: str) -> str:
    """fuehrerschein as fuhrerschein: umlauts that were typed as two letters."""
    for two, one in SPELT:
        word = word.replace(two, one)
    return word


def grams_of(word: str, size: int = 4) -> Iterator[str]:
    """The pieces of a word, with its edges marked."""
    marked = f"_{word.translate(PLAIN)}_"
    return (marked[at : at + size] for at in range(max(len(marked) - size + 1, 1)))


def forms_of(word: str) -> list[str]:
    """A word, the verb of a participle or person (gekauft, verkauft), one of many (Kitas), the noun of a verb."""
    forms = [word, PARTICIPLE.sub(r"\1\2en", word), PERSON.sub(r"\1en", word), MANY.sub(r"\1", word)]
    if word.endswith(("ern", "eln")):
        forms.append(f"{word[:-1]}ung")
    return list(dict.fromkeys(forms))


def written_small(question: str) -> frozenset[str]:
    """The words that are no nouns, where a question shows by a capital somewhere after its beginning that it tells.

    Nouns say what a question is about, verbs and adjectives what is done with it.
    """
    written = WORD.findall(unicodedata.normalize("NFKC", question))
    if not any(word[:1].isupper() and len(word) > 1 for word in written[1:]):
        return frozenset()
    return frozenset(word.casefold() for word in written if word[:1].islower())


def with_particles(words: Sequence[str]) -> list[str]:
    """abhole for “ich hole … ab”: what a verb may be together with a particle that stands behind it."""
    return [
        f"{particle}{word}"
        for place, particle in enumerate(words) if particle in PARTICLES
        for word in words[max(place - REACH, 0) : place] if len(word) >= LEAST_VERB
    ]
