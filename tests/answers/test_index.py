"""The index: what is found, in which order, and how sure that is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from offenraum.answers.asking import Synonyms, wanted_of
from offenraum.answers.index import ALL, Index, Passage, Segment, Steps
from offenraum.answers.judging import chosen
from offenraum.answers.ranking import ranked
from offenraum.answers.rules.words import telling

TEXTS = (
    Passage("1", "page", "de", "Bewohnerparkausweis", "Wer in der Altstadt wohnt, parkt mit diesem Ausweis.", ""),
    Passage("2", "page", "de", "Fahrzeug abmelden", "Bringen Sie Kennzeichen und Fahrzeugschein mit.", "Schnauferl"),
    Passage("3", "page", "de", "Personalausweis", "Den Ausweis gibt es im Bürgerbüro.", "Ausweis, Perso"),
    Passage("4", "page", "de", "Führerschein umtauschen", "Der Umtausch kostet 25 Euro.", ""),
    Passage("5", "page", "en", "Library", "You can borrow books and return them at any time.", ""),
    Passage("6", "page", "de", "Sperrmüll", "Wir holen alte Möbel ab.", ""),
)
PARTS = (Segment(TEXTS[:3]), Segment(TEXTS[3:]))


def found(
    question: str, *, steps: Steps = ALL, synonyms: Synonyms | None = None, index: Index | None = None
) -> list[str]:
    """The keys of what is shown."""
    searched = index or (Index(PARTS) if steps is ALL else Index([Segment(TEXTS, steps=steps)]))
    wanted = wanted_of(question, searched, synonyms=synonyms or {}, steps=steps)
    return [hit.key for hit in chosen(ranked(searched, wanted, most=3))]


@pytest.mark.parametrize(("question", "first"), [
    ("Wie melde ich mein Fahrzeug ab?", "2"),
    ("Auto abmelden", "2"),
    ("Parkausweis für Bewohner", "1"),
    ("parken als Bewohnerin", "1"),
    ("Ausweise", "3"),
    ("perso", "3"),
    ("fuehrerschein", "4"),
    ("fürerschein umtuaschen", "4"),
    ("borrowing a book", "5"),
    ("Möbel", "6"),
])
def test_question_finds_what_is_meant(question: str, first: str) -> None:
    assert found(question)[:1] == [first]


@pytest.mark.parametrize("question", [
    "Wie wird das Wetter morgen?", "asdf qwertz", "Wer ist das?", "", "?!", "Spaghetti kochen",
])
def test_foreign_question_finds_nothing(question: str) -> None:
    assert found(question) == []


@pytest.mark.parametrize(("step", "question"), [
    ("stems", "Möbeln"), ("compounds", "Bewohner parken"), ("repair", "sperrmül"),
    ("everyday", "Auto abmelden"), ("keywords", "Schnauferl"),
])
def test_each_step_finds_what_the_others_do_not(step: str, question: str) -> None:
    without = replace(ALL, **{step: False}, grams=False)
    assert found(question, steps=replace(ALL, grams=False)) != found(question, steps=without)


def test_editors_synonym_is_understood() -> None:
    assert found("Gerümpel") == []
    assert found("Gerümpel", synonyms={"gerumpel": ["sperrmüll"]})[:1] == ["6"]


def test_more_of_a_title_that_nobody_asked_for_ranks_behind() -> None:
    both = [Passage("1", "page", "de", "Ausweis für Handwerker"), Passage("2", "page", "de", "Ausweis")]
    assert found("Ausweis", index=Index([Segment(both)])) == ["2", "1"]


def test_parts_of_an_index_rank_as_one() -> None:
    whole, parts = Index([Segment(TEXTS)]), Index(PARTS)
    for question in ("Ausweis", "Kennzeichen Führerschein", "Möbel"):
        assert found(question, index=whole) == found(question, index=parts)


def test_index_without_passages_knows_nothing() -> None:
    assert found("Ausweis", index=Index([Segment([])])) == []


def test_entry_in_two_languages_is_found_once() -> None:
    both = [Passage("9", "faq", "de", "Test", "Katze"), Passage("9", "faq", "en", "Test", "cat")]
    assert found("Test", index=Index([Segment(both)])) == ["9"]
    fair = [*both, Passage("8", "faq", "de", "Etwas zum Test")]
    assert found("cat Test", index=Index([Segment(fair)]))[0] == "9"


def test_question_of_many_words_is_read_as_far_as_it_tells() -> None:
    asked = " ".join(f"wort{n}" for n in range(1000))
    assert len(wanted_of(asked, Index(PARTS), synonyms={})) == 24
    assert telling("Wo ist das?") == []
