from collections import Counter

import pytest

from offenraum.seats.rules import (
    CODE_LETTERS,
    code_of,
    printed_code,
    shuffle_of,
    tag_of,
    typed_code,
)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("K7QM4RXA", "K7QM4RXA"),
        ("k7qm-4rxa", "K7QM4RXA"),
        (" K7 QM 4R XA ", "K7QM4RXA"),
        ("K7QM – 4RXA\n", "K7QM4RXA"),
        ("0O1IlU", "QQJJJV"),
        ("", ""),
        ("x" * 1000, "X" * 64),
    ],
)
def test_typed_code_is_the_printed_one(typed: str, read: str) -> None:
    assert typed_code(typed) == read


def test_typed_code_reads_back_every_printed_code() -> None:
    codes = [code_of(str(number)) for number in range(200)]
    assert [typed_code(printed_code(code).lower()) for code in codes] == codes


def test_code_of_a_key_has_eight_letters_that_nobody_mistakes() -> None:
    letters = Counter("".join(code_of(str(number)) for number in range(2000)))
    assert set(letters) == set(CODE_LETTERS)
    assert not set("01OILU") & set(letters)


def test_printed_code_stands_in_two_groups() -> None:
    assert printed_code("K7QM4RXA") == "K7QM-4RXA"


def test_tag_of_tells_conferences_apart_and_gives_little_of_a_code_away() -> None:
    assert tag_of("K7QM4RXA", kind="code", scope="kogk18") == "123b"
    assert len({tag_of("K7QM4RXA", kind="code", scope=scope) for scope in ("kogk18", "kogk19")}) == 2
    assert [len(tag_of("x", kind=kind, scope="kogk18")) for kind in ("badge", "link", "code")] == [10, 10, 4]


def test_shuffle_of_spreads_seats_over_all_orders() -> None:
    seats = Counter(shuffle_of(seat, 16) for seat in range(1600))
    assert set(seats) == set(range(16))
    assert min(seats.values()) > 60


def test_shuffle_of_stays_the_same_for_a_seat() -> None:
    assert shuffle_of(7, 16) == shuffle_of(7, 16)
