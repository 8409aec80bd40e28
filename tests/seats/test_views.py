import pytest
from django.test import Client

from offenraum.conference.models import Conference
from offenraum.seats.actions.keys import reissue_keys
from offenraum.seats.models import Seat, SeatDevice
from offenraum.seats.rules import printed_code
from tests.builders import make_browser, make_seat, sent, sign_in, text_of
from tests.day import NOON, make_conference, set_clock
from tests.hostile import ASKED

pytestmark = pytest.mark.django_db
UNKNOWN = "Diesen Code kennen wir nicht"


@pytest.fixture
def conference() -> Conference:
    return set_clock(make_conference(), NOON)


@pytest.fixture
def browser() -> Client:
    return Client(headers={"accept-language": "de"})


def standing(browser: Client, slug: str = "kogk18") -> object:
    return browser.get(f"/{slug}/platz/stand.json").json()["seat"]


def test_code_signs_in_and_leads_to_the_topics(conference: Conference, browser: Client) -> None:
    new = make_seat(conference)
    answer = browser.post("/kogk18/platz", {"code": printed_code(new.code).lower()})
    assert (answer.status_code, answer["Location"]) == (302, "/kogk18/themen")
    assert standing(browser) == new.seat.number


def test_sign_in_is_dated_by_the_clock_of_the_conference(conference: Conference) -> None:
    make_browser(conference)
    device = SeatDevice.objects.get()
    assert abs((device.signed_in_at - NOON).total_seconds()) < 5


def test_unknown_code_says_so_keeps_it_and_names_the_field(conference: Conference, browser: Client) -> None:
    answer = browser.post("/kogk18/platz", {"code": "ABCD-EFGH"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert UNKNOWN in text_of(answer)
    assert 'value="ABCD-EFGH"' in page
    assert 'href="#id_code"' in page
    assert "<title>Fehler:" in page


def test_code_that_a_reissue_ended_is_unknown(conference: Conference, browser: Client) -> None:
    from_desk = make_seat(conference)
    reissue_keys(seat=from_desk.seat, now=NOON)
    answers = [browser.post("/kogk18/platz", {"code": key}) for key in (from_desk.code, from_desk.badge_secret)]
    assert [UNKNOWN in text_of(answer) for answer in answers] == [True, True]


def test_many_wrong_codes_lock_nobody_at_this_address_out(conference: Conference, browser: Client) -> None:
    new = make_seat(conference)
    for number in range(60):
        assert browser.post("/kogk18/platz", {"code": f"WRONG{number}"}).status_code == 422
    for next_one in (browser, Client()):
        assert next_one.post("/kogk18/platz", {"code": new.code}).status_code == 302


@pytest.mark.postgres
@pytest.mark.parametrize("name", ASKED)
def test_hostile_code_is_refused_with_a_message(conference: Conference, browser: Client, name: str) -> None:
    answer = browser.post("/kogk18/platz", **sent({"code": ASKED[name], "next": ASKED[name]}))
    assert answer.status_code == 422
    assert 'href="#id_code"' in answer.content.decode()


@pytest.mark.postgres
@pytest.mark.parametrize("name", ASKED)
def test_hostile_address_to_go_on_to_is_not_followed(conference: Conference, name: str) -> None:
    new = make_seat(conference)
    answer = Client().post("/kogk18/platz", **sent({"code": new.code, "next": ASKED[name]}))
    assert (answer.status_code, answer["Location"]) == (302, "/kogk18/themen")


@pytest.mark.parametrize(
    "wanted", ["https://example.org/kogk18/", "//example.org", "/andere/themen", "/kogk18", "javascript:alert(1)"]
)
def test_sign_in_goes_on_only_within_the_conference(conference: Conference, browser: Client, wanted: str) -> None:
    new = make_seat(conference)
    answer = browser.post("/kogk18/platz", {"code": new.code, "next": wanted})
    assert answer["Location"] == "/kogk18/themen"


def test_sign_in_goes_on_to_the_page_that_asked_for_it(conference: Conference, browser: Client) -> None:
    new = make_seat(conference)
    shown = browser.get("/kogk18/platz?next=/kogk18/themen/neu").content.decode()
    assert 'name="next" value="/kogk18/themen/neu"' in shown
    answer = browser.post("/kogk18/platz", {"code": new.code, "next": "/kogk18/themen/neu"})
    assert answer["Location"] == "/kogk18/themen/neu"


def test_opening_the_address_of_a_badge_signs_nobody_in(conference: Conference, browser: Client) -> None:
    new = make_seat(conference)
    for _ in range(3):
        answer = browser.get(f"/kogk18/platz/{new.badge_secret}")
        assert answer.status_code == 200
        assert browser.head(f"/kogk18/platz/{new.badge_secret}").status_code in {200, 405}
    assert standing(browser) is None
    assert SeatDevice.objects.count() == 0


def test_button_behind_the_address_of_a_badge_signs_in(conference: Conference, browser: Client) -> None:
    new = make_seat(conference)
    sign_in(new, browser)
    assert standing(browser) == new.seat.number


def test_unknown_badge_says_where_a_new_one_is(conference: Conference, browser: Client) -> None:
    for answer in (browser.get("/kogk18/platz/unbekannt"), browser.post("/kogk18/platz/unbekannt")):
        assert answer.status_code == 404
        assert "Diesen Ausweis kennen wir nicht" in text_of(answer)


def test_second_device_takes_the_seat_over_and_the_first_is_told(conference: Conference, browser: Client) -> None:
    new = make_seat(conference)
    sign_in(new, browser)
    second = sign_in(new)
    assert [standing(browser), standing(second)] == [None, new.seat.number]
    assert "auf einem anderen Gerät" in text_of(browser.get("/kogk18/platz"))
    assert "auf einem anderen Gerät" not in text_of(second.get("/kogk18/platz"))


def test_taken_over_device_can_take_the_seat_back(conference: Conference, browser: Client) -> None:
    new = make_seat(conference)
    sign_in(new, browser)
    second = sign_in(new)
    sign_in(new, browser)
    assert [standing(browser), standing(second)] == [new.seat.number, None]


def test_open_conference_makes_this_device_a_seat_once(browser: Client) -> None:
    make_conference("offen")
    Conference.objects.update(seat_mode=Conference.SeatMode.OPEN)
    for _ in range(2):
        answer = browser.post("/offen/platz/geraet", {"next": "/offen/jetzt"})
        assert (answer.status_code, answer["Location"]) == (302, "/offen/jetzt")
    assert list(Seat.objects.values_list("number", "kind")) == [(1, "device")]
    assert standing(browser, "offen") == 1


def test_conference_with_seats_makes_no_seat_of_a_device(conference: Conference, browser: Client) -> None:
    assert browser.post("/kogk18/platz/geraet").status_code == 404
    assert Seat.objects.count() == 0


def test_leaving_ends_the_seat_of_this_conference_only(conference: Conference, browser: Client) -> None:
    sign_in(make_seat(conference), browser)
    elsewhere = make_seat(make_conference("zwei"))
    sign_in(elsewhere, browser)
    browser.post("/kogk18/platz/abmelden")
    assert [standing(browser), standing(browser, "zwei")] == [None, elsewhere.seat.number]


def test_seat_page_shows_whose_seat_it_is(conference: Conference) -> None:
    browser = make_browser(conference, "Bernd Beispiel")
    assert "Bernd Beispiel" in text_of(browser.get("/kogk18/platz"))


def test_forged_cookie_is_no_seat(conference: Conference, browser: Client) -> None:
    make_browser(conference)
    browser.cookies["sitzung"] = "eyJzZWF0cyI6eyJrb2drMTgiOiJ4In19:1abcde:forged"
    assert standing(browser) is None
