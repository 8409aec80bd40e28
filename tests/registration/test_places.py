"""Registering, moving up, confirming, cancelling, being asked again: with rows, seats and letters."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from offenraum.conference.models import Conference
from offenraum.post.models import Letter
from offenraum.registration.actions.own import Details, change_details
from offenraum.registration.actions.places import TooLate, cancel, confirm, pass_time
from offenraum.registration.actions.registering import NotOpen, TooMany, register
from offenraum.registration.models import Contingent, ExtraAnswer, ExtraQuestion, Registration, RegistrationSettings
from offenraum.registration.queries import is_time_due, needs_proof, position_of, settings_of, standing_of, times_of
from offenraum.registration.queries.links import (
    contingent_of,
    contingent_secret,
    registration_of,
    secret_of,
    ticket_key,
)
from offenraum.registration.rules import MOST_OF_DEVICE, Phase
from offenraum.seats.actions.checkin import check_in
from offenraum.seats.models import Seat
from offenraum.seats.queries import seat_of_badge
from tests.day import NOON, make_conference
from tests.registration.people import EARLY, applicant, come, letters, of, open_registration, sent, states

pytestmark = pytest.mark.django_db
LATER = EARLY + timedelta(hours=1)


@pytest.fixture
def conference() -> Conference:
    return open_registration()


def test_whoever_comes_while_places_are_free_has_a_seat_at_once(conference: Conference) -> None:
    (ayse,) = come(conference, "Ayse")
    registration = of("Ayse")
    assert (ayse.position, registration.state, registration.place, registration.number) == (0, "confirmed", 1, 1)
    assert registration.seat == Seat.objects.get(conference=conference, name="Ayse", kind="registration")
    assert seat_of_badge(conference=conference, secret=ticket_key(registration)) == registration.seat
    assert letters("Ayse") == ["confirmation"]


def test_who_comes_later_waits_in_order_without_a_seat(conference: Conference) -> None:
    results = come(conference, "Ayse", "Bernd", "Clara", "Dirk")
    assert [result.position for result in results] == [0, 0, 1, 2]
    assert states(conference) == {"Ayse": "confirmed", "Bernd": "confirmed", "Clara": "waiting", "Dirk": "waiting"}
    assert (Seat.objects.count(), letters("Dirk"), position_of(of("Dirk")), position_of(of("Ayse"))) == (
        2, ["waiting"], 2, 0,
    )
    standing = standing_of(conference)
    assert standing is not None
    assert (standing.phase, standing.next_position) == (Phase.WAITING, 3)


def test_the_same_form_again_changes_nothing(conference: Conference) -> None:
    form = sent()
    people = [applicant("Ayse"), applicant("Bernd"), applicant("Clara")]
    first = register(conference=conference, people=people, sent=form, now=EARLY)
    again = register(conference=conference, people=people, sent=form, now=LATER)
    assert [(r.name, r.position) for r in first] == [(r.name, r.position) for r in again]
    assert (Registration.objects.count(), Letter.objects.count()) == (3, 3)


def test_group_gets_seats_of_its_own_and_letters_to_the_first(conference: Conference) -> None:
    people = [applicant("Ayse"), applicant("Bernd", email="")]
    register(conference=conference, people=people, sent=sent(), now=EARLY)
    assert (of("Bernd").lead, Seat.objects.count()) == (of("Ayse"), 2)
    assert set(Letter.objects.values_list("recipient", flat=True)) == {"ayse@example.org"}
    assert letters("Bernd") == ["confirmation"]


def test_address_that_is_registered_is_told_by_letter_only(conference: Conference) -> None:
    come(conference, "Ayse")
    (again,) = register(
        conference=conference, people=[applicant("Mallory", email="AYSE@example.org")], sent=sent(), now=LATER
    )
    assert (again.name, again.position, again.registration) == ("Mallory", 0, None)
    assert (Registration.objects.count(), letters("Ayse")) == (1, ["confirmation", "already_registered"])
    cancel(registration=of("Ayse"), now=LATER)
    assert come(conference, "Ayse")[0].registration is not None


def test_cancelling_moves_the_next_up_at_once_and_holds_the_place_for_them(conference: Conference) -> None:
    come(conference, "Ayse", "Bernd", "Clara", "Dirk")
    cancel(registration=of("Ayse"), now=LATER)
    clara = of("Clara")
    assert (clara.state, clara.place, clara.confirm_by, clara.seat) == ("offered", 1, LATER + timedelta(hours=48), None)
    assert (letters("Clara"), letters("Ayse")) == (["waiting", "moved_up"], ["confirmation", "cancelled"])
    assert (position_of(of("Dirk")), Seat.objects.filter(name="Ayse").exists()) == (1, False)
    confirm(registration=clara, now=LATER)
    confirm(registration=clara, now=LATER)
    assert (of("Clara").state, letters("Clara"), Seat.objects.count()) == (
        "confirmed", ["waiting", "moved_up", "confirmation"], 2,
    )


def test_an_offer_that_waits_for_its_answer_does_not_hold_up_others(conference: Conference) -> None:
    come(conference, "Ayse", "Bernd", "Clara", "Dirk", "Emil")
    cancel(registration=of("Ayse"), now=LATER)
    cancel(registration=of("Bernd"), now=LATER)
    assert [of(name).state for name in ("Clara", "Dirk", "Emil")] == ["offered", "offered", "waiting"]


def test_place_not_confirmed_in_time_goes_on(conference: Conference) -> None:
    come(conference, "Ayse", "Bernd", "Clara", "Dirk")
    cancel(registration=of("Ayse"), now=LATER)
    deadline = LATER + timedelta(hours=48)
    assert not is_time_due(conference, now=deadline - timedelta(seconds=1))
    assert is_time_due(conference, now=deadline)
    with pytest.raises(TooLate):
        confirm(registration=of("Clara"), now=deadline)
    pass_time(conference=conference, now=deadline)
    assert [of(name).state for name in ("Clara", "Dirk")] == ["expired", "offered"]
    assert not is_time_due(conference, now=deadline)


def test_leaving_the_list_moves_others_forward_and_twice_is_as_good_as_once(conference: Conference) -> None:
    come(conference, "Ayse", "Bernd", "Clara", "Dirk")
    for _ in range(2):
        cancel(registration=of("Clara"), now=LATER)
    assert (states(conference)["Clara"], position_of(of("Dirk")), letters("Clara")) == (
        "cancelled", 1, ["waiting", "cancelled"],
    )
    with pytest.raises(TooLate):
        confirm(registration=of("Clara"), now=LATER)


def test_who_is_here_cannot_cancel(conference: Conference) -> None:
    come(conference, "Ayse")
    check_in(seat=of("Ayse").seat, now=NOON)
    with pytest.raises(TooLate):
        cancel(registration=of("Ayse"), now=NOON)
    assert of("Ayse").state == "confirmed"


def test_shortly_before_the_beginning_the_place_is_given_outright_and_then_no_more(conference: Conference) -> None:
    come(conference, "Ayse", "Bernd", "Clara", "Dirk")
    cancel(registration=of("Ayse"), now=NOON - timedelta(hours=1))
    assert (of("Clara").state, letters("Clara")) == ("confirmed", ["waiting", "confirmation"])
    cancel(registration=of("Bernd"), now=NOON + timedelta(minutes=1))
    assert of("Dirk").state == "waiting"


def test_call_before_the_conference_frees_the_places_of_those_who_do_not_answer() -> None:
    conference = open_registration(places=2, reconfirm_days=7, reconfirm_hours=48)
    come(conference, "Ayse", "Bernd", "Clara")
    day = NOON - timedelta(days=7)
    assert (is_time_due(conference, now=day - timedelta(minutes=1)), is_time_due(conference, now=day)) == (False, True)
    pass_time(conference=conference, now=day)
    pass_time(conference=conference, now=day)
    assert (of("Ayse").confirm_by, letters("Ayse")) == (day + timedelta(hours=48), ["confirmation", "reconfirm"])
    confirm(registration=of("Ayse"), now=day + timedelta(hours=1))
    pass_time(conference=conference, now=day + timedelta(hours=48))
    assert states(conference) == {"Ayse": "confirmed", "Bernd": "expired", "Clara": "offered"}
    assert (Seat.objects.count(), letters("Bernd")[-1]) == (1, "cancelled")


def test_contingent_has_places_and_a_link_of_its_own(conference: Conference) -> None:
    press = Contingent.objects.create(conference=conference, name="Presse", places=1)
    come(conference, "Ayse", "Bernd")
    results = come(conference, "Clara", "Dirk", contingent=press)
    assert [result.position for result in results] == [0, 1]
    assert (contingent_of(conference=conference, secret=contingent_secret(press)), of("Clara").place) == (press, 1)
    old = contingent_secret(press)
    Contingent.objects.update(link_number=2)
    assert contingent_of(conference=conference, secret=old) is None
    cancel(registration=of("Ayse"), now=LATER)
    assert of("Dirk").state == "waiting"


@pytest.mark.parametrize(("opens", "closes"), [(1, 2), (-2, -1)])
def test_outside_its_times_nothing_is_taken(opens: int, closes: int) -> None:
    conference = open_registration(opens_at=EARLY + timedelta(days=opens), closes_at=EARLY + timedelta(days=closes))
    with pytest.raises(NotOpen):
        come(conference, "Ayse")
    with pytest.raises(NotOpen):
        come(make_conference("ohne"), "Ayse")
    assert Registration.objects.count() == 0


def test_one_browser_sends_so_many_forms_an_hour_others_go_on() -> None:
    conference = open_registration(places=100)
    for number in range(MOST_OF_DEVICE):
        come(conference, f"P{number}", device_hash="a" * 64)
    with pytest.raises(TooMany):
        come(conference, "Zuviel", device_hash="a" * 64)
    come(conference, "Ayse", device_hash="b" * 64)
    assert len(states(conference)) == MOST_OF_DEVICE + 1
    book = settings_of(conference)
    assert book is not None
    assert not needs_proof(book, now=EARLY)


def test_links_open_ones_own_registration_only(conference: Conference) -> None:
    come(conference, "Ayse", "Bernd")
    other = open_registration("zwei")
    secret = secret_of(of("Ayse"))
    assert registration_of(conference=conference, secret=secret) == of("Ayse")
    assert registration_of(conference=other, secret=secret) is None
    number, _dash, mark = secret.partition("-")
    for wrong in (f"{of('Bernd').pk}-{mark}", f"{number}-", "", "-", "x", f"{'9' * 40}-{mark}", f"²-{mark}"):
        assert registration_of(conference=conference, secret=wrong) is None


def test_details_are_corrected_on_the_badge_too(conference: Conference) -> None:
    come(conference, "Ayse")
    change_details(registration=of("Ayse"), details=Details("Ayşe", "Stadt Köln", "Rampe", True, ("daten",)))
    seat = of("Ayşe").seat
    assert (seat.name, seat.organisation, seat.hashtags, seat.wants_no_photos) == (
        "Ayşe", "Stadt Köln", ["daten"], False,
    )


def test_answers_to_own_questions_are_kept_with_their_question(conference: Conference) -> None:
    question = ExtraQuestion.objects.create(conference=conference, position=1, label="Essen?", purpose="Küche")
    people = [applicant("Ayse", answers={question.pk: "vegan", 999: "fremd"})]
    register(conference=conference, people=people, sent=sent(), now=EARLY)
    assert list(ExtraAnswer.objects.values_list("registration__name", "question__label", "text")) == [
        ("Ayse", "Essen?", "vegan"),
    ]


@pytest.mark.postgres
def test_database_refuses_what_must_not_be(conference: Conference) -> None:
    """Two on one place, an address twice, a place without the right to it."""
    come(conference, "Ayse", "Bernd", "Clara")
    for name, wrong in (
        ("Bernd", {"place": 1}), ("Bernd", {"email_key": "ayse@example.org"}), ("Clara", {"place": 3}),
        ("Ayse", {"place": None}), ("Clara", {"number": 1}), ("Clara", {"key": of("Ayse").key}),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Registration.objects.filter(name=name).update(**wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        RegistrationSettings.objects.update(opens_at=LATER, closes_at=EARLY)


def test_conference_without_a_programme_begins_on_its_first_day() -> None:
    conference = make_conference(slots=0)
    conference.talks.all().delete()
    times = times_of(conference)
    assert times.starts_at is not None
    assert times.ends_at is not None
    assert (times.starts_at.isoformat(), times.ends_at - times.starts_at) == (
        "2018-09-04T00:00:00+02:00", timedelta(days=1),
    )
    conference.days.all().delete()
    assert (times_of(conference).starts_at, is_time_due(conference, now=NOON)) == (None, False)
