import pytest

from offenraum.seats.queries import checked_in_count, find_seats, seat_of_badge, seat_of_code
from tests.builders import make_seat
from tests.day import make_conference
from tests.hostile import ASKED

pytestmark = pytest.mark.django_db


def found(conference: object, text: str) -> list[str]:
    return [seat.name for seat in find_seats(conference=conference, text=text)]


def test_find_seats_by_part_of_a_name_and_by_number_within_the_conference() -> None:
    conference, other = make_conference("eins"), make_conference("zwei")
    for name in ("Ayse Yılmaz", "Bernd Beispiel", "Clara Öztürk"):
        make_seat(conference, name)
    make_seat(other, "Dirk Beispiel")
    assert found(conference, "beispiel") == ["Bernd Beispiel"]
    assert found(conference, "3") == ["Clara Öztürk"]
    assert found(conference, "Öz") == ["Clara Öztürk"]
    assert found(conference, "Dirk") == []


@pytest.mark.postgres
@pytest.mark.parametrize("name", ASKED)
def test_find_seats_answers_any_text(name: str) -> None:
    conference = make_conference()
    make_seat(conference)
    assert found(conference, ASKED[name]) == []


def test_checked_in_count_leaves_out_who_is_not_there_and_other_conferences() -> None:
    conference, other = make_conference("eins"), make_conference("zwei")
    make_seat(conference, "Ayse")
    make_seat(conference, "Bernd")
    make_seat(conference, "Clara", checked_in=False)
    make_seat(other, "Dirk")
    assert checked_in_count(conference=conference) == 2


def test_seat_of_badge_and_of_code_stay_within_their_conference() -> None:
    conference, other = make_conference("eins"), make_conference("zwei")
    new = make_seat(conference)
    assert seat_of_badge(conference=conference, secret=new.badge_secret) == new.seat
    assert seat_of_code(conference=conference, code=new.code) == new.seat
    assert seat_of_badge(conference=other, secret=new.badge_secret) is None
    assert seat_of_code(conference=other, code=new.code) is None
    assert seat_of_badge(conference=conference, secret=new.code) is None
