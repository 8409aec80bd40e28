"""Mistyped words: how far they are from others, and what they may have been meant as."""

from __future__ import annotations

import pytest

from offenraum.answers.index import Index, Passage, Segment
from offenraum.answers.rules.typos import slips
from offenraum.answers.rules.words import words_of
from offenraum.answers.spelling import REACH, are_opposite, as_typed, spelt

INDEX = Index([Segment([
    Passage("1", "page", "de", "Führerschein umtauschen", "Der Umtausch kostet 25 Euro."),
    Passage("2", "page", "de", "Bäume fällen", "Eine Fällung ist zu genehmigen, auch auf dem eigenen Grundstück."),
])])


def best(question: str) -> list[str]:
    return [one.word for one in spelt(words_of(question), INDEX)]


@pytest.mark.parametrize(("typed", "meant", "price"), [
    ("reise", "reise", 0.0), ("reisse", "reise", 0.4), ("raise", "reise", 1.0), ("riese", "reise", 0.7),
    ("reide", "reise", 0.8), ("fergessen", "vergessen", 0.4), ("anwonerin", "anwohnerin", 0.4),
    ("karten", "karte", 0.4), ("", "", 0.0), ("", "ab", 2.0), ("ab", "", 2.0),
])
def test_slip_costs_less_the_more_easily_it_is_made(typed: str, meant: str, price: float) -> None:
    assert slips(typed, meant) == pytest.approx(price)


@pytest.mark.parametrize(("question", "words"), [
    ("fuehrerschien umtuaschen", ["führerschein", "umtauschen"]),
    ("füherschein", ["führerschein"]),
    ("Führer Schein", ["führerschein"]),
    ("meinenführerschein", ["meinen", "führerschein"]),
    ("baumgrundstük", ["baum", "grundstück"]),
    ("ausweiss", ["ausweis"]),
    ("perso verlohren", ["perso", "verloren"]),
    ("auot", ["auto"]),
    ("fürerscheine der Frau", ["führerschein", "der", "frau"]),
    ("blue card eu", ["blue", "card", "eu"]),
    ("Zzyx 2024 xy", ["zzyx", "2024", "xy"]),
    ("", []),
])
def test_mistyped_word_is_read_as_it_was_meant(question: str, words: list[str]) -> None:
    assert best(question) == words


def test_other_beginning_of_a_verb_is_no_slip() -> None:
    assert are_opposite("abmeldung", "anmeldung")
    assert not are_opposite("obmeldung", "anmeldung")
    assert not are_opposite("abmeldung", "abmeldung")


def test_word_that_is_right_is_left_alone() -> None:
    for word in ("umtausch", "gekaufte", "kenia", "where", "spaghetti", "driver"):
        assert [one.meant for one in spelt([word], INDEX)] == [((word, 1.0),)]


def test_repair_weighs_less_the_more_was_wrong() -> None:
    little, much = (spelt([word], INDEX)[0].meant[0][1] for word in ("grundstük", "grundztükk"))
    assert much < little < 1.0


def test_every_word_is_read_once() -> None:
    assert [one.typed for one in as_typed(["a", "b", "a"])] == ["a", "b"]
    assert best("führerschein führerschien") == ["führerschein"]


def test_short_words_may_have_fewer_slips() -> None:
    assert sorted(REACH) == list(REACH)
    assert best("pxxs grxxdstück") == ["pxxs", "grxxdstück"]
