import pytest
from hypothesis import given
from hypothesis import strategies as st

from offenraum.barcamp.rules import Hands, pitch_minutes_left, pitches_that_fit, read_hands
from tests.day import NOON, timedelta


@pytest.mark.parametrize(
    ("text", "hands"),
    [
        ("15", Hands(15, is_estimate=False)),
        (" 0 ", Hands(0, is_estimate=False)),
        ("about 15", Hands(15, is_estimate=True)),
        ("ca. 15", Hands(15, is_estimate=True)),
        ("ETWA  20", Hands(20, is_estimate=True)),
        ("~7", Hands(7, is_estimate=True)),
        ("5000", Hands(5000, is_estimate=False)),
    ],
)
def test_read_hands_takes_numbers_and_estimates(text: str, hands: Hands) -> None:
    assert read_hands(text) == hands


@pytest.mark.parametrize("text", ["", "viele", "-3", "5001", "1.5", "about", "12 34", "9" * 400, "٣"])
def test_read_hands_refuses_the_rest(text: str) -> None:
    assert read_hands(text) is None


@given(st.text())
def test_read_hands_never_fails(text: str) -> None:
    hands = read_hands(text)
    assert hands is None or 0 <= hands.count <= 5000


def test_pitches_that_fit_leaves_the_last_twenty_minutes() -> None:
    left = pitch_minutes_left(ends_at=NOON + timedelta(minutes=50), now=NOON)
    assert left == 30
    assert pitches_that_fit(minutes=left, pitch_seconds=30, vote_seconds=10) == 40
    assert pitch_minutes_left(ends_at=NOON, now=NOON) == 0
