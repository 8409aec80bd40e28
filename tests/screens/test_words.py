"""The words of the screens: formal, plain, without exclamation marks."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[2]
GERMAN = sorted(ROOT.glob("offenraum/*/locale/de*/LC_MESSAGES/django.po"))
DU = re.compile(r"\b(du|dich|dir|dein(e[mnrs]?)?|euch|euer|eure[mnrs]?)\b", re.IGNORECASE)
IMPERATIVE = re.compile(r"\b(Gib|Wähle|Klicke?|Tippe|Melde|Bringe?|Schau|Sag|Lies|Schreibe?) (?!Sie\b)")
LOUD = re.compile(r"(?<!12)(?<!d)!")  # `12! 3 8` is how a ballot is corrected, with %(number)d in sentences
BLAME = re.compile(r"\b(ungültig\w*|unzulässig\w*|verboten|illegal\w*)\b", re.IGNORECASE)


def texts(file: Path) -> list[str]:
    with file.open("rb") as opened:
        catalogue = read_po(opened)
    found = []
    for message in catalogue:
        strings = message.string if isinstance(message.string, tuple | list) else [message.string]
        found += [text for text in strings if message.id and text]
    return found


def matching(pattern: re.Pattern[str]) -> dict[str, list[str]]:
    found = {str(file.relative_to(ROOT)): [text for text in texts(file) if pattern.search(text)] for file in GERMAN}
    return {file: which for file, which in found.items() if which}


def test_there_are_german_texts() -> None:
    assert sum(len(texts(file)) for file in GERMAN) > 300


@pytest.mark.parametrize("pattern", [DU, IMPERATIVE, LOUD, BLAME], ids=["du", "imperative", "loud", "blame"])
def test_german_texts_are_formal_quiet_and_friendly(pattern: re.Pattern[str]) -> None:
    assert matching(pattern) == {}


@pytest.mark.parametrize(
    "text", ["Hast du ein Thema?", "Dein Platz", "Wir sehen euch", "Wähle ein Thema", "Prima!", "Der Code ist ungültig"]
)
def test_word_list_finds_what_it_shall_find(text: str) -> None:
    assert any(pattern.search(text) for pattern in (DU, IMPERATIVE, LOUD, BLAME))


@pytest.mark.parametrize("text", ["Ihr Thema", "Wählen Sie ein Thema", "Die Individuen", "Gib Sie"])
def test_word_list_leaves_formal_german_alone(text: str) -> None:
    assert not any(pattern.search(text) for pattern in (DU, IMPERATIVE, BLAME))
