from __future__ import annotations

import stat
import threading
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connections
from django.utils import timezone

from offenraum.barcamp.actions.topics import Stale
from offenraum.barcamp.models import Topic
from offenraum.conference.models import Conference, Room, Slot
from offenraum.kit.outbox import Lost, claim, serve_one
from offenraum.live.models import StreamVersion
from offenraum.programme import tasks
from offenraum.programme.actions.draft import pin_placement, place_topic, remove_placement
from offenraum.programme.actions.editions import publish_edition
from offenraum.programme.actions.plan_runs import (
    NothingToPlan,
    PinsChanged,
    accept_plan,
    ask_for_plan,
    cancel_plan,
    keep_plan,
    note_progress,
)
from offenraum.programme.models import Placement, PlanRun
from offenraum.programme.queries.draft import places_of_draft
from offenraum.programme.queries.plan_runs import latest_run, planned_places, problem_to_plan
from offenraum.programme.rules import mark_of
from tests.day import NOON, make_conference, make_seats, make_topic, make_topics, vote

pytestmark = pytest.mark.django_db


@pytest.fixture
def conference() -> Conference:
    return make_conference()


def ask(conference: Conference, *, shown_at: object = NOON, seconds: int = 1) -> PlanRun:
    return ask_for_plan(
        conference=conference, asked_by=None, seconds=seconds, shown_at=shown_at, now=timezone.now()
    )


def work() -> PlanRun:
    """Do what is due, as a worker does; the run as it is afterwards."""
    assert serve_one(tasks.PLANNING, worker="here:1", now=timezone.now)
    return PlanRun.objects.latest("pk")


def accept(run: PlanRun) -> None:
    accept_plan(run=run, seen=mark_of(places_of_draft(run.conference)), now=timezone.now())


def changes(conference: Conference) -> int:
    return sum(StreamVersion.objects.filter(scope=conference.slug, topic="proposal").values_list("version", flat=True))


def test_run_makes_a_plan_that_can_be_taken_over(conference: Conference) -> None:
    topics = make_topics(conference, 10)
    seats = make_seats(conference, 12)
    for number, topic in enumerate(topics):
        vote(topic, seats[number % 5 :: 3])
    run = ask(conference)
    assert run.state == PlanRun.State.QUEUED
    run = work()
    assert (run.state, run.error, run.claimed_by) == (PlanRun.State.DONE, "", "here:1")
    assert run.plan
    assert len(run.plan["placements"]) + len(run.plan["unplaced"]) == 10
    assert not Placement.objects.exists()
    accept(run)
    assert places_of_draft(conference) == planned_places(run)
    run.refresh_from_db()
    assert run.accepted_at is not None


def test_run_keeps_pins(conference: Conference) -> None:
    one, *_ = make_topics(conference, 5)
    slot, room = Slot.objects.get(number=3), Room.objects.get(position=3)
    place_topic(topic=one, slot=slot, room=room, seen=None)
    pin_placement(topic=one, is_pinned=True, seen=1)
    ask(conference)
    run = work()
    assert run.plan
    assert run.plan["placements"][str(one.pk)] == {"slot": str(slot.pk), "room": str(room.pk)}
    accept(run)
    assert Placement.objects.get(topic=one).is_pinned


def test_run_during_the_day_leaves_what_has_begun(conference: Conference) -> None:
    one, two = make_topics(conference, 2)
    slot, room = Slot.objects.get(number=1), Room.objects.get(position=3)
    place_topic(topic=one, slot=slot, room=room, seen=None)
    ask(conference, shown_at=NOON + timedelta(minutes=70))
    run = work()
    assert run.plan
    assert run.plan["placements"][str(one.pk)] == {"slot": str(slot.pk), "room": str(room.pk)}
    assert run.plan["placements"][str(two.pk)]["slot"] != str(slot.pk)


def publish_first(conference: Conference, topic: Topic) -> dict[str, str]:
    """Edition 1 holds one topic, which the draft then has no more; its cell as the planner names it."""
    slot, room = Slot.objects.get(number=2), Room.objects.get(position=2)
    place_topic(topic=topic, slot=slot, room=room, seen=None)
    publish_edition(conference=conference, after=0, published_by="moderator", now=NOON)
    remove_placement(topic=topic, seen=1)
    return {"slot": str(slot.pk), "room": str(room.pk)}


def test_plan_stays_close_to_what_is_published_unless_it_is_made_anew(conference: Conference) -> None:
    one, *_ = make_topics(conference, 3)
    at, before = publish_first(conference, one), NOON - timedelta(hours=1)
    run = ask(conference, shown_at=before)
    assert (run.problem["current"], run.problem["now"]) == ({str(one.pk): at}, None)
    done = work()
    assert done.plan
    assert done.plan["placements"][str(one.pk)] == at
    anew = ask_for_plan(
        conference=conference, asked_by=None, seconds=1, shown_at=before, now=timezone.now(), is_anew=True
    )
    assert anew.problem["current"] is None


def test_plan_made_anew_during_the_day_still_keeps_what_has_begun(conference: Conference) -> None:
    one, *_ = make_topics(conference, 3)
    at = publish_first(conference, one)
    during = NOON + timedelta(minutes=130)
    problem = problem_to_plan(conference, now=during, is_anew=True)
    assert problem
    assert problem["current"] == {str(one.pk): at}
    assert problem["now"] == str(Slot.objects.get(number=3).pk)
    assert problem_to_plan(conference, now=NOON + timedelta(hours=9)) is None


def test_ask_for_plan_twice_runs_once(conference: Conference) -> None:
    make_topics(conference, 2)
    before = changes(conference)
    assert ask(conference) == ask(conference)
    assert PlanRun.objects.count() == 1
    assert changes(conference) == before + 1


def test_ask_for_plan_without_topics_or_after_the_last_slot_is_refused(conference: Conference) -> None:
    with pytest.raises(NothingToPlan):
        ask(conference)
    make_topic(conference)
    with pytest.raises(NothingToPlan):
        ask(conference, shown_at=NOON + timedelta(hours=9))
    assert not PlanRun.objects.exists()


def test_pins_that_cannot_hold_end_the_run_with_a_reason(conference: Conference) -> None:
    one, two = make_topic(conference, "Eins", host="Mia"), make_topic(conference, "Zwei", host="Mia")
    for position, topic in enumerate([one, two], 1):
        slot, room = Slot.objects.get(number=1), Room.objects.get(position=position)
        place_topic(topic=topic, slot=slot, room=room, seen=None)
        pin_placement(topic=topic, is_pinned=True, seen=1)
    ask(conference)
    run = work()
    assert (run.state, run.error) == (PlanRun.State.FAILED, tasks.CONTRADICTION)
    assert ask(conference).pk != run.pk


def test_accept_plan_refuses_a_draft_that_has_changed_since(conference: Conference) -> None:
    one, *_ = make_topics(conference, 3)
    ask(conference)
    run, seen = work(), mark_of(places_of_draft(conference))
    place_topic(topic=one, slot=Slot.objects.get(number=2), room=Room.objects.get(position=2), seen=None)
    with pytest.raises(Stale):
        accept_plan(run=run, seen=seen, now=timezone.now())
    assert set(places_of_draft(conference)) == {one.pk}
    run.refresh_from_db()
    assert run.accepted_at is None


def test_accept_plan_refuses_to_move_a_pin_set_since(conference: Conference) -> None:
    one, *_ = make_topics(conference, 3)
    ask(conference)
    run = work()
    assert run.plan
    there = run.plan["placements"][str(one.pk)]
    elsewhere = Slot.objects.exclude(pk=there["slot"]).first()
    assert elsewhere
    place_topic(topic=one, slot=elsewhere, room=Room.objects.get(position=3), seen=None)
    pin_placement(topic=one, is_pinned=True, seen=1)
    with pytest.raises(PinsChanged):
        accept(run)
    assert set(places_of_draft(conference)) == {one.pk}


def test_accept_plan_of_an_unfinished_run_is_refused(conference: Conference) -> None:
    make_topic(conference)
    with pytest.raises(Stale):
        accept(ask(conference))


def test_cancelled_run_keeps_nothing(conference: Conference) -> None:
    make_topic(conference)
    ask(conference)
    run = claim(PlanRun, worker="here:1", now=timezone.now())
    assert run
    cancel_plan(run=run, now=timezone.now())
    with pytest.raises(Lost):
        note_progress(run=run, progress={"share": 0.5})
    with pytest.raises(Lost):
        keep_plan(run=run, plan={}, now=timezone.now())
    latest = latest_run(conference)
    assert latest
    assert (latest.state, latest.plan, latest.progress) == (PlanRun.State.CANCELLED, None, {})


def program(folder: Path, text: str) -> Path:
    """A planner that does what `text` says, in the shell."""
    file = folder / "offenraum"
    file.write_text(f"#!/bin/sh\n{text}\n")
    file.chmod(file.stat().st_mode | stat.S_IXUSR)
    return file


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("exit 1", tasks.NO_ANSWER),
        ("exit 0", tasks.NO_ANSWER),
        ("kill -9 $$", tasks.NO_ANSWER),
        ('echo "no plan" > "$4"', tasks.UNREADABLE),
        ('echo "{\\"field\\": \\"now\\", \\"error\\": \\"x\\"}" >&2; exit 2', tasks.CONTRADICTION),
    ],
)
def test_planner_that_fails_is_told_in_words(conference: Conference, tmp_path: Path, text: str, error: str) -> None:
    make_topic(conference)
    ask(conference)
    run = claim(PlanRun, worker="here:1", now=timezone.now())
    assert run
    with pytest.raises(tasks.PlannerFailed, match=error):
        tasks.ask_planner(run, tmp_path, program=program(tmp_path, text))


@pytest.fixture
def slow_run(transactional_db: None, tmp_path: Path) -> tuple[PlanRun, Path]:
    """A claimed run, and a planner that reports once and then takes a minute; it leaves its process id."""
    conference = make_conference()
    make_topic(conference)
    ask(conference)
    run = claim(PlanRun, worker="here:1", now=timezone.now())
    assert run
    text = f'echo $$ > {tmp_path}/pid; echo "{{\\"share\\": 0.25}}" >&2; exec sleep 60'
    return run, program(tmp_path, text)


def test_cancelled_run_ends_its_process(slow_run: tuple[PlanRun, Path], tmp_path: Path) -> None:
    run, planner = slow_run
    ended: list[type[BaseException]] = []

    def work_on() -> None:
        try:
            tasks.ask_planner(run, tmp_path, program=planner)
        except Lost as lost:
            ended.append(type(lost))
        finally:
            connections.close_all()

    worker = threading.Thread(target=work_on)
    worker.start()
    until(lambda: PlanRun.objects.get().progress == {"share": 0.25})
    cancel_plan(run=run, now=timezone.now())
    worker.join(timeout=60)
    assert ended == [Lost]
    assert not Path(f"/proc/{(tmp_path / 'pid').read_text().strip()}").exists()


def until(is_so: object, seconds: float = 60) -> None:
    """Wait until a condition holds; fail after a while."""
    deadline = time.monotonic() + seconds
    while not is_so():  # type: ignore[operator]
        assert time.monotonic() < deadline
        time.sleep(0.05)
