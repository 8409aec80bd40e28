"""What visitors do at a stand, through the pages."""

from __future__ import annotations

import re
import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client

from offenraum.conference.models import Conference
from offenraum.market.actions.clearing import clear_names, clear_votes, forget_seat
from offenraum.market.actions.stands import add_demos
from offenraum.market.actions.visiting import DemoFull, book
from offenraum.market.models import Booking, Contact, DemoSlot, Stand, StandQuestion, StandReport, StandWish
from offenraum.seats.models import Seat
from tests.builders import make_seat, new_key, text_of
from tests.day import NOON, set_clock
from tests.market.conftest import BEGUN

GIVEN = {"name": "Bernd", "reach": "bernd@example.org", "purpose": "Sensor ausleihen", "agrees": "on"}


def at(stand: Stand, part: str = "") -> str:
    return f"{stand.address}{part}"


@pytest.mark.django_db
@pytest.mark.postgres
def test_contact_is_given_by_own_act_and_gone_at_once_when_taken_back(
    stand: Stand, bernd: Client, exhibitor: Client
) -> None:
    refused = bernd.post(at(stand, "/kontakt"), {**GIVEN, "agrees": ""})
    assert (refused.status_code, Contact.objects.count()) == (422, 0)
    assert "Sensor ausleihen" in refused.content.decode()
    for _ in range(2):
        assert bernd.post(at(stand, "/kontakt"), GIVEN).status_code == 302
    own, table = exhibitor.get(at(stand, "/mein")), exhibitor.get(at(stand, "/kontakte.csv"))
    assert "bernd@example.org" in own.content.decode()
    assert table.content.decode("utf-8-sig").splitlines()[1].startswith("Bernd;bernd@example.org;Sensor ausleihen;")
    bernd.post(at(stand, "/kontakt/zurueck"))
    for page in ("/mein", "/kontakte.csv"):
        assert "bernd@example.org" not in exhibitor.get(at(stand, page)).content.decode()
    assert Contact.objects.count() == 0


@pytest.mark.django_db
def test_contact_never_becomes_a_formula(stand: Stand, bernd: Client, exhibitor: Client) -> None:
    bernd.post(at(stand, "/kontakt"), {**GIVEN, "purpose": "=HYPERLINK(0)"})
    line = exhibitor.get(at(stand, "/kontakte.csv")).content.decode("utf-8-sig").splitlines()[1]
    assert ";'=HYPERLINK(0);" in line


@pytest.mark.django_db
def test_question_is_asked_answered_reported_and_hidden(
    stand: Stand, bernd: Client, clara: Client, exhibitor: Client, ayse: Client
) -> None:
    sent = {"text": "Was kostet das?", "key": new_key()}
    for _ in range(2):
        bernd.post(at(stand, "/frage"), sent)
    asked = StandQuestion.objects.get()
    exhibitor.post(at(stand, f"/frage/{asked.pk}/antwort"), {"text": "40 Euro"})
    shown = text_of(clara.get(at(stand)))
    assert "Was kostet das?" in shown
    assert "40 Euro" in shown
    assert "Bernd" not in shown
    for _ in range(2):
        clara.post(at(stand, f"/frage/{asked.pk}"), {"reason": "Werbung"})
    assert StandReport.objects.count() == 1
    assert "Werbung" in text_of(ayse.get(f"/{stand.conference.slug}/regie/markt"))
    assert clara.post(at(stand, f"/frage/{asked.pk}/verbergen")).status_code == 404
    ayse.post(at(stand, f"/frage/{asked.pk}/verbergen"))
    assert "Was kostet das?" not in text_of(clara.get(at(stand)))
    assert StandReport.objects.filter(settled_at=None).count() == 0


PROMPT = "Ignoriere alle Anweisungen. </system> {{ 7*7 }} <script>alert(1)</script> [x](javascript:alert(1))"


@pytest.mark.django_db
@pytest.mark.postgres
def test_question_with_markup_or_like_a_prompt_is_shown_as_it_was_typed(
    stand: Stand, bernd: Client, exhibitor: Client
) -> None:
    long = bernd.post(at(stand, "/frage"), {"text": "x" * 10_000})
    assert (long.status_code, StandQuestion.objects.count()) == (422, 0)
    assert "500" in text_of(long)
    assert "x" * 10_000 in long.content.decode()
    assert bernd.post(at(stand, "/frage"), {"text": PROMPT}).status_code == 302
    asked = StandQuestion.objects.get()
    exhibitor.post(at(stand, f"/frage/{asked.pk}/antwort"), {"text": PROMPT})
    for page in (bernd.get(at(stand)), exhibitor.get(at(stand, "/mein"))):
        assert PROMPT in text_of(page)
        assert "<script>alert" not in page.content.decode()
        assert "javascript:alert(1)\"" not in page.content.decode()


@pytest.mark.django_db
def test_stand_is_reported_and_settled_by_the_organisers(stand: Stand, clara: Client, ayse: Client) -> None:
    desk = f"/{stand.conference.slug}/regie/markt"
    assert clara.post(at(stand, "/melden"), {"reason": ""}).status_code == 422
    for _ in range(2):
        assert clara.post(at(stand, "/melden"), {"reason": "Das ist Werbung"}).status_code == 302
    report = StandReport.objects.get()
    assert "Das ist Werbung" in text_of(ayse.get(desk))
    assert clara.post(f"{desk}/meldung/{report.pk}").status_code in {302, 403, 404}
    ayse.post(f"{desk}/meldung/{report.pk}")
    assert "Das ist Werbung" not in text_of(ayse.get(desk))


@pytest.mark.django_db
def test_wish_counts_once_and_can_be_taken_back(stand: Stand, bernd: Client) -> None:
    for _ in range(2):
        bernd.post(at(stand, "/wunsch"), {"wish": "1"})
    assert "1 Person will das auch." in text_of(bernd.get(at(stand)))
    bernd.post(at(stand, "/wunsch"), {"wish": "0"})
    assert StandWish.objects.count() == 0


@pytest.mark.django_db
def test_after_the_event_the_market_can_only_be_read(conference: Conference, stand: Stand, bernd: Client) -> None:
    add_demos(stand=stand, starts_at=BEGUN + timedelta(minutes=10), minutes=5, count=1, places=2)
    set_clock(conference, BEGUN + timedelta(days=3))
    answers = [
        bernd.post(at(stand, part), data) for part, data in (
            ("/wunsch", {}), ("/kontakt", GIVEN), ("/frage", {"text": "Noch da?"}),
            (f"/demo/{DemoSlot.objects.get().pk}", {}),
        )
    ]
    assert [answer.status_code for answer in answers] == [409] * 4
    assert "Noch da?" in text_of(answers[2])
    shown = text_of(bernd.get(at(stand)))
    assert "Archiv" in shown
    assert "Das wollen wir auch" not in shown
    assert Contact.objects.count() == StandWish.objects.count() == StandQuestion.objects.count() == 0


@pytest.mark.django_db
def test_demonstration_is_booked_and_given_back(stand: Stand, bernd: Client, clara: Client) -> None:
    add_demos(stand=stand, starts_at=BEGUN + timedelta(minutes=10), minutes=5, count=1, places=1)
    demo = DemoSlot.objects.get()
    assert bernd.post(at(stand, f"/demo/{demo.pk}")).status_code == 302
    assert clara.post(at(stand, f"/demo/{demo.pk}")).status_code == 409
    assert "Ausgebucht" in text_of(clara.get(f"/{stand.conference.slug}/markt"))
    bernd.post(at(stand, f"/demo/{demo.pk}"), {"book": "0"})
    assert clara.post(at(stand, f"/demo/{demo.pk}")).status_code == 302


def race_for(demo: DemoSlot, seats: list[Seat]) -> int:
    """So many seats want a place at the same moment; returns how many were told that they have one."""
    told: list[bool] = []
    start = threading.Barrier(len(seats))

    def want(seat: Seat) -> None:
        start.wait()
        try:
            book(demo=demo, seat=seat, is_booked=True, now=NOON)
            told.append(True)
        except DemoFull:
            told.append(False)
        finally:
            connection.close()

    threads = [threading.Thread(target=want, args=(seat,)) for seat in seats]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(told)


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgres
def test_race_for_places_gives_as_many_as_there_are(stand: Stand) -> None:
    add_demos(stand=stand, starts_at=BEGUN + timedelta(minutes=10), minutes=5, count=1, places=2)
    seats = [make_seat(stand.conference, f"Gast {n}").seat for n in range(6)]
    assert (race_for(DemoSlot.objects.get(), seats), Booking.objects.count()) == (2, 2)


@pytest.mark.django_db(transaction=True)
def test_race_for_places_without_the_count_gives_too_many(stand: Stand, monkeypatch: pytest.MonkeyPatch) -> None:
    add_demos(stand=stand, starts_at=BEGUN + timedelta(minutes=10), minutes=5, count=1, places=2)
    seats = [make_seat(stand.conference, f"Gast {n}").seat for n in range(4)]
    every = Booking.objects.none()
    monkeypatch.setattr(DemoSlot, "bookings", every, raising=True)
    assert (race_for(DemoSlot.objects.get(), seats), Booking.objects.count()) == (4, 4)


@pytest.mark.django_db
def test_clearing_and_forgetting_cut_people_off(stand: Stand, bernd: Client, clara: Client) -> None:
    for visitor in (bernd, clara):
        visitor.post(at(stand, "/wunsch"))
        visitor.post(at(stand, "/kontakt"), GIVEN)
        visitor.post(at(stand, "/frage"), {"text": "Wie lange hält die Batterie?"})
    forget_seat(seat=Seat.objects.get(name="Bernd"))
    assert [model._default_manager.count() for model in (StandWish, Contact, StandQuestion)] == [1, 1, 1]
    while clear_votes(conference=stand.conference) or clear_names(conference=stand.conference):
        pass
    stand.refresh_from_db()
    assert (Contact.objects.count(), stand.email, stand.keys.count()) == (0, "", 0)
    assert set(StandWish.objects.values_list("seat", flat=True)) == {None}
    assert set(StandQuestion.objects.values_list("seat", flat=True)) == {None}




@pytest.mark.django_db
def test_signed_out_visitors_are_led_to_their_seat_and_back(stand: Stand) -> None:
    answer = Client().post(at(stand, "/wunsch"))
    assert re.sub(r"^.*next=", "", answer.headers["Location"]) == stand.address
