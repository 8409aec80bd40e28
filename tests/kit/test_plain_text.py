import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from offenraum.kit.plain_text import Unfit, tidy_line, tidy_prose
from tests.hostile import REFUSED, TAKEN


@pytest.mark.parametrize("name", TAKEN)
def test_line_takes_what_people_may_write(name: str) -> None:
    assert tidy_line(TAKEN[name], limit=80) == TAKEN[name]


@pytest.mark.parametrize("tidy", [tidy_line, tidy_prose])
@pytest.mark.parametrize("name", REFUSED)
def test_text_refuses_what_harms(name: str, tidy: type[tidy_line]) -> None:
    with pytest.raises(Unfit) as caught:
        tidy(REFUSED[name], limit=80)
    assert caught.value.message.startswith(("This ", "Das ", "Dies", "Hier "))


@pytest.mark.parametrize(
    ("given", "stored"),
    [
        ("  Offene \t Daten\n", "Offene Daten"),
        ("Ko\u0308ln", "Köln"),
        ("a\u2028b\u0085c\x0bd", "a b c d"),
        ("\ufeffThema\u200b", "Thema"),
        ("\u00a0", ""),
        ("", ""),
    ],
)
def test_line_is_tidied(given: str, stored: str) -> None:
    assert tidy_line(given, limit=80) == stored


@pytest.mark.parametrize(
    ("given", "stored"),
    [
        (" a\r\nb\rc \n", "a\nb\nc"),
        ("a\n\n\n\n\n\nb", "a\n\n\nb"),
        ("- eins\n\t- zwei", "- eins\n\t- zwei"),
        ("a\u2028b", "a\nb"),
    ],
)
def test_prose_is_tidied(given: str, stored: str) -> None:
    assert tidy_prose(given, limit=80) == stored


def test_length_counts_what_is_stored() -> None:
    assert tidy_line("o\u0308" * 80, limit=80) == "ö" * 80
    with pytest.raises(Unfit, match="81"):
        tidy_line("ö" * 81, limit=80)


def test_length_may_be_reached_by_line_ends_of_browsers() -> None:
    assert tidy_prose("x\r\n" * 40, limit=79) == "\n".join("x" * 40)


@pytest.mark.parametrize("letter", ["\u05e9\u05bc\u05c1\u05b8\u0591", "\u0e01\u0e34\u0e48", "\u1ec7"])
def test_marks_that_scripts_need_are_taken(letter: str) -> None:
    assert len(tidy_line(letter, limit=80)) <= len(letter)


@given(st.text(max_size=60))
@example("\u200b a \u200b")
@example("\u1100\n\u1161")
def test_tidied_text_stays_as_it_is(text: str) -> None:
    for tidy in (tidy_line, tidy_prose):
        try:
            tidied = tidy(text, limit=80)
        except Unfit:
            continue
        assert tidy(tidied, limit=80) == tidied
