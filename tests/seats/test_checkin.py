"""The door: scan, code, number, guest; twice, late, by two desks at once, with a script and without."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from django.db import connections
from django.test import Client
from django.utils import timezone

from offenraum.conference.models import Conference
from offenraum.live.models import StreamVersion
from offenraum.seats.actions.checkin import NoBadgeLeft, admit_guest, check_in, undo_check_in
from offenraum.seats.actions.devices import sign_in
from offenraum.seats.actions.keys import NewSeat, issue_link, reissue_keys
from offenraum.seats.actions.making import Person, create_seats
from offenraum.seats.models import Seat
from offenraum.seats.queries import Presence, presence_of, seats_for_the_door
from offenraum.seats.rules import printed_code, tag_of
from tests.builders import make_seat, text_of
from tests.day import NOON, make_conference, set_clock
from tests.hostile import ASKED
from tests.world import help_out

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(minutes=5)
PAGE = "/kogk18/checkin"


@pytest.fixture
def conference() -> Conference:
    return set_clock(make_conference(), NOON)


@pytest.fixture
def door(conference: Conference) -> Client:
    return help_out(conference, "Hedi", Client(headers={"accept-language": "de"}))


def expected(conference: Conference, name: str = "Clara") -> NewSeat:
    return make_seat(conference, name, checked_in=False)


def blanks(conference: Conference, count: int) -> list[NewSeat]:
    return create_seats(conference=conference, people=[Person()] * count, kind=Seat.Kind.BADGE, now=NOON)


def sent(door: Client, **fields: object) -> dict[str, object]:
    """What a script is answered."""
    fields.setdefault("key", uuid.uuid4())
    answer = door.post(PAGE, fields, headers={"accept": "application/json"})
    return dict(answer.json())


def present(new: NewSeat) -> bool:
    return Seat.objects.get(pk=new.seat.pk).is_checked_in


# One seat.


def test_badge_link_code_and_number_check_in_the_same_seat(conference: Conference, door: Client) -> None:
    new = expected(conference)
    link = issue_link(seat=new.seat, now=NOON)
    address = f"https://offenraum.example/kogk18/platz/{new.badge_secret}?next=/x"
    typed = (address, link, new.code, printed_code(new.code).lower())
    ways: list[dict[str, object]] = [{"code": text} for text in typed]
    for way in [*ways, {"number": new.seat.number}]:
        assert sent(door, **way) == {
            "kind": "in", "number": new.seat.number, "name": "Clara", "organisation": "", "time": "12:00",
        }
        undo_check_in(seat=new.seat)


def test_second_check_in_tells_when_the_first_was(conference: Conference, door: Client) -> None:
    new = expected(conference)
    check_in(seat=new.seat, now=NOON - timedelta(minutes=168))
    assert sent(door, code=new.code)["kind"] == "again"
    assert "Schon eingecheckt um 09:12" in text_of(door.post(PAGE, {"code": new.code}))


def test_retry_with_the_same_key_is_the_same_check_in(conference: Conference, door: Client) -> None:
    new, key = expected(conference), uuid.uuid4()
    kinds = [sent(door, number=new.seat.number, key=key)["kind"] for _ in range(3)]
    assert (kinds, sent(door, number=new.seat.number)["kind"]) == (["in"] * 3, "again")
    assert StreamVersion.objects.get(topic="presence").version == 1


def test_check_in_of_a_device_that_had_no_network_happened_when_it_says(conference: Conference, door: Client) -> None:
    new = expected(conference)
    assert sent(door, number=new.seat.number, age=60_000)["time"] == "11:50"
    assert door.post(PAGE, {"number": 1, "age": 10**9}, headers={"accept": "application/json"}).status_code == 422
    assert door.post(PAGE, {"number": 1, "age": -5}, headers={"accept": "application/json"}).status_code == 422


def test_badge_that_was_replaced_checks_nobody_in_and_says_so(conference: Conference, door: Client) -> None:
    old = expected(conference)
    reissue_keys(seat=old.seat, now=NOON)
    assert sent(door, code=old.badge_secret)["kind"] == "replaced"
    assert "Dieser Ausweis wurde ersetzt" in text_of(door.post(PAGE, {"code": old.code}))
    assert not present(old)


def test_seats_of_another_conference_are_not_found(conference: Conference, door: Client) -> None:
    strange = expected(make_conference("fremd19"))
    for way in ({"code": strange.badge_secret}, {"code": strange.code}, {"number": 77}):
        assert sent(door, **way)["kind"] == "unknown"
    assert not present(strange)


@pytest.mark.postgres
@pytest.mark.sample(3)
@pytest.mark.parametrize("name", ASKED)
def test_hostile_code_number_and_search_are_answered(conference: Conference, door: Client, name: str) -> None:
    text = ASKED[name].encode("utf-8", "replace").decode()
    statuses = [
        door.post(PAGE, {"code": text}).status_code, door.post(PAGE, {"number": text}).status_code,
        door.post(f"{PAGE}/zurueck", {"number": text}).status_code,
        door.post(f"{PAGE}/gast", {"key": text, "age": text}).status_code,
        door.get(PAGE, {"q": text[:2000]}).status_code,
    ]
    assert set(statuses) <= {200, 404, 422}


def test_page_without_a_script_keeps_what_was_typed_and_leads_on(conference: Conference, door: Client) -> None:
    new = expected(conference, "Clara Öztürk")
    assert 'href="#id_code"' in door.post(PAGE, {"code": "  "}).content.decode()
    found = door.get(PAGE, {"q": "öztürk"}).content.decode()
    assert f'name="number" value="{new.seat.number}" data-arrive' in found
    answer = text_of(door.post(PAGE, {"number": new.seat.number}))
    assert "Eingecheckt" in answer
    assert "Clara Öztürk" in answer
    assert "Check-in zurückgenommen" in text_of(door.post(f"{PAGE}/zurueck", {"number": new.seat.number}))
    assert not present(new)


# Guests.


def test_guest_gets_the_first_badge_that_nobody_has(conference: Conference, door: Client) -> None:
    first, used, free = blanks(conference, 3)
    sign_in(seat=first.seat, now=NOON)
    check_in(seat=used.seat, now=NOON)
    key = uuid.uuid4()
    answers = [door.post(f"{PAGE}/gast", {"key": key}, headers={"accept": "application/json"}).json() for _ in range(2)]
    assert [(one["kind"], one["number"], one["time"]) for one in answers] == [("guest", free.seat.number, "12:00")] * 2
    assert "Kein vorgedruckter Ausweis mehr da" in text_of(door.post(f"{PAGE}/gast"))


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_desks_that_welcome_guests_at_once_hand_out_different_badges() -> None:
    conference = make_conference()
    blanks(conference, 3)

    def welcome(_desk: int) -> int:
        try:
            return admit_guest(conference=conference, now=NOON, key=uuid.uuid4()).number
        except NoBadgeLeft:
            return 0
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(welcome, range(4))) == [0, 1, 2, 3]


# Two desks.

Scan = Callable[[Seat], bool]
Questions = Callable[[int], AbstractContextManager[object]]


def winners(scan: Scan, *, desks: int = 4) -> int:
    """How many desks believe that they have checked the same seat in."""
    seat = make_seat(make_conference(), checked_in=False).seat

    def at_desk(_number: int) -> bool:
        try:
            return scan(seat)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(desks) as pool:
        return sum(pool.map(at_desk, range(desks)))


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_two_desks_that_scan_at_once_one_wins() -> None:
    assert winners(lambda seat: check_in(seat=seat, now=NOON, key=uuid.uuid4())) == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_without_the_condition_both_desks_would_win() -> None:
    """The negative control: look, then write."""
    together = threading.Barrier(4)

    def careless(seat: Seat) -> bool:
        is_free = not Seat.objects.get(pk=seat.pk).is_checked_in
        together.wait(20)
        if is_free:
            Seat.objects.filter(pk=seat.pk).update(checked_in_at=NOON)
        return is_free

    assert winners(careless) == 4


# The list for a check-in without network.


def test_list_holds_tags_of_open_keys_and_nothing_that_opens_a_seat(conference: Conference, door: Client) -> None:
    here, lost = make_seat(conference, "Ayse"), expected(conference)
    new = reissue_keys(seat=lost.seat, now=NOON)
    answer = door.get(f"{PAGE}/liste.json")
    seats = {number: (name, time, set(tags)) for number, name, time, tags in answer.json()["seats"]}
    tags = {one.seat.number: tags_of(one) for one in (here, new)}
    assert seats == {1: ("Ayse", "12:00", tags[1]), 2: ("Clara", "", tags[2])}
    for secret in (here.badge_secret, here.code, new.badge_secret, new.code, "@"):
        assert secret not in answer.content.decode()
    assert 0 < answer.json()["until"] / 1000 - timezone.now().timestamp() <= 86400


def tags_of(new: NewSeat) -> set[str]:
    keys = {"badge": new.badge_secret, "code": new.code}
    return {tag_of(key, kind=kind, scope="kogk18") for kind, key in keys.items()}


def test_list_is_asked_with_two_questions(conference: Conference, django_assert_num_queries: Questions) -> None:
    for _ in range(3):
        make_seat(conference)
    with django_assert_num_queries(2):
        assert len(seats_for_the_door(conference=conference)) == 3


def test_presence_counts_guests_among_those_here_and_the_registered_who_are_missing(conference: Conference) -> None:
    create_seats(conference=conference, people=[Person("a"), Person("b")], kind=Seat.Kind.REGISTRATION, now=NOON)
    check_in(seat=Seat.objects.get(name="a"), now=NOON)
    make_seat(conference, "Gast")
    assert (presence_of("kogk18"), presence_of("kogk18").missing) == (Presence(2, 2, 1), 1)
