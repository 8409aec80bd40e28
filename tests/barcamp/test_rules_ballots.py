import pytest

from offenraum.barcamp.rules.ballots import Fault, Misread, Sheet, is_take_back, read_sheet


@pytest.mark.parametrize("text", [
    "12: 3 7 19", "12:19 7 3", " 12 :3,7, 19 ", "12/3+7+19", "12 * 3 7 19.", "12=3;7;19", "012: 03 07 19",
    "12:3 & 7 & 19\n", "12: 3,  7 19 ,",
])
def test_sheet_is_read_in_every_way_people_type_it(text: str) -> None:
    assert read_sheet(text) == Sheet(number=12, topics=(3, 7, 19))


@pytest.mark.parametrize("text", ["12! 3 8", "12!: 3 8", "12:: 8 3", "12//3+8", "12 : : 3 8"])
def test_sheet_that_corrects_says_so(text: str) -> None:
    assert read_sheet(text) == Sheet(number=12, topics=(3, 8), replaces=True)


def test_correction_without_topics_empties_the_ballot() -> None:
    assert read_sheet("12!") == Sheet(number=12, topics=(), replaces=True)


@pytest.mark.parametrize(("text", "fault", "word"), [
    ("", Fault.NO_SIGN, ""), ("12 3 7", Fault.NO_SIGN, ""), ("12", Fault.NO_SIGN, ""), (": 3", Fault.NO_SIGN, ""),
    ("12:", Fault.NO_TOPICS, ""), ("12: , ", Fault.NO_TOPICS, ""), ("12: 3 7a", Fault.NO_NUMBER, "7a"),
    ("zwölf: 3", Fault.NO_NUMBER, "zwölf"), ("12: 3 7 3", Fault.TWICE, "3"), ("12: 3 ３", Fault.NO_NUMBER, "３"),
    ("1234567: 3", Fault.NO_NUMBER, "1234567"), ("12: " + "9" * 500, Fault.NO_NUMBER, "9" * 20),
])
def test_line_that_is_no_sheet_is_refused_with_the_word_to_blame(text: str, fault: Fault, word: str) -> None:
    with pytest.raises(Misread) as refused:
        read_sheet(text)
    assert (refused.value.fault, refused.value.word) == (fault, word)


@pytest.mark.parametrize(("text", "expected"), [("-", True), (" – ", True), ("12: 3", False), ("", False)])
def test_dash_takes_back(text: str, expected: bool) -> None:
    assert is_take_back(text) == expected
