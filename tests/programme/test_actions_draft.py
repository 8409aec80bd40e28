from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.db import connection, connections

from offenraum.barcamp.actions.topics import Stale, hide_topic
from offenraum.barcamp.models import Topic
from offenraum.conference.models import Conference, Room, RoomClosure, Slot
from offenraum.programme.actions.draft import (
    NoSuchCell,
    Taken,
    pin_placement,
    place_topic,
    remove_placement,
    restore_spot,
    swap_topics,
    take_over_plan,
)
from offenraum.programme.models import Cell, Placement
from offenraum.programme.queries.draft import places_of_draft, spot_of
from offenraum.programme.rules import Place, Spot, mark_of
from tests.day import make_conference, make_topic, make_topics


@pytest.fixture
def conference(db: None) -> Conference:
    return make_conference()


def slot(number: int) -> Slot:
    return Slot.objects.get(conference__slug="kogk18", number=number)


def room(position: int) -> Room:
    return Room.objects.get(conference__slug="kogk18", position=position)


def put(topic: Topic, at: tuple[int, int], seen: int | None = None) -> Placement:
    """Place a topic by numbers of slot and room."""
    return place_topic(topic=topic, slot=slot(at[0]), room=room(at[1]), seen=seen)


def where() -> dict[str, tuple[int, int]]:
    """Title to (slot number, room position) of the draft."""
    placed = Placement.objects.select_related("topic", "slot", "room")
    return {p.topic.title: (p.slot.number, p.room.position) for p in placed}


def cells() -> set[tuple[int, int]]:
    return {(c.slot.number, c.room.position) for c in Cell.objects.select_related("slot", "room")}


def test_place_topic_takes_its_cell(conference: Conference) -> None:
    placement = put(make_topic(conference), (1, 2))
    assert (where(), cells(), placement.version) == ({"Offene Haushalte": (1, 2)}, {(1, 2)}, 1)


def test_place_topic_of_double_length_takes_the_following_slot(conference: Conference) -> None:
    Slot.objects.filter(number=2).update(follows=slot(1))
    double, single = make_topic(conference, "Lang", length=2), make_topic(conference, "Kurz")
    put(double, (1, 1))
    assert cells() == {(1, 1), (2, 1)}
    with pytest.raises(Taken):
        put(single, (2, 1))
    put(double, (1, 2), seen=1)
    assert cells() == {(1, 2), (2, 2)}


def test_place_topic_moves_what_was_seen(conference: Conference) -> None:
    topic = make_topic(conference)
    put(topic, (1, 1))
    moved = put(topic, (2, 3), seen=1)
    assert (where()["Offene Haushalte"], cells(), moved.version) == ((2, 3), {(2, 3)}, 2)


@pytest.mark.parametrize("seen", [None, 2])
def test_place_topic_refuses_a_stale_move(conference: Conference, seen: int | None) -> None:
    topic = make_topic(conference)
    put(topic, (1, 1))
    with pytest.raises(Stale):
        put(topic, (2, 2), seen=seen)
    assert (where(), cells()) == ({"Offene Haushalte": (1, 1)}, {(1, 1)})


def test_place_topic_refuses_a_taken_cell_and_changes_nothing(conference: Conference) -> None:
    one, two = make_topics(conference, 2)
    put(one, (1, 1))
    put(two, (1, 2))
    with pytest.raises(Taken):
        put(two, (1, 1), seen=1)
    assert where() == {"Thema 1": (1, 1), "Thema 2": (1, 2)}
    assert Placement.objects.get(topic=two).version == 1


def test_place_topic_refuses_closed_rooms_and_hidden_topics(conference: Conference) -> None:
    RoomClosure.objects.create(room=room(1), slot=slot(1))
    topic = make_topic(conference)
    with pytest.raises(NoSuchCell):
        put(topic, (1, 1))
    hide_topic(topic=topic)
    with pytest.raises(NoSuchCell):
        put(topic, (1, 2))
    assert not Placement.objects.exists()


def test_hidden_topic_gives_way(conference: Conference) -> None:
    one, two = make_topics(conference, 2)
    put(one, (1, 1))
    hide_topic(topic=one)
    put(two, (1, 1))
    assert where() == {"Thema 2": (1, 1)}


def test_remove_placement_frees_the_cell(conference: Conference) -> None:
    topic = make_topic(conference)
    put(topic, (1, 1))
    with pytest.raises(Stale):
        remove_placement(topic=topic, seen=2)
    remove_placement(topic=topic, seen=1)
    assert (where(), cells()) == ({}, set())


def test_swap_topics_exchanges_places(conference: Conference) -> None:
    one, two = make_topics(conference, 2)
    put(one, (1, 1))
    put(two, (3, 2))
    swap_topics(topic=one, seen=1, other=two, other_seen=1)
    assert where() == {"Thema 1": (3, 2), "Thema 2": (1, 1)}
    with pytest.raises(Stale):
        swap_topics(topic=one, seen=1, other=two, other_seen=2)
    remove_placement(topic=two, seen=2)
    with pytest.raises(Stale):
        swap_topics(topic=one, seen=2, other=two, other_seen=2)
    with pytest.raises(Stale):
        swap_topics(topic=one, seen=2, other=one, other_seen=2)


def test_swap_topics_of_unequal_length_does_not_push_out_a_third(conference: Conference) -> None:
    Slot.objects.filter(number=2).update(follows=slot(1))
    double = make_topic(conference, "Lang", length=2)
    one, two = make_topics(conference, 2)
    put(double, (1, 1))
    put(one, (1, 2))
    put(two, (2, 2))
    with pytest.raises(Taken):
        swap_topics(topic=double, seen=1, other=one, other_seen=1)
    assert where() == {"Lang": (1, 1), "Thema 1": (1, 2), "Thema 2": (2, 2)}


def test_pin_placement_is_part_of_the_version(conference: Conference) -> None:
    topic = make_topic(conference)
    put(topic, (1, 1))
    pin_placement(topic=topic, is_pinned=True, seen=1)
    assert Placement.objects.get().is_pinned
    with pytest.raises(Stale):
        pin_placement(topic=topic, is_pinned=False, seen=1)
    assert Placement.objects.get().is_pinned


def test_restore_spot_undoes_a_move_a_placement_and_a_removal(conference: Conference) -> None:
    topic = make_topic(conference)
    put(topic, (1, 1))
    pin_placement(topic=topic, is_pinned=True, seen=1)
    first = spot_of(Placement.objects.get())
    put(topic, (2, 2), seen=2)
    second = spot_of(Placement.objects.get())
    restore_spot(topic=topic, was=first, now_at=second)
    assert spot_of(Placement.objects.get()) == first == Spot(slot(1).pk, room(1).pk, is_pinned=True)
    restore_spot(topic=topic, was=None, now_at=first)
    assert where() == {}
    restore_spot(topic=topic, was=first, now_at=None)
    assert spot_of(Placement.objects.get()) == first


def test_restore_spot_refuses_when_somebody_else_has_moved_it(conference: Conference) -> None:
    topic = make_topic(conference)
    mine = spot_of(put(topic, (1, 1)))
    put(topic, (2, 2), seen=1)
    with pytest.raises(Stale):
        restore_spot(topic=topic, was=None, now_at=mine)
    assert where() == {"Offene Haushalte": (2, 2)}


def test_take_over_plan_replaces_the_draft_and_keeps_pins_that_hold(conference: Conference) -> None:
    one, two, three = make_topics(conference, 3)
    put(one, (1, 1))
    put(two, (1, 2))
    pin_placement(topic=one, is_pinned=True, seen=1)
    pin_placement(topic=two, is_pinned=True, seen=1)
    plan = {
        one.pk: Place(slot(1).pk, room(1).pk),
        two.pk: Place(slot(2).pk, room(2).pk),
        three.pk: Place(slot(1).pk, room(2).pk),
        10**6: Place(slot(3).pk, room(3).pk),
    }
    take_over_plan(conference=conference, places=plan, seen=mark_of(places_of_draft(conference)))
    assert where() == {"Thema 1": (1, 1), "Thema 2": (2, 2), "Thema 3": (1, 2)}
    assert set(Placement.objects.filter(is_pinned=True).values_list("topic__title", flat=True)) == {"Thema 1"}


def test_take_over_plan_refuses_when_the_draft_has_changed_since(conference: Conference) -> None:
    one, two = make_topics(conference, 2)
    seen = mark_of(places_of_draft(conference))
    put(one, (1, 1))
    with pytest.raises(Stale):
        take_over_plan(conference=conference, places={two.pk: Place(slot(1).pk, room(1).pk)}, seen=seen)
    assert where() == {"Thema 1": (1, 1)}


def together(*calls: Callable[[], object]) -> list[str]:
    """Run calls at the same moment in threads of their own; what each ended with, sorted."""
    barrier, ends = threading.Barrier(len(calls)), []

    def run(call: Callable[[], object]) -> None:
        barrier.wait()
        try:
            call()
            ends.append("done")
        except Exception as error:
            ends.append(type(error).__name__)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(ends)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_one_cell_has_one_winner() -> None:
    topics = make_topics(make_conference(), 6)
    ends = together(*[lambda topic=topic: put(topic, (1, 1)) for topic in topics])
    assert ends == ["Taken"] * 5 + ["done"]
    assert Placement.objects.count() == Cell.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_without_the_unique_cell_there_would_be_six_winners() -> None:
    """The negative control of the test above: it is the constraint that decides."""
    topics = make_topics(make_conference(), 6)
    with without_unique_cell():
        assert together(*[lambda topic=topic: put(topic, (1, 1)) for topic in topics]) == ["done"] * 6


@contextmanager
def without_unique_cell() -> Iterator[None]:
    """The table without its constraint; SQLite makes it anew from the model, so the model forgets it too."""
    (constraint,), Cell._meta.constraints = Cell._meta.constraints, []
    try:
        with connection.schema_editor() as schema:
            schema.remove_constraint(Cell, constraint)
        yield
    finally:
        Cell.objects.all().delete()
        Cell._meta.constraints = [constraint]
        with connection.schema_editor() as schema:
            schema.add_constraint(Cell, constraint)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_moderators_who_move_one_topic_do_not_overwrite_each_other() -> None:
    topic = make_topic(make_conference())
    put(topic, (1, 1))
    ends = together(lambda: put(topic, (2, 2), seen=1), lambda: put(topic, (3, 3), seen=1))
    assert ends == ["Stale", "done"]
    assert Placement.objects.get().version == 2
    assert len(cells()) == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_moderators_who_swap_the_same_sessions_swap_once() -> None:
    one, two = make_topics(make_conference(), 2)
    put(one, (1, 1))
    put(two, (2, 2))
    ends = together(
        lambda: swap_topics(topic=one, seen=1, other=two, other_seen=1),
        lambda: swap_topics(topic=two, seen=1, other=one, other_seen=1),
    )
    assert ends == ["Stale", "done"]
    assert where() == {"Thema 1": (2, 2), "Thema 2": (1, 1)}
