"""Everybody at once: the last place, a newcomer against a cancellation; and what happens where the lock is missing."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import IntegrityError, connections, transaction

from offenraum.conference.models import Conference
from offenraum.post.models import Letter
from offenraum.registration.actions.places import cancel
from offenraum.registration.actions.registering import Form, register, register_all
from offenraum.registration.models import Attempt, Registration, RegistrationSettings
from offenraum.registration.queries.pools import Pool, Queue
from offenraum.registration.rules import MOST_OF_DEVICE
from offenraum.seats.models import Seat
from tests.registration.people import EARLY, applicant, come, letters, of, open_registration, sent, states

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
MANY = 6


def at_once(*works: Callable[[], object]) -> list[object]:
    """Do all of it at the same moment, each on a connection of its own; what is raised is returned."""
    barrier = Barrier(len(works))

    def work(one: Callable[[], object]) -> object:
        barrier.wait()
        try:
            return one()
        except IntegrityError as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(work, works))


def coming(conference: Conference, name: str) -> Callable[[], object]:
    return lambda: register(conference=conference, people=[applicant(name)], sent=sent(), now=EARLY)


def test_of_many_at_once_one_gets_the_last_place_and_the_others_wait_in_order() -> None:
    conference = open_registration(places=1)
    at_once(*(coming(conference, f"P{number}") for number in range(MANY)))
    rows = list(Registration.objects.order_by("number").values_list("number", "state"))
    assert rows == [(1, "confirmed"), *((number, "waiting") for number in range(2, MANY + 1))]
    assert Seat.objects.count() == 1


def test_place_that_is_cancelled_goes_to_the_first_of_the_list_whoever_comes_meanwhile() -> None:
    conference = open_registration(places=1)
    come(conference, "Ayse", "Bernd")
    ayse = of("Ayse")
    at_once(
        lambda: cancel(registration=ayse, now=EARLY), *(coming(conference, f"P{number}") for number in range(3))
    )
    assert of("Bernd").state == "offered"
    assert Registration.objects.filter(state="waiting").count() == 3


def test_two_who_cancel_at_once_free_two_places() -> None:
    conference = open_registration(places=2)
    come(conference, "Ayse", "Bernd", "Clara", "Dirk", "Emil")
    both = [of("Ayse"), of("Bernd")]
    at_once(*(lambda one=one: cancel(registration=one, now=EARLY) for one in both))  # type: ignore[misc]
    assert [of(name).state for name in ("Clara", "Dirk", "Emil")] == ["offered", "offered", "waiting"]


def test_the_same_address_twice_at_once_is_one_registration() -> None:
    conference = open_registration(places=3)
    at_once(*(coming(conference, "Ayse") for _ in range(MANY)))
    assert Registration.objects.count() == 1


def test_forms_that_are_taken_together_are_taken_in_order_and_refused_alone() -> None:
    """Places, list, colleagues, doubles, a flood and a form that comes twice: the same as one by one."""
    conference, other = open_registration(places=3), open_registration("zu19", places=1, closes_at=EARLY)
    flood = sent(device_hash="x")
    Attempt.objects.bulk_create(
        [Attempt(conference=conference, device_hash="x", made_at=EARLY) for _ in range(MOST_OF_DEVICE - 1)]
    )
    forms = [
        Form(conference, [applicant("Anna"), applicant("Bernd", email="")], sent(), EARLY),
        Form(other, [applicant("Otto")], sent(), EARLY),
        Form(conference, [applicant("Anna")], sent(), EARLY),
        Form(conference, [applicant("Clara")], flood, EARLY),
        Form(conference, [applicant("Dirk")], sent(device_hash="x"), EARLY),
        Form(conference, [applicant("Emil"), applicant("Frida")], sent(), EARLY),
    ]
    answers = register_all(forms)
    positions = [
        [one.position for one in answer] if isinstance(answer, list) else type(answer).__name__ for answer in answers
    ]
    assert positions == [[0, 0], "NotOpen", [0], [0], "TooMany", [1, 2]]
    placed = dict.fromkeys(["Anna", "Bernd", "Clara"], "confirmed")
    assert states(conference) == placed | dict.fromkeys(["Emil", "Frida"], "waiting")
    assert (of("Bernd").lead, of("Frida").lead) == (of("Anna"), of("Emil"))
    assert letters("Anna") == ["confirmation", "already_registered"]
    assert json.loads(Letter.objects.get(kind="waiting", recipient="frida@example.org").given)["position"] == "2"
    assert register_all(forms[:1])[0] == answers[0]


def test_without_the_lock_two_would_decide_alike_and_the_database_refuses_the_second() -> None:
    """The negative control: both look before one of them writes."""
    conference = open_registration(places=1)
    book = RegistrationSettings.objects.get(conference=conference)
    barrier = Barrier(2)

    def careless(name: str) -> Callable[[], object]:
        def work() -> int | None:
            place, _position = Queue(Pool(book)).next()
            barrier.wait()
            with transaction.atomic():
                Registration.objects.create(
                    conference=conference, number=len(name), key=sent().key, state="confirmed", place=place, name=name,
                    created_at=EARLY,
                )
            return place

        return work

    results = at_once(careless("Bo"), careless("Ayse"))
    assert sorted(isinstance(result, IntegrityError) for result in results) == [False, True]
    assert list(Registration.objects.values_list("place", "state")) == [(1, "confirmed")]
