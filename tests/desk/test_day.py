from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone

from offenraum.barcamp.models import Topic
from offenraum.conference.models import Conference, Decision, Room, RoomClosure, Slot
from offenraum.kit.outbox import serve_one
from offenraum.people.models import Account
from offenraum.programme.models import Edition, Placement, PlanRun, SessionFlag
from offenraum.programme.tasks import PLANNING
from tests.builders import publish
from tests.day import NOON, make_seats, make_topics, set_clock, vote
from tests.people.sign_in import sign_in

HOME = "/kogk18/regie/heute"
pytestmark = [pytest.mark.postgres, pytest.mark.django_db]


@pytest.fixture
def day(desk: Client, conference: Conference) -> Client:
    """Edition 1: topics 1 and 2 at 13:00, topic 3 at 14:00, topic 4 at 15:00; topics 5 and 6 are parked."""
    topics = make_topics(conference, 6)
    seats = make_seats(conference, 20)
    for topic, count in zip(topics, (15, 10, 8, 5, 9, 3), strict=True):
        vote(topic, seats[:count])
    publish(conference, {topics[0]: (1, 1), topics[1]: (1, 2), topics[2]: (2, 2), topics[3]: (3, 2)}, now=NOON)
    return desk


def text(answer: object) -> str:
    body = answer.content.decode()  # type: ignore[attr-defined]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


def hidden(page: str) -> dict[str, str]:
    """The fields of the form that accepts."""
    form = next(part for part in page.split("<form") if "/heute/annehmen" in part.partition(">")[0])
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form.partition("</form>")[0]))


def links(page: str, kind: str) -> list[str]:
    return [unescape(found) for found in re.findall(r'href="([^"]+)"', page) if f"kind={kind}" in found]


def accept(client: Client, address: str, **more: str) -> str:
    page = client.get(address).content.decode()
    fields = hidden(page) | {"publish": "1"} | more
    return text(client.post(f"{HOME}/annehmen", fields, follow=True))


def topic(number: int) -> Topic:
    return Topic.objects.get(number=number)


def test_today_leads_to_sessions_holes_and_rooms(day: Client) -> None:
    page = text(day.get(HOME))
    assert "Edition 1 · 12:00" in page
    assert "Thema 1 Raum 1 · 9 expected, 200 places" in page
    assert "Raum 3 is free Fill from the parking lot" in page


def test_withdrawn_host_takes_three_taps_and_is_shown_first(day: Client) -> None:
    (address,) = links(day.get(f"{HOME}/3").content.decode(), "withdraw")
    page = text(day.get(address))
    assert "No other session moves. 0 people gain a wish, 8 people lose one." in page
    assert "“Thema 3” is no longer in the programme; it was at 14:00, Raum 2." in page
    assert "Done. Edition 2 is on every screen." in accept(day, address, reason="krank")
    assert not Placement.objects.filter(topic=topic(3)).exists()
    log = text(day.get(f"{HOME}/protokoll"))
    assert "Host withdrew : Thema 3 · Ayse Why: krank" in log


def test_lost_room_says_who_moves_and_the_planner_is_asked_beside(day: Client, conference: Conference) -> None:
    fields = {"kind": "room", "slot": Slot.objects.get(number=1).pk, "room": Room.objects.get(position=2).pk}
    answer = day.post(f"{HOME}/rechnen", fields)
    page = text(day.get(answer["Location"]))
    assert "3 sessions move." in page
    assert "“Thema 2” at 13:00 moves to another room: Raum 3 instead of Raum 2." in page
    assert "The planner looks for a way with fewer losses." in page
    assert serve_one(PLANNING, worker="test", now=timezone.now)
    shown = day.get(answer["Location"]).content.decode()
    (way,) = re.findall(r'formaction="([^"]+/annehmen[^"]+)"', shown)
    assert "Edition 2 is on every screen." in text(day.post(unescape(way), follow=True))
    assert not Placement.objects.filter(room__position=2).exists()
    assert Placement.objects.count() == 4


def test_lost_room_works_when_the_planner_fails(day: Client, conference: Conference) -> None:
    fields = {"kind": "room", "slot": Slot.objects.get(number=1).pk, "room": Room.objects.get(position=2).pk}
    address = day.post(f"{HOME}/rechnen", fields)["Location"]
    PlanRun.objects.update(state=PlanRun.State.FAILED, error="The planner ended without an answer.")
    page = text(day.get(address))
    assert "The planner found no other way. The planner ended without an answer. The quick way works" in page
    assert "Edition 2 is on every screen." in accept(day, address)
    assert RoomClosure.objects.count() == 3


def test_hole_shows_the_best_topics_for_those_who_are_free(day: Client) -> None:
    slot, room = Slot.objects.get(number=2), Room.objects.get(position=1)
    page = day.get(f"{HOME}/luecke/{slot.pk}/{room.pk}").content.decode()
    first, _second = links(page, "fill")
    assert f"topic={topic(5).pk}" in first
    assert "1 of 9 interested people are free" in " ".join(page.split())
    assert "Edition 2" in accept(day, first)
    assert Placement.objects.get(topic=topic(5)).slot == slot


def test_popular_session_is_repeated(day: Client) -> None:
    address = links(day.get(f"{HOME}/1").content.decode(), "repeat")[0]
    assert "New: “Thema 1 (again)”" in text(day.get(address))
    accept(day, address)
    assert Topic.objects.filter(title="Thema 1 (again)", placement__isnull=False).exists()


def test_swap_with_any_session_is_three_taps_away(day: Client) -> None:
    addresses = links(day.get(f"{HOME}/3").content.decode(), "swap")
    assert [address.rpartition("other=")[2] for address in addresses] == [str(topic(n).pk) for n in (1, 2, 4)]
    assert "Edition 2" in accept(day, addresses[0])


def test_session_stays_in_reach_for_some_minutes_after_its_end(day: Client, conference: Conference) -> None:
    set_clock(conference, NOON + timedelta(minutes=107))
    assert "Thema 1 Raum 1" in text(day.get(HOME))
    assert "Time is over" in text(day.get(HOME))
    assert "It goes on in the foyer" in text(day.get(f"{HOME}/1"))
    set_clock(conference, NOON + timedelta(minutes=111))
    assert "Thema 1 Raum 1" not in text(day.get(HOME))
    gone = text(day.get(f"{HOME}/1"))
    assert "This session is over." in gone
    assert "It goes on in the foyer" not in gone


def test_two_hosts_swap(day: Client) -> None:
    address = f"{HOME}/aenderung?kind=swap&topic={topic(3).pk}&other={topic(4).pk}"
    assert "2 sessions move." in text(day.get(address))
    accept(day, address)
    assert Placement.objects.get(topic=topic(3)).slot.number == 3


def test_change_only_into_the_draft(day: Client) -> None:
    address = f"{HOME}/aenderung?kind=swap&topic={topic(3).pk}&other={topic(4).pk}"
    assert "nothing is published yet" in accept(day, address, publish="0")
    assert Edition.objects.count() == 1


def test_stale_change_comes_back_with_what_is_true_now(day: Client) -> None:
    address = f"{HOME}/aenderung?kind=swap&topic={topic(3).pk}&other={topic(4).pk}"
    fields = hidden(day.get(address).content.decode()) | {"publish": "1"}
    accept(day, f"{HOME}/aenderung?kind=withdraw&topic={topic(2).pk}")
    answer = day.post(f"{HOME}/annehmen", fields, follow=True)
    assert "Somebody else has just changed this." in text(answer)
    assert answer.redirect_chain[-1][0].startswith(f"{HOME}/aenderung?kind=swap")
    assert Edition.objects.count() == 2


def test_another_tablet_takes_over_and_takes_back(day: Client, conference: Conference) -> None:
    """The failure case: the desk's tablet dies; everything it did is on the server, also what can be taken back."""
    accept(day, f"{HOME}/aenderung?kind=swap&topic={topic(3).pk}&other={topic(4).pk}")
    other = sign_in(ayses_account(conference))
    other.cookies["sprache"] = "en"
    assert "Edition 2 · 12:00" in text(other.get(HOME))
    answer = other.post("/kogk18/regie/plan/rueckgaengig", follow=True)
    assert "The last change has been taken back." in text(answer)
    assert Placement.objects.get(topic=topic(3)).slot.number == 2
    assert Decision.objects.get().undone_at is not None


def ayses_account(conference: Conference) -> Account:
    return conference.members.get(account__name="Ayse").account


def test_full_session_offers_others_and_the_door_says_so(day: Client) -> None:
    page = text(day.get(f"{HOME}/1"))
    assert "Still room at the same time: Thema 2 (Raum 2," in page
    day.post(f"{HOME}/1/voll", {"place": ""})
    assert SessionFlag.objects.get().kind == "full"
    day.post(f"{HOME}/1/nicht-voll", {"place": ""})
    assert not SessionFlag.objects.exists()


def test_topic_without_a_place_gets_a_foyer_table(day: Client) -> None:
    day.post(f"{HOME}/5/foyer", {"place": "Tisch 2"})
    assert list(SessionFlag.objects.values_list("topic__number", "kind", "place")) == [(5, "foyer", "Tisch 2")]


@pytest.mark.parametrize("question", ["", "kind=party", "kind=swap&topic=1&other=99999999999999999999", "kind=room",
                                      "kind=fill&topic=x", "kind=withdraw&topic=0"])
def test_question_that_makes_no_sense_leads_back(day: Client, question: str) -> None:
    assert day.get(f"{HOME}/aenderung?{question}").status_code == 302


def test_what_runs_is_offered_no_change_of_the_plan(day: Client, conference: Conference) -> None:
    set_clock(conference, NOON + timedelta(minutes=101))
    page = text(day.get(f"{HOME}/1"))
    assert "The host withdraws" not in page
    assert "It goes on in the foyer" in page
    assert "5 minutes left" in text(day.get(HOME))


def test_planner_answers_while_sessions_run(day: Client, conference: Conference) -> None:
    set_clock(conference, NOON + timedelta(minutes=70))
    fields = {"kind": "room", "slot": Slot.objects.get(number=1).pk, "room": Room.objects.get(position=2).pk}
    address = day.post(f"{HOME}/rechnen", fields)["Location"]
    assert serve_one(PLANNING, worker="test", now=timezone.now)
    assert PlanRun.objects.values_list("state", "error").get() == ("done", "")
    assert "Accept this way and publish edition 2" in text(day.get(address))
