from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from offenraum.conference.models import Conference, Room, Slot
from offenraum.desk.words import unplaced_in_words
from offenraum.kit.outbox import serve_one
from offenraum.programme.actions.draft import pin_placement, place_topic
from offenraum.programme.models import Placement, PlanRun
from offenraum.programme.queries.draft import places_of_draft
from offenraum.programme.queries.plan_runs import planned_places
from offenraum.programme.rules import Place, changes_between, mark_of
from offenraum.programme.tasks import PLANNING
from tests.day import make_conference, make_seats, make_topic, make_topics, vote

PAGE = "/kogk18/regie/vorschlag"


def text_of(client: Client) -> str:
    return " ".join(client.get(PAGE).content.decode().split())


def work() -> PlanRun:
    assert serve_one(PLANNING, worker="here:1", now=timezone.now)
    return PlanRun.objects.latest("pk")


def accept(client: Client, page: str, run: PlanRun) -> str:
    mark = page.partition('name="seen" value="')[2].partition('"')[0]
    answer = client.post(f"{PAGE}/{run.pk}/uebernehmen", {"seen": mark}, follow=True)
    return " ".join(answer.content.decode().split())


def test_proposal_from_the_question_to_the_draft(desk: Client, conference: Conference) -> None:
    topics = make_topics(conference, 10)
    vote(topics[0], make_seats(conference, 6))
    vote(make_topic(conference, "Braucht Beamer", needs=("beamer",)), [])
    desk.post(f"{PAGE}/neu")
    assert "The planner starts in a moment." in text_of(desk)
    run = work()
    page = text_of(desk)
    assert "9 of 11 topics have a place" in page
    assert "6 of 6 (100 %)" in page
    assert "No room has all of this: beamer." in page
    assert "9 changes against the draft" in page
    assert "The proposal is your draft now." in accept(desk, page, run)
    assert Placement.objects.count() == 9
    assert "The draft is equal to this proposal." in text_of(desk)


def test_proposal_without_votes_gives_no_share_of_wishes(desk: Client, conference: Conference) -> None:
    make_topics(conference, 2)
    desk.post(f"{PAGE}/neu")
    work()
    page = text_of(desk)
    assert "2 of 2 topics have a place" in page
    assert "There are no votes." in page
    assert "(0 %)" not in page
    assert "of the possible" not in page


def test_proposal_that_failed_says_so_and_leaves_the_way_by_hand(desk: Client, conference: Conference) -> None:
    make_topic(conference)
    desk.post(f"{PAGE}/neu")
    PlanRun.objects.update(state=PlanRun.State.FAILED, error="The planner ended without an answer.")
    page = text_of(desk)
    assert "There is no proposal" in page
    assert "The planner ended without an answer. You can place the topics by hand at any time." in page


def test_proposal_can_be_stopped(desk: Client, conference: Conference) -> None:
    make_topic(conference)
    desk.post(f"{PAGE}/neu")
    desk.post(f"{PAGE}/{PlanRun.objects.get().pk}/abbrechen")
    assert PlanRun.objects.get().state == PlanRun.State.CANCELLED
    assert "Propose again" in text_of(desk)


def test_proposal_without_topics_is_refused_in_words(desk: Client, conference: Conference) -> None:
    answer = desk.post(f"{PAGE}/neu", follow=True)
    assert "There is nothing to plan yet" in answer.content.decode()


def test_stale_proposal_is_refused_in_words(desk: Client, conference: Conference) -> None:
    make_topics(conference, 3)
    desk.post(f"{PAGE}/neu")
    run = work()
    page = text_of(desk)
    topic, place = next(iter(planned_places(run).items()))
    slot = Slot.objects.exclude(pk=place.slot).first()
    assert slot
    desk.post("/kogk18/regie/plan/legen", {"piece": f"{topic}:", "slot": slot.pk, "room": place.room})
    assert "Somebody else has just changed this." in accept(desk, page, run)
    assert Placement.objects.count() == 1


def test_runs_of_another_conference_are_not_found(desk: Client, conference: Conference) -> None:
    other = make_conference("andere")
    run = PlanRun.objects.create(
        conference=other, problem={}, created_at=timezone.now(), due_at=timezone.now(), state=PlanRun.State.DONE
    )
    assert desk.post(f"{PAGE}/{run.pk}/uebernehmen", {"seen": "x"}).status_code == 404
    assert desk.post(f"{PAGE}/{run.pk}/abbrechen").status_code == 404


@pytest.mark.parametrize(
    ("why", "words"),
    [
        ({"reason": "no_room_has_features", "features": ["step_free"]}, "No room has all of this: step-free access."),
        ({"reason": "hosts_away", "hosts": ["seat-1"]}, "A host is away in every open slot."),
        ({"reason": "no_two_slots_in_a_row"}, "It needs two slots in a row, and no open slot follows another."),
        ({"reason": "rooms_closed", "rooms": ["1"]}, "The rooms that would do are closed in every open slot."),
        ({"reason": "no_cell_fits"}, "Rooms, closing times and absences together leave no place."),
        ({"reason": "conflicts", "topics": ["1", "2"], "resources": []}, "In the way everywhere: “Eins”, “Zwei”."),
        ({"reason": "conflicts", "topics": [], "resources": ["x"]}, "Other sessions are in the way."),
        (
            {"reason": "outvoted", "instead_of": ["2"], "gain": 1, "lose": 4},
            "Its best place would be instead of “Zwei”: 1 person would gain, 4 would lose.",
        ),
        ({"reason": "hosts_would_lose"}, "A place is free, but its hosts would lose more than others gain."),
        ({"reason": "something new"}, "The planner found no place."),
    ],
)
def test_every_reason_of_the_planner_has_words(why: dict[str, object], words: str, settings: object) -> None:
    settings.LANGUAGE_CODE = "en"  # type: ignore[attr-defined]
    assert unplaced_in_words(why, {1: "Eins", 2: "Zwei"}) == words


def test_candidates_stand_side_by_side_and_one_is_taken_over(desk: Client, conference: Conference) -> None:
    topics = make_topics(conference, 10)
    vote(topics[0], make_seats(conference, 6))
    desk.post(f"{PAGE}/neu")
    run = work()
    accept(desk, text_of(desk), run)
    assert "Compare with other plans" in text_of(desk)
    desk.post(f"{PAGE}/{run.pk}/vergleichen")
    assert PlanRun.objects.get().state == PlanRun.State.QUEUED
    run = work()
    assert (run.state, set(run.alternatives)) == (PlanRun.State.DONE, {"sum", "steady"})
    page = text_of(desk)
    for name in ("Candidates side by side", "Fair for each person", "Most wishes in all", "Fewest moves"):
        assert name in page
    assert len(changes_between(places_of_draft(conference), places_in(run.alternatives["steady"]))) == 0
    was = run.plan
    mark = page.partition('name="seen" value="')[2].partition('"')[0] or mark_of(places_of_draft(conference))
    desk.post(f"{PAGE}/{run.pk}/uebernehmen?choice=sum", {"seen": mark})
    run.refresh_from_db()
    assert places_of_draft(conference) == planned_places(run)
    assert (set(run.alternatives), run.alternatives["sqrt"]) == ({"sqrt", "steady"}, was)
    refused = desk.post(f"{PAGE}/{run.pk}/uebernehmen?choice=x", {"seen": mark}, follow=True)
    assert "Please try again" in refused.content.decode()


def places_in(plan: dict[str, dict[str, dict[str, str]]]) -> dict[int, Place]:
    return {int(topic): Place(int(at["slot"]), int(at["room"])) for topic, at in plan["placements"].items()}


def test_pins_that_cannot_hold_together_are_named(desk: Client, conference: Conference) -> None:
    one, two = make_topic(conference, "Eins", host="Mia"), make_topic(conference, "Zwei", host="Mia")
    make_topic(conference, "Drei")
    slot = Slot.objects.filter(conference=conference)[0]
    for topic, room in zip((one, two), Room.objects.filter(conference=conference), strict=False):
        place_topic(topic=topic, slot=slot, room=room, seen=None)
        pin_placement(topic=topic, is_pinned=True, seen=1)
    before = places_of_draft(conference)
    desk.post(f"{PAGE}/neu")
    run = work()
    assert run.state == PlanRun.State.FAILED
    page = text_of(desk)
    assert "These pins cannot hold together: “Eins”, “Zwei”." in page
    assert "The same person leads “Eins” and “Zwei”, both in slot 13:00." in page
    assert places_of_draft(conference) == before
