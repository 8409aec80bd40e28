from __future__ import annotations

from datetime import timedelta

import pytest

from offenraum.barcamp.actions.topics import Stale
from offenraum.barcamp.models import Topic
from offenraum.conference.actions.decisions import Decider
from offenraum.conference.models import Conference, Decision, Room, RoomClosure, Slot
from offenraum.conference.rules import Role
from offenraum.people.models import Account
from offenraum.programme.actions.day import Shown, change_day
from offenraum.programme.actions.decisions import NothingToUndo, last_undoable, undo
from offenraum.programme.actions.draft import place_topic
from offenraum.programme.models import Edition, SessionFlag
from offenraum.programme.queries.day import Outlook, outlook_of
from offenraum.programme.queries.draft import places_of_draft
from offenraum.programme.queries.scene import Impossible
from offenraum.programme.rules.day import DayChange, DayKind, moved_count
from tests.builders import publish
from tests.day import NOON, make_conference, make_member, make_seats, make_topic, make_topics, set_clock, vote

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]
HOUR = timedelta(hours=1)


@pytest.fixture
def conference() -> Conference:
    """Four sessions in edition 1: two at 13:00, one each at 14:00 and 15:00, all in the rooms 1 and 2."""
    conference = set_clock(make_conference(rooms=(200, 40, 25)), NOON + timedelta(minutes=30))
    topics = make_topics(conference, 6)
    seats = make_seats(conference, 30)
    for topic, count in zip(topics, (20, 12, 8, 5, 9, 3), strict=True):
        vote(topic, seats[:count])
    publish(conference, {topics[0]: (1, 1), topics[1]: (1, 2), topics[2]: (2, 2), topics[3]: (3, 2)}, now=NOON)
    return conference


@pytest.fixture
def ayse(conference: Conference) -> Account:
    return make_member(conference)


def by(conference: Conference, account: Account | None, *, minutes: int = 30) -> Decider:
    return Decider(
        conference=conference, name="Ayse", role=Role.MODERATOR, account_id=account.pk if account else None,
        now=NOON + timedelta(minutes=minutes),
    )


def topic(number: int) -> Topic:
    return Topic.objects.get(number=number)


def slot(number: int) -> Slot:
    return Slot.objects.get(number=number)


def room(position: int) -> Room:
    return Room.objects.get(position=position)


def look(conference: Conference, change: DayChange, *, minutes: int = 30) -> Outlook:
    return outlook_of(conference, change, now=NOON + timedelta(minutes=minutes))


def accept(outlook: Outlook, decider: Decider) -> Edition | None:
    after = outlook.latest.number if outlook.latest else None
    return change_day(by=decider, change=outlook.change, shown=Shown(outlook.seen, outlook.then, after))


def places(conference: Conference) -> dict[int, tuple[int, int]]:
    """Topic number to number of the slot and position of the room."""
    slots = {one.pk: one.number for one in Slot.objects.all()}
    rooms = {one.pk: one.position for one in Room.objects.all()}
    numbers = dict(Topic.objects.values_list("pk", "number"))
    return {numbers[t]: (slots[p.slot], rooms[p.room]) for t, p in places_of_draft(conference).items()}


def undo_last(*, by: Decider) -> None:
    undo(decision=last_undoable(by), now=by.now)


def test_withdrawn_host_leaves_a_hole_and_moves_nobody(conference: Conference, ayse: Account) -> None:
    outlook = look(conference, DayChange(kind=DayKind.WITHDRAW, topic=topic(3).pk))
    assert moved_count(outlook.before, outlook.after) == 0
    assert (outlook.effect.gain, outlook.effect.lose) == (0, 8)
    edition = accept(outlook, by(conference, ayse))
    assert edition is not None
    assert edition.number == 2
    assert places(conference) == {1: (1, 1), 2: (1, 2), 4: (3, 2)}
    assert topic(3).state == Topic.State.WITHDRAWN


def test_lost_room_moves_its_sessions_to_a_free_room_at_their_time(conference: Conference, ayse: Account) -> None:
    outlook = look(conference, DayChange(kind=DayKind.ROOM, room=room(2).pk, slot=slot(1).pk))
    assert moved_count(outlook.before, outlook.after) == 3
    accept(outlook, by(conference, ayse))
    assert places(conference) == {1: (1, 1), 2: (1, 3), 3: (2, 3), 4: (3, 3)}
    assert RoomClosure.objects.filter(room=room(2)).count() == 3


def test_lost_room_keeps_what_runs_and_sends_it_to_the_foyer(conference: Conference, ayse: Account) -> None:
    """The failure case: a room is lost while a session runs in it."""
    outlook = look(conference, DayChange(kind=DayKind.ROOM, room=room(2).pk, slot=slot(1).pk), minutes=70)
    assert outlook.held_in_foyer == (topic(2).pk,)
    assert moved_count(outlook.before, outlook.after) == 2
    accept(outlook, by(conference, ayse, minutes=70))
    assert places(conference)[2] == (1, 2), "what runs does not move"
    assert list(SessionFlag.objects.values_list("topic__number", "kind")) == [(2, "foyer")]
    assert not RoomClosure.objects.filter(slot=slot(1)).exists()


def test_lost_room_lets_a_smaller_session_make_way_for_a_larger_one(conference: Conference, ayse: Account) -> None:
    """Rooms 40 and 25: 30 people of the lost hall need the 40; the 8 in it go to the 25, nobody changes the time."""
    big = make_topic(conference, "Groß")
    vote(big, list(conference.seats.all())[:30])
    place_topic(topic=big, slot=slot(2), room=room(1), seen=None)
    Room.objects.filter(position=2).update(places=21)
    Room.objects.filter(position=3).update(places=10)
    outlook = look(conference, DayChange(kind=DayKind.ROOM, room=room(1).pk, slot=slot(2).pk))
    accept(outlook, by(conference, ayse))
    assert {number: place for number, place in places(conference).items() if place[0] == 2} == {
        big.number: (2, 2), 3: (2, 3)
    }


def test_session_without_any_place_left_goes_to_the_parking_lot(conference: Conference, ayse: Account) -> None:
    for position in (1, 3):
        for number in (1, 2, 3):
            RoomClosure.objects.get_or_create(room=room(position), slot=slot(number))
    outlook = look(conference, DayChange(kind=DayKind.ROOM, room=room(2).pk, slot=slot(3).pk))
    accept(outlook, by(conference, ayse))
    assert 4 not in places(conference)


def test_hole_is_filled_from_the_parking_lot(conference: Conference, ayse: Account) -> None:
    change = DayChange(kind=DayKind.FILL, topic=topic(5).pk, slot=slot(2).pk, room=room(1).pk)
    accept(look(conference, change), by(conference, ayse))
    assert places(conference)[5] == (2, 1)


def test_repetition_is_a_session_of_its_own_with_the_same_hosts(conference: Conference, ayse: Account) -> None:
    change = DayChange(kind=DayKind.REPEAT, topic=topic(1).pk, slot=slot(2).pk, room=room(1).pk)
    outlook = look(conference, change)
    assert outlook.effect.gain == 4, "12 wanted topics 1 and 2 at the same time, 8 of them want topic 3 at 14:00"
    accept(outlook, by(conference, ayse))
    assert places(conference)[7] == (2, 1)
    assert [host.name for host in topic(7).hosts.all()] == [host.name for host in topic(1).hosts.all()]


def test_host_cannot_repeat_while_leading_another_session(conference: Conference) -> None:
    seat = conference.seats.get(number=1)
    one, two = make_topic(conference, "Eins", seat=seat), make_topic(conference, "Zwei", seat=seat)
    place_topic(topic=one, slot=slot(1), room=room(3), seen=None)
    place_topic(topic=two, slot=slot(2), room=room(3), seen=None)
    outlook = look(conference, DayChange(kind=DayKind.REPEAT, topic=one.pk, slot=slot(2).pk, room=room(1).pk))
    assert {conflict.kind.value for conflict in outlook.broken} == {"host_twice"}
    with pytest.raises(Stale):
        accept(outlook, by(conference, None))


def test_two_hosts_swap_their_times(conference: Conference, ayse: Account) -> None:
    change = DayChange(kind=DayKind.SWAP, topic=topic(3).pk, other=topic(4).pk)
    accept(look(conference, change), by(conference, ayse))
    assert (places(conference)[3], places(conference)[4]) == ((3, 2), (2, 2))


@pytest.mark.parametrize("kind", [DayKind.WITHDRAW, DayKind.SWAP])
def test_what_runs_is_not_changed(conference: Conference, kind: DayKind) -> None:
    with pytest.raises(Impossible):
        look(conference, DayChange(kind=kind, topic=topic(1).pk, other=topic(4).pk), minutes=70)


def test_change_is_refused_when_the_plan_is_not_what_was_shown(conference: Conference, ayse: Account) -> None:
    outlook = look(conference, DayChange(kind=DayKind.WITHDRAW, topic=topic(3).pk))
    place_topic(topic=topic(5), slot=slot(3), room=room(1), seen=None)
    with pytest.raises(Stale):
        accept(outlook, by(conference, ayse))
    assert topic(3).state == Topic.State.RELEASED


def test_change_is_refused_when_a_session_has_begun_meanwhile(conference: Conference, ayse: Account) -> None:
    outlook = look(conference, DayChange(kind=DayKind.ROOM, room=room(2).pk, slot=slot(1).pk))
    with pytest.raises(Stale):
        accept(outlook, by(conference, ayse, minutes=65))


def test_change_is_refused_after_another_edition(conference: Conference, ayse: Account) -> None:
    first = look(conference, DayChange(kind=DayKind.SWAP, topic=topic(3).pk, other=topic(4).pk))
    accept(first, by(conference, ayse))
    with pytest.raises(Stale):
        accept(first, by(conference, ayse))
    assert Edition.objects.count() == 2


def test_undo_after_publication_restores_the_draft_and_keeps_the_edition(conference: Conference, ayse: Account) -> None:
    """Also what is no move: the room is open again, the withdrawn topic is back."""
    was, edition = places(conference), Edition.objects.get(number=1).sessions
    accept(look(conference, DayChange(kind=DayKind.WITHDRAW, topic=topic(4).pk)), by(conference, ayse))
    accept(look(conference, DayChange(kind=DayKind.ROOM, room=room(2).pk, slot=slot(1).pk)), by(conference, ayse))
    undo_last(by=by(conference, ayse))
    undo_last(by=by(conference, ayse))
    assert (places(conference), topic(4).state) == (was, Topic.State.RELEASED)
    assert not RoomClosure.objects.exists()
    assert [one.number for one in Edition.objects.all()] == [1, 2, 3]
    assert Edition.objects.get(number=1).sessions == edition
    with pytest.raises(NothingToUndo):
        undo_last(by=by(conference, ayse))


def test_undo_takes_back_nothing_of_others_and_nothing_that_moved_on(conference: Conference, ayse: Account) -> None:
    mia = make_member(conference, name="Mia")
    accept(look(conference, DayChange(kind=DayKind.SWAP, topic=topic(3).pk, other=topic(4).pk)), by(conference, ayse))
    with pytest.raises(NothingToUndo):
        undo_last(by=by(conference, mia))
    accept(look(conference, DayChange(kind=DayKind.SWAP, topic=topic(3).pk, other=topic(2).pk)), by(conference, mia))
    with pytest.raises(Stale):
        undo_last(by=by(conference, ayse))


def test_decision_says_who_when_and_why(conference: Conference, ayse: Account) -> None:
    outlook = look(conference, DayChange(kind=DayKind.WITHDRAW, topic=topic(3).pk))
    change_day(
        by=by(conference, ayse), change=outlook.change, shown=Shown(outlook.seen, outlook.then, None), reason="krank"
    )
    kept = Decision.objects.get()
    assert (kept.verb, kept.made_by, kept.role, kept.reason) == ("day_withdraw", "Ayse", "moderator", "krank")
    assert kept.made_at == NOON + timedelta(minutes=30)
    assert Edition.objects.count() == 1, "only the draft was to change"
