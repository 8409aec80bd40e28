"""My data: everything of a seat is shown, can be corrected, taken along and deleted, in old editions too."""

from __future__ import annotations

import json
import uuid

import pytest
from django.apps import apps
from django.test import Client
from django.utils.translation import override

from offenraum.barcamp.models import Interest, TopicHost
from offenraum.conference.models import Conference
from offenraum.gathering.actions.writing import contribute, give_feedback
from offenraum.gathering.models import Contribution, Feedback
from offenraum.pages.queries.own_data import linked, own_data, refers_to_seat
from offenraum.people.models import Erasure
from offenraum.post.actions import Draft, queue_letter, refuse_letters
from offenraum.post.models import Letter, Refusal
from offenraum.post.queries import refusal_digest
from offenraum.programme.actions.forgetting import forget
from offenraum.programme.models import Bookmark
from offenraum.registration.models import Registration
from offenraum.seats.models import Seat, SeatKey
from offenraum.seats.queries import listed_seats
from tests.builders import close, make_seat, open_a_round, publish, sign_in
from tests.day import NOON, make_conference, make_topic, set_clock, vote

pytestmark = pytest.mark.django_db


@pytest.fixture
def conference(db: None) -> Conference:
    return set_clock(make_conference(slots=2), NOON)


@pytest.fixture
def clara(conference: Conference) -> tuple[Client, Seat]:
    new = make_seat(conference, "Clara Zufall")
    Seat.objects.filter(pk=new.seat.pk).update(email="clara@example.org")
    return sign_in(new), Seat.objects.get(pk=new.seat.pk)


def text_of(browser: Client, address: str) -> str:
    return browser.get(address, follow=True).content.decode()


def test_whatever_refers_to_a_seat_is_shown(conference: Conference, clara: tuple[Client, Seat]) -> None:
    """A model of a slice to come is found by its reference; nobody has to list it."""
    seat = clara[1]
    referring = {model for model in apps.get_models() if any(map(refers_to_seat, model._meta.local_fields))}
    assert referring - {model for model, _rows in linked(seat)} == set()
    vote(make_topic(conference, "Offene Haushalte", seat=seat), [seat])
    with override("de"):
        said = {fact.said for section in own_data(seat) for row in section.rows for fact in row}
    assert {"Clara Zufall", "clara@example.org", "Offene Haushalte"} <= said


def test_page_and_file_say_the_same_and_no_keys(conference: Conference, clara: tuple[Client, Seat]) -> None:
    browser, seat = clara
    vote(make_topic(conference, "Offene Haushalte", seat=seat), [seat])
    page = text_of(browser, "/kogk18/platz/daten")
    answer = browser.get("/kogk18/platz/daten.json")
    told = json.loads(answer.content)
    values = {str(value) for one in told["data"] for row in one["rows"] for value in row.values()}
    assert {"Clara Zufall", "clara@example.org", "Offene Haushalte"} <= values
    assert "Clara Zufall" in page
    assert "attachment" in answer["Content-Disposition"]
    hashes = SeatKey.objects.values_list("key_hash", flat=True)
    assert [key for key in hashes if key in page or key in answer.content.decode()] == []


def test_data_are_corrected_and_the_public_list_is_off_by_default(clara: tuple[Client, Seat]) -> None:
    browser, seat = clara
    assert list(listed_seats(seat.conference)) == []
    sent = {"name": "Clara Z.", "organisation": "Stadt Bonn", "hashtags": "#offen daten", "is_listed": "1"}
    assert browser.post("/kogk18/platz/daten", sent).status_code == 302
    (listed,) = listed_seats(seat.conference)
    assert (listed.name, listed.organisation, listed.hashtags) == ("Clara Z.", "Stadt Bonn", ["offen", "daten"])
    seen = text_of(Client(), "/kogk18/personen")
    assert [word in seen for word in ("Clara Z.", "Stadt Bonn", "#offen", "clara@example.org")] == [True] * 3 + [False]
    refused = browser.post("/kogk18/platz/daten", sent | {"hashtags": "a b c d e"})
    assert (refused.status_code, "Clara Z." in refused.content.decode()) == (422, True)
    browser.post("/kogk18/platz/daten", sent | {"is_listed": ""})
    assert list(listed_seats(seat.conference)) == []
    assert "Clara Z." not in text_of(Client(), "/kogk18/personen")


@pytest.mark.postgres
def test_deleting_reaches_everything_and_old_editions(conference: Conference, clara: tuple[Client, Seat]) -> None:
    browser, seat = clara
    number = seat.number
    topic = make_topic(conference, "Offene Haushalte", seat=seat, host="Clara Zufall")
    vote(topic, [seat])
    close(open_a_round(conference, pitches=1))
    publish(conference, {topic: (1, 1)})
    later = make_topic(conference, "Später")
    vote(later, [seat])
    Bookmark.objects.create(seat=seat, topic=topic)
    refuse_letters(scope="kogk18", digest=refusal_digest(scope="kogk18", recipient=seat.email), now=NOON)
    assert "keine Briefe an alle" in text_of(browser, "/kogk18/platz/daten")
    values = {"conference": "Konferenz", "name": "Clara Zufall"}
    draft = Draft(kind="confirmation", key="1", to=seat.email, values=values, language="de")
    queue_letter(scope="kogk18", draft=draft, now=NOON)
    public = Client(headers={"accept-language": "de"})
    assert "Clara Zufall" in text_of(public, "/kogk18/programm/fassungen/1") + text_of(public, "/kogk18/themen/1")
    assert "Endgültig löschen" in text_of(browser, "/kogk18/platz/daten/loeschen")
    assert "gelöscht" in browser.post("/kogk18/platz/daten/loeschen").content.decode()
    for address in ("programm/fassungen/1", "programm", "themen", "themen/1", "ergebnisse", "ergebnisse.json"):
        assert "Clara" not in text_of(public, f"/kogk18/{address}"), address
    gone = Seat.objects.get(pk=seat.pk)
    assert (gone.name, gone.email, gone.keys.count(), gone.number != number) == ("", "", 0, True)
    assert (TopicHost.objects.filter(seat=seat).count(), Bookmark.objects.count(), Letter.objects.count()) == (0, 0, 0)
    assert not Refusal.objects.exists()
    kept = Interest.objects.filter(seat=seat).values_list("topic__number", flat=True)
    assert list(kept) == [topic.number], "a closed vote stays as a number, an open one goes"
    assert browser.get("/kogk18/platz/daten").status_code == 302
    assert Erasure.objects.count() == 1


def test_deleting_twice_changes_nothing_more(conference: Conference, clara: tuple[Client, Seat]) -> None:
    forget(seat=clara[1], now=NOON)
    number = Seat.objects.get(pk=clara[1].pk).number
    forget(seat=clara[1], now=NOON)
    assert (Seat.objects.get(pk=clara[1].pk).number, Erasure.objects.count()) == (number, 1)


def test_deleting_leaves_no_row_that_leads_back(conference: Conference, clara: tuple[Client, Seat]) -> None:
    """Rows that refer to the seat; a registration whose bearer is here stays as a number only."""
    seat, topic = clara[1], make_topic(conference, "Offene Haushalte")
    contribute(topic=topic, seat=seat, kind="question", text="Was kostet das?", key=uuid.uuid4(), now=NOON)
    give_feedback(topic=topic, seat=seat, value=3, now=NOON)
    Bookmark.objects.create(seat=seat, topic=topic)
    Registration.objects.create(
        conference=conference, number=1, key=uuid.uuid4(), state="confirmed", place=1, seat=seat, name=seat.name,
        created_at=NOON, support="Rampe",
    )
    forget(seat=seat, now=NOON)
    left = {model._meta.label for model, rows in linked(seat) if rows}
    assert left == {"seats.Seat", "registration.Registration"}
    assert list(Registration.objects.values_list("name", "support", "state")) == [("", "", "confirmed")]
    assert (Contribution.objects.count(), Feedback.objects.filter(seat=None).count()) == (0, 1)
