"""Seats under pressure: twins, second taps, races for numbers, mistakes taken back, numbers in other digits."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import IntegrityError, connections, transaction
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from offenraum.conference.models import Conference
from offenraum.live.models import StreamVersion
from offenraum.seats.actions.checkin import check_in, undo_check_in
from offenraum.seats.actions.devices import UnknownKey, sign_in, sign_in_open, sign_in_with_key
from offenraum.seats.actions.keys import end_keys, issue_badges, issue_link, reissue_keys
from offenraum.seats.actions.making import NumbersTaken, Person, create_seats
from offenraum.seats.models import Seat, SeatDevice, SeatKey
from offenraum.seats.queries import SignedIn, find_seats, last_number, seat_of_badge, seat_of_code, seat_of_device
from offenraum.seats.rules import CODE_LENGTH, CODE_LETTERS, printed_code, shuffle_of, typed_code
from tests.builders import make_seat
from tests.day import NOON, make_conference, set_clock

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(minutes=5)


@pytest.fixture
def conference() -> Conference:
    return set_clock(make_conference(), NOON)


def tallied(slug: str = "kogk18") -> int:
    return sum(StreamVersion.objects.filter(scope=slug, topic="tally").values_list("version", flat=True))


def numbers(conference: Conference) -> list[int]:
    return list(Seat.objects.filter(conference=conference).values_list("number", flat=True))


def test_second_tap_on_the_same_button_makes_no_more_seats(conference: Conference) -> None:
    people = [Person("Ayse"), Person("Bernd")]
    create_seats(conference=conference, people=people, kind=Seat.Kind.BADGE, now=NOON, after=0)
    with pytest.raises(NumbersTaken):
        create_seats(conference=conference, people=people, kind=Seat.Kind.BADGE, now=NOON, after=0)
    create_seats(conference=conference, people=people[:1], kind=Seat.Kind.BADGE, now=NOON, after=2)
    assert numbers(conference) == [1, 2, 3]


def test_no_people_make_no_seats(conference: Conference) -> None:
    assert create_seats(conference=conference, people=[], kind=Seat.Kind.BADGE, now=NOON, after=0) == []
    assert last_number(conference=conference) == 0


def test_twins_have_seats_and_keys_of_their_own(conference: Conference) -> None:
    twins = create_seats(conference=conference, people=[Person("Ayse")] * 3, kind=Seat.Kind.BADGE, now=NOON)
    keys = {key for new in twins for key in (new.badge_secret, new.code)}
    assert (len(keys), [new.seat.number for new in twins]) == (6, [1, 2, 3])
    for new in twins:
        device = sign_in_with_key(conference=conference, key=new.code, now=NOON)
        found = seat_of_device(conference=conference, device_secret=device)
        assert found is not None
        assert (found.seat, found.is_taken_over) == (new.seat, False)


def test_number_of_a_seat_that_is_gone_is_not_the_last_ones(conference: Conference) -> None:
    for name in ("Ayse", "Bernd", "Clara"):
        make_seat(conference, name)
    Seat.objects.filter(number=2).delete()
    assert make_seat(conference, "Dirk").seat.number == 4


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("after", [None, 0])
def test_of_many_who_make_seats_at_once_none_gets_anothers_number(after: int | None) -> None:
    conference = make_conference()

    def make(name: str) -> int:
        try:
            return len(create_seats(
                conference=conference, people=[Person(name)] * 2, kind=Seat.Kind.BADGE, now=NOON, after=after
            ))
        except NumbersTaken:
            return 0
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        made = sorted(pool.map(make, ["a", "b", "c", "d"]))
    assert made == ([2, 2, 2, 2] if after is None else [0, 0, 0, 2])
    assert numbers(conference) == list(range(1, sum(made) + 1))


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_many_devices_that_take_a_seat_at_once_one_holds_it() -> None:
    new = make_seat(make_conference())

    def enter(_number: int) -> str:
        try:
            return sign_in(seat=new.seat, now=NOON)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        secrets = list(pool.map(enter, range(4)))
    found = [seat_of_device(conference=new.seat.conference, device_secret=secret) for secret in secrets]
    assert sorted(one is not None and one.is_taken_over for one in found) == [False, True, True, True]


def test_check_in_by_mistake_is_taken_back_once_and_told_once(conference: Conference) -> None:
    seat = make_seat(conference, checked_in=False).seat
    acts: list[Callable[[], bool]] = [
        lambda: undo_check_in(seat=seat), lambda: check_in(seat=seat, now=NOON), lambda: check_in(seat=seat, now=LATER),
        lambda: undo_check_in(seat=seat), lambda: undo_check_in(seat=seat), lambda: check_in(seat=seat, now=LATER),
    ]
    assert [act() for act in acts] == [False, True, False, True, False, True]
    assert (Seat.objects.get().checked_in_at, tallied()) == (LATER, 3)


def test_new_keys_leave_number_check_in_and_the_other_seats_as_they_are(conference: Conference) -> None:
    lost, other = make_seat(conference, "Ayse"), make_seat(conference, "Bernd")
    device = sign_in(seat=other.seat, now=NOON)
    new = reissue_keys(seat=lost.seat, now=LATER)
    assert (new.seat, new.seat.number, new.seat.name, new.seat.checked_in_at) == (lost.seat, 1, "Ayse", NOON)
    found = seat_of_device(conference=conference, device_secret=device)
    assert found is not None
    assert (found.seat, found.is_taken_over) == (other.seat, False)


def test_device_of_another_conference_is_nobody_here(conference: Conference) -> None:
    other = make_conference("other")
    secret = sign_in_open(conference=other, now=NOON)
    assert seat_of_device(conference=conference, device_secret=secret) is None
    assert (tallied(), tallied("other")) == (0, 1)


def test_no_key_opens_two_seats(conference: Conference) -> None:
    here, there = make_seat(conference).seat, make_seat(make_conference("other")).seat
    with pytest.raises(IntegrityError), transaction.atomic():
        SeatKey.objects.filter(seat=there, kind="code").update(key_hash=here.keys.get(kind="code").key_hash)


def test_seat_has_one_badge_and_as_many_links_as_letters(conference: Conference) -> None:
    new = make_seat(conference)
    links = [issue_link(seat=new.seat, now=NOON) for _ in range(3)]
    assert [seat_of_badge(conference=conference, secret=key) for key in (*links, new.badge_secret)] == [new.seat] * 4
    with pytest.raises(IntegrityError), transaction.atomic():
        SeatKey.objects.create(seat=new.seat, kind="badge", key_hash="x", created_at=NOON)


def test_new_badges_end_the_ones_before_but_neither_links_nor_devices(conference: Conference) -> None:
    old = make_seat(conference)
    link, device = issue_link(seat=old.seat, now=NOON), sign_in(seat=old.seat, now=NOON)
    (new,) = issue_badges(seats=[old.seat], now=LATER)
    opened = [seat_of_badge(conference=conference, secret=key) for key in (old.badge_secret, new.badge_secret, link)]
    codes = [seat_of_code(conference=conference, code=new.code), seat_of_code(conference=conference, code=old.code)]
    found = seat_of_device(conference=conference, device_secret=device)
    assert (opened, codes, found) == ([None, old.seat, old.seat], [old.seat, None], SignedIn(old.seat, False))


def test_ended_keys_open_nothing(conference: Conference) -> None:
    new = make_seat(conference)
    link = issue_link(seat=new.seat, now=NOON)
    end_keys(seats=[new.seat], now=LATER)
    for key in (link, new.badge_secret, new.code):
        with pytest.raises(UnknownKey):
            sign_in_with_key(conference=conference, key=key, now=LATER)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("12", [12]), ("012", [12]), ("١٢", [12]), (" 12 ", [12]), ("1", [1]), ("-1", []), ("1.0", []), ("²", []),
        ("99999999", []), ("9" * 30, []), ("musterstadt", [1]), ("STRAßE", [3]), ("ö%", []), ("_", []),
        ("äpfel", [2]), ("ÄPFEL", [2]),
    ],
)
def test_seat_is_found_by_number_name_or_organisation(conference: Conference, asked: str, found: list[int]) -> None:
    people = [Person("Ayse", "Stadt Musterstadt"), Person("Bernd Äpfel"), Person("Clara", "Lange Straße")]
    create_seats(conference=conference, people=[*people, *[Person("x")] * 9], kind=Seat.Kind.BADGE, now=NOON)
    seats = find_seats(conference=conference, text=asked)
    assert list(seats.values_list("number", flat=True)) == found


# Codes.


@settings(max_examples=40)
@given(st.text(CODE_LETTERS, min_size=CODE_LENGTH, max_size=CODE_LENGTH), st.text(" -–.\t\n", max_size=3))
def test_code_survives_however_it_is_typed(code: str, between: str) -> None:
    for typed in (printed_code(code), code.lower(), between.join(code), f"{between}{printed_code(code)}{between}"):
        assert typed_code(typed) == code


@settings(max_examples=40)
@given(st.text(max_size=100))
def test_typed_code_is_short_and_reading_it_again_changes_nothing(text: str) -> None:
    read = typed_code(text)
    assert (len(read) <= 64, typed_code(read)) == (True, read)


@settings(max_examples=40)
@given(st.integers(1, 10_000), st.integers(1, 256))
def test_order_of_topics_is_one_of_those_there_are(seat: int, shuffles: int) -> None:
    assert 0 <= shuffle_of(seat, shuffles) < shuffles


# The page.


@pytest.mark.parametrize(
    ("wanted", "led"),
    [
        ("/kogk18/jetzt", "/kogk18/jetzt"),
        ("/kogk18/themen?q=ä", "/kogk18/themen?q=%C3%A4"),
        ("/kogk18/\r\nSet-Cookie: a=1", "/kogk18/%0D%0ASet-Cookie:%20a=1"),
        ("/kogk180/jetzt", "/kogk18/themen"),
        ("\\\\evil.example\\kogk18\\", "/kogk18/themen"),
        ("/kogk18/../other/themen", "/kogk18/themen"),
        ("/kogk18/.%2E/other/themen", "/kogk18/themen"),
        ("/kogk18/..\\other/themen", "/kogk18/themen"),
        ("", "/kogk18/themen"),
    ],
)
def test_after_signing_in_one_stays_in_the_conference(conference: Conference, wanted: str, led: str) -> None:
    new = make_seat(conference)
    assert Client().post("/kogk18/platz", {"code": new.code, "next": wanted})["Location"] == led
    assert SeatDevice.objects.count() == 1
