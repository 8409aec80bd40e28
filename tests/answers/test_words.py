"""Words, compounds and quotes on plain text."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from itertools import product

import pytest

from offenraum.answers.rules import words as lexicon
from offenraum.answers.rules.compounds import Compounds
from offenraum.answers.rules.quotes import LONGEST, plain_of, quote_of
from offenraum.answers.rules.words import (
    common_parts,
    elsewhere_ends,
    elsewhere_words,
    everyday_words,
    forms_of,
    grams_of,
    is_light,
    kinds_of_words,
    phrases_in,
    respelt,
    silent_words,
    stem_of,
    stems_of,
    words_of,
)


def test_words_are_small_and_without_signs() -> None:
    assert words_of("Straßen-Fest: 2. Mai!") == ["strassen", "fest", "2", "mai"]


def test_stems_of_one_word_meet() -> None:
    assert len({stem_of(word, "de") for word in ("ausweis", "ausweise", "ausweisen")}) == 1
    assert stem_of("bücher", "de") == stem_of("bucher", "de")
    assert stem_of("pensions", "en") in stems_of("pensions")


def test_umlauts_typed_as_two_letters_are_read() -> None:
    assert respelt("fuehrerschein") == "fuhrerschein"


def test_words_of_everyday_life_lead_to_words_of_the_administration() -> None:
    assert "personalausweis" in everyday_words()[stem_of("perso", "de")]
    assert {"ich", "wo", "where"} <= silent_words()


def test_word_leads_to_its_kind_but_not_to_itself() -> None:
    assert kinds_of_words()[stem_of("kenia", "de")] == ("ausland", "ausländisch")
    assert "fahrzeug" not in kinds_of_words().get(stem_of("fahrzeug", "de"), ())


@pytest.mark.parametrize(("question", "means"), [
    ("Mein Pass läuft im Mai ab", "abgelaufen"),
    ("Ich möchte bald in Rente gehen", "altersrente"),
    ("Reicht mein Führerschein für einen Roller in Kenia?", "internationaler"),
    ("Verkauft habe ich den Kombi nach Peru", "ausfuhrkennzeichen"),
    ("Mein Kombi ist rot", ""),
    ("Der Onkel und die Tante", ""),
    ("Ab wann läuft der Film?", ""),
    ("", ""),
])
def test_words_that_follow_each_other_mean_more_than_each(question: str, means: str) -> None:
    said = [word for _phrase, told in phrases_in(words_of(question)) for word in told]
    assert (means in said) if means else not said


@pytest.mark.parametrize(("word", "form"), [
    ("abgemeldet", "abmelden"), ("gekauft", "kaufen"), ("wohnt", "wohnen"), ("kitas", "kita"),
    ("verlängern", "verlängerung"),
])
def test_word_has_its_other_forms(word: str, form: str) -> None:
    assert form in forms_of(word)


def test_what_is_had_elsewhere_is_told_by_the_very_word() -> None:
    assert "mieten" in elsewhere_words()
    assert "miete" not in elsewhere_words()


def test_compound_for_what_is_had_elsewhere_is_told_by_its_end() -> None:
    assert "nudelrezept".endswith(elsewhere_ends())
    assert not "ausweis".endswith(elsewhere_ends())


@pytest.mark.parametrize(("word", "light"), [("2024", True), ("beantragen", True), ("tante", True), ("hund", False)])
def test_what_is_done_with_anything_is_light(word: str, light: bool) -> None:
    assert is_light(word) == light


@pytest.mark.parametrize(("word", "parts"), [
    ("fahrzeugschein", ["fahrzeug", "schein"]),
    ("bewohnerparkausweis", ["bewohner", "park", "ausweis"]),
    ("wohnungsgeberbestätigung", ["wohnung", "geberbestätigung"]),
    ("kirchenaustritt", ["kirche", "austritt"]),
    ("kinder", []),
    ("rente", []),
])
def test_compounds_are_taken_apart_by_what_is_known(word: str, parts: list[str]) -> None:
    assert list(Compounds(common_parts()).parts_of(word)) == [stem_of(part, "de") for part in parts]


def test_words_of_a_collection_make_more_compounds() -> None:
    known = common_parts() | {stem_of(word, "de") for word in ("geber", "wohnung", "bestätigung")}
    found = Compounds(known).parts_of("wohnungsgeberbestätigung")
    assert found == tuple(stem_of(part, "de") for part in ("wohnung", "geber", "bestätigung"))


def test_pieces_of_a_word_know_its_edges() -> None:
    assert list(grams_of("pass")) == ["_pas", "pass", "ass_"]
    assert list(grams_of("3")) == ["_3_"]


def test_quotes_are_whole_sentences_with_the_words_asked_for() -> None:
    text = "Der Ausweis kostet 37 Euro. Er ist nach drei Wochen fertig."
    assert quote_of(text, {stem_of("fertig", "de")}) == text
    long = "Das Bürgerbüro ist im Rathaus. " * 10 + text
    assert quote_of(long, {stem_of("kosten", "de")}) == text
    assert quote_of("", {"x"}) == ""


def test_quote_does_not_end_with_what_only_announces_a_list() -> None:
    text = "Der Ausweis ist fertig. Bringen Sie bitte mit:\n" + "Ein Foto von Ihnen. " * 20
    assert quote_of(text.replace("Foto", "Foto" * 90), {stem_of("fertig", "de")}) == "Der Ausweis ist fertig."


def test_long_sentences_are_cut_at_a_word() -> None:
    quote = quote_of("Wort " * 200, set())
    assert quote.endswith("Wort…")
    assert len(quote) <= LONGEST + 1


def test_pages_become_plain_lines() -> None:
    page = "<p>​Eins &amp; zwei<br>drei</p><ul><li>vier</li></ul><script>alert(1)</script>"
    assert plain_of(page) == "Eins & zwei\ndrei\nvier\nalert(1)"


def stemmed_at_once() -> bool:
    """Whether four threads that stem the same words at once all get what one gets."""
    parts = ("ver", "be", "ge", "unter"), ("sicher", "handel", "antrag"), ("ungen", "lich", "keiten", "enden", "isches")
    words = ["".join(pieces) for pieces in product(*parts)] * 30
    expected = [stem_of.__wrapped__(word, "de") for word in words]
    switching = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(4) as pool:
            found = pool.map(lambda _: [stem_of.__wrapped__(word, "de") for word in words], range(4))
            return all(stems == expected for stems in found)
    except (IndexError, AssertionError):  # the stemmer stumbles over a word of another thread
        return False
    finally:
        sys.setswitchinterval(switching)


def test_threads_that_stem_at_once_do_not_spoil_each_others_words(monkeypatch: pytest.MonkeyPatch) -> None:
    assert stemmed_at_once()
    monkeypatch.setattr(lexicon, "STEMMING", nullcontext())
    assert not stemmed_at_once(), "without taking turns they do"
