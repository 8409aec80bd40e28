from __future__ import annotations

import pytest

from offenraum.barcamp.actions.topics import Stale
from offenraum.barcamp.models import Topic
from offenraum.conference.models import Conference, Room, Slot
from offenraum.programme.actions.draft import place_topic, remove_placement
from offenraum.programme.actions.editions import NothingToPublish, publish_edition
from offenraum.programme.models import Edition
from offenraum.programme.queries.draft import places_of_draft
from offenraum.programme.queries.published import changes_of, places_of
from offenraum.programme.rules import Change, ChangeKind, Place, mark_of
from tests.day import NOON, make_conference, make_topics

pytestmark = pytest.mark.django_db


@pytest.fixture
def conference() -> Conference:
    return make_conference()


def put(topic: Topic, at: tuple[int, int], seen: int | None = None) -> Place:
    slot, room = Slot.objects.get(number=at[0]), Room.objects.get(position=at[1])
    place_topic(topic=topic, slot=slot, room=room, seen=seen)
    return Place(slot.pk, room.pk)


def publish(conference: Conference, after: int, seen: str | None = None) -> Edition:
    return publish_edition(conference=conference, after=after, published_by="moderator", now=NOON, seen=seen)


def test_publish_edition_keeps_every_change_against_the_one_before(conference: Conference) -> None:
    stays, moves, roams, goes, comes = make_topics(conference, 5)
    here, old_time, old_room, gone = put(stays, (1, 1)), put(moves, (1, 2)), put(roams, (2, 2)), put(goes, (2, 1))
    first = publish(conference, 0)
    assert {c.kind for c in changes_of(first)} == {ChangeKind.NEW}
    new_time, new_room = put(moves, (3, 2), seen=1), put(roams, (2, 3), seen=1)
    remove_placement(topic=goes, seen=1)
    new = put(comes, (2, 1))
    second = publish(conference, 1)
    assert changes_of(second) == [
        Change(ChangeKind.TIME, moves.pk, old_time, new_time),
        Change(ChangeKind.ROOM, roams.pk, old_room, new_room),
        Change(ChangeKind.GONE, goes.pk, gone, None),
        Change(ChangeKind.NEW, comes.pk, None, new),
    ]
    assert places_of(second) == {stays.pk: here, moves.pk: new_time, roams.pk: new_room, comes.pk: new}


def test_publish_edition_leaves_earlier_editions_as_they_were(conference: Conference) -> None:
    (topic,) = make_topics(conference, 1)
    place = put(topic, (1, 1))
    publish(conference, 0)
    put(topic, (2, 2), seen=1)
    publish(conference, 1)
    assert places_of(Edition.objects.get(number=1)) == {topic.pk: place}


def test_publish_edition_refuses_what_was_not_seen(conference: Conference) -> None:
    one, two = make_topics(conference, 2)
    put(one, (1, 1))
    seen = mark_of(places_of_draft(conference))
    publish(conference, 0, seen=seen)
    put(two, (1, 2))
    with pytest.raises(Stale):
        publish(conference, 0)
    with pytest.raises(Stale):
        publish(conference, 1, seen=seen)
    assert Edition.objects.count() == 1


def test_publish_edition_refuses_an_equal_draft(conference: Conference) -> None:
    (topic,) = make_topics(conference, 1)
    put(topic, (1, 1))
    publish(conference, 0)
    with pytest.raises(NothingToPublish):
        publish(conference, 1)
    assert Edition.objects.count() == 1
