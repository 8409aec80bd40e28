"""What questions sound like, by the pieces of their words."""

from __future__ import annotations

from offenraum.answers.tone import PLACES, places_of, tone_of, weights


def test_questions_to_a_town_hall_sound_otherwise_than_others() -> None:
    assert tone_of(["ausweis", "verloren"]) > 0 > tone_of(["nudelsalat", "rezept"])


def test_what_is_made_of_the_same_pieces_sounds_alike() -> None:
    assert tone_of(["personalausweise"]) > 0 > tone_of(["kartoffelrezepte"])


def test_no_words_have_no_tone() -> None:
    assert tone_of([]) == 0


def test_every_piece_has_its_place() -> None:
    assert places_of(["ab"]) == places_of(["ab", "ab"])
    assert len(weights()) == PLACES > max(places_of(["ausweis"]))
