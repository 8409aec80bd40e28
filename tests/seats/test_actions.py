from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from offenraum.live.models import StreamVersion
from offenraum.seats.actions.checkin import check_in
from offenraum.seats.actions.devices import UnknownKey, sign_in, sign_in_open, sign_in_with_key, sign_out
from offenraum.seats.actions.keys import NewSeat, issue_link, reissue_keys
from offenraum.seats.actions.making import Person, create_seats
from offenraum.seats.models import Seat, SeatDevice
from offenraum.seats.queries import SignedIn, seat_of_badge, seat_of_device
from offenraum.seats.rules import printed_code
from tests.builders import make_seat
from tests.day import NOON, make_conference
from tests.hostile import ASKED

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(minutes=5)


def tally_version(slug: str = "kogk18") -> int:
    return sum(StreamVersion.objects.filter(scope=slug, topic="tally").values_list("version", flat=True))


def test_create_seats_numbers_on_from_the_last_of_the_conference() -> None:
    one, other = make_conference("eins"), make_conference("zwei")
    create_seats(conference=one, people=[Person("Ayse"), Person("Bernd")], kind=Seat.Kind.BADGE, now=NOON)
    create_seats(conference=other, people=[Person("Dirk")], kind=Seat.Kind.BADGE, now=NOON)
    create_seats(conference=one, people=[Person("Clara")], kind=Seat.Kind.REGISTRATION, now=NOON)
    assert list(Seat.objects.order_by("pk").values_list("conference__slug", "number", "name", "checked_in_at")) == [
        ("eins", 1, "Ayse", None), ("eins", 2, "Bernd", None), ("zwei", 1, "Dirk", None), ("eins", 3, "Clara", None),
    ]


def test_create_seats_keeps_no_key_in_clear_text() -> None:
    new = make_seat(make_conference())
    kept = str(Seat.objects.filter(pk=new.seat.pk).values().get())
    assert new.badge_secret not in kept
    assert new.code not in kept


def test_sign_in_with_key_takes_badge_code_and_what_people_make_of_it() -> None:
    conference = make_conference()
    new = make_seat(conference)
    for typed in (new.badge_secret, new.code, printed_code(new.code), f" {printed_code(new.code).lower()} "):
        secret = sign_in_with_key(conference=conference, key=typed, now=NOON)
        assert seat_of_device(conference=conference, device_secret=secret) == SignedIn(new.seat, False)


def test_sign_in_with_key_of_another_conference_is_unknown() -> None:
    new = make_seat(make_conference("eins"))
    other = make_conference("zwei")
    for key in (new.badge_secret, new.code):
        with pytest.raises(UnknownKey):
            sign_in_with_key(conference=other, key=key, now=NOON)


@pytest.mark.postgres
@pytest.mark.parametrize("name", ASKED)
def test_sign_in_with_hostile_key_is_unknown(name: str) -> None:
    conference = make_conference()
    make_seat(conference)
    with pytest.raises(UnknownKey):
        sign_in_with_key(conference=conference, key=ASKED[name], now=NOON)


def test_sign_in_ends_the_device_before() -> None:
    conference = make_conference()
    new = make_seat(conference)
    old = sign_in(seat=new.seat, now=NOON)
    young = sign_in(seat=new.seat, now=LATER)
    assert seat_of_device(conference=conference, device_secret=old) == SignedIn(new.seat, True)
    assert seat_of_device(conference=conference, device_secret=young) == SignedIn(new.seat, False)


def test_two_devices_of_a_seat_at_once_are_refused_by_the_database() -> None:
    new = make_seat(make_conference())
    sign_in(seat=new.seat, now=NOON)
    with pytest.raises(IntegrityError), transaction.atomic():
        SeatDevice.objects.create(seat=new.seat, key_hash="x", signed_in_at=NOON)


def test_sign_in_open_makes_a_seat_that_counts_at_once_and_tells_the_desk() -> None:
    conference = make_conference()
    secret = sign_in_open(conference=conference, now=NOON)
    found = seat_of_device(conference=conference, device_secret=secret)
    assert found is not None
    assert (found.seat.kind, found.seat.number, found.seat.checked_in_at) == (Seat.Kind.DEVICE, 1, NOON)
    assert tally_version() == 1


def test_sign_out_ends_only_this_device_and_twice_is_once() -> None:
    conference = make_conference()
    bernd, clara = make_seat(conference), make_seat(conference, "Clara")
    mine, hers = sign_in(seat=bernd.seat, now=NOON), sign_in(seat=clara.seat, now=NOON)
    sign_out(device_secret=mine, now=NOON)
    sign_out(device_secret=mine, now=LATER)
    assert list(SeatDevice.objects.order_by("pk").values_list("ended_at", flat=True)) == [NOON, None]
    assert seat_of_device(conference=conference, device_secret=hers) == SignedIn(clara.seat, False)


def test_check_in_happens_once_and_keeps_the_first_time() -> None:
    new = make_seat(make_conference(), checked_in=False)
    assert [check_in(seat=new.seat, now=NOON), check_in(seat=new.seat, now=LATER)] == [True, False]
    assert Seat.objects.get(pk=new.seat.pk).checked_in_at == NOON
    assert tally_version() == 1


def reissued() -> tuple[NewSeat, str, NewSeat]:
    old = make_seat(make_conference())
    device = sign_in(seat=old.seat, now=NOON)
    return old, device, reissue_keys(seat=old.seat, now=LATER)


def test_reissue_keys_ends_the_old_keys_and_the_signed_in_browser() -> None:
    old, device, _new = reissued()
    for key in (old.badge_secret, old.code):
        with pytest.raises(UnknownKey):
            sign_in_with_key(conference=old.seat.conference, key=key, now=LATER)
    found = seat_of_device(conference=old.seat.conference, device_secret=device)
    assert found == SignedIn(old.seat, True)


def test_reissue_keys_opens_the_same_seat() -> None:
    old, _device, new = reissued()
    secret = sign_in_with_key(conference=old.seat.conference, key=new.code, now=LATER)
    assert seat_of_device(conference=old.seat.conference, device_secret=secret) == SignedIn(old.seat, False)


def test_seat_carries_hashtags_and_the_wish_for_no_photos_and_a_link_that_is_known() -> None:
    conference = make_conference()
    person = Person("Ayse", hashtags=("daten", "ehrenamt"), wants_no_photos=True)
    (new,) = create_seats(conference=conference, people=[person], kind=Seat.Kind.REGISTRATION, now=NOON)
    found = Seat.objects.get(pk=new.seat.pk)
    assert (found.hashtags, found.wants_no_photos) == (["daten", "ehrenamt"], True)
    assert issue_link(seat=found, now=NOON, key="bekannt") == "bekannt"
    assert seat_of_badge(conference=conference, secret="bekannt") == found
