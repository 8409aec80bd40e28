"""An edition keeps its frame: the draft may change, what is published stays until the next edition."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone, translation

from offenraum.conference.models import Conference, Room, Slot
from offenraum.programme.actions.draft import place_topic, remove_placement
from offenraum.programme.actions.editions import NothingToPublish, publish_edition
from offenraum.programme.models import Edition
from offenraum.programme.prints.plan import changed_since
from offenraum.programme.queries.differences import difference, edition_at
from offenraum.programme.queries.published import programme_of
from offenraum.programme.rules import Place
from offenraum.programme.rules.layout import Layout, Moved, double_in, moved_between, touched_rooms
from tests.builders import publish
from tests.day import NOON, make_conference, make_topic, set_clock

LATER = timedelta(minutes=15)


def layout(*, start: datetime = NOON, double: frozenset[int] = frozenset()) -> Layout:
    return Layout(slots={1: (start, 45), 2: (NOON, 30)}, rooms=(7, 8), double=double)


def test_layout_comes_back_as_it_was_kept() -> None:
    one = layout(double=frozenset({4}))
    assert Layout.read(one.stored()) == one
    assert Layout.read({}) is None


def test_what_moved_is_named_for_sessions_of_the_plan_only() -> None:
    before, after = layout(double=frozenset({4})), layout(start=NOON + LATER, double=frozenset({5, 6}))
    assert moved_between(before, after, topics=[4, 5]) == Moved(slots=(1,), lengths=(4, 5))
    assert not moved_between(before, before, topics=[4])
    assert not moved_between(None, after, topics=[4])
    assert touched_rooms(Moved((1,), (5,)), {9: Place(1, 7), 5: Place(2, 8), 3: Place(2, 9)}) == {7, 8}
    assert double_in([(4, 1), (4, 2), (5, 1)]) == {4}


@pytest.fixture
def conference(db: None) -> Conference:
    """Slots 1 and 2 follow each other; one session in slot 1, room 2."""
    conference = set_clock(make_conference(), NOON)
    Slot.objects.filter(number=2).update(follows=Slot.objects.get(number=1))
    publish(conference, {make_topic(conference, "Radwege"): (1, 2)})
    return conference


def shown(conference: Conference) -> list[tuple[str, str]]:
    return [(f"{one.starts_at:%H:%M}", f"{one.ends_at:%H:%M}") for one in programme_of(conference).sessions]


@pytest.mark.postgres
def test_published_times_stay_until_the_next_edition(conference: Conference) -> None:
    was = shown(conference)
    slot = Slot.objects.get(number=1)
    slot.starts_at += LATER
    slot.save()
    Room.objects.create(conference=conference, name="Neu", position=9, places=5)
    assert shown(conference) == was
    assert [room.name for room in programme_of(conference).grid.rooms] == ["Raum 1", "Raum 2", "Raum 3"]
    assert changed_since(conference, 1) == set()
    new = publish_edition(conference=conference, after=1, published_by="moderator", now=NOON)
    assert shown(conference) != was
    assert changed_since(conference, 1) == {Room.objects.get(position=2).pk}
    with translation.override("en"), timezone.override(conference.zone):
        assert difference(conference, edition_at(conference, 1), new) == ("The slot 13:00–13:45 is now 13:15–14:00.",)


def test_double_length_reaches_the_programme_with_its_edition(conference: Conference) -> None:
    topic = conference.topics.get()
    topic.length = 2
    topic.save()
    was = shown(conference)
    with pytest.raises(NothingToPublish):
        publish_edition(conference=conference, after=1, published_by="moderator", now=NOON)
    remove_placement(topic=topic, seen=topic.placement.version)
    place_topic(topic=topic, slot=Slot.objects.get(number=1), room=Room.objects.get(position=2), seen=None)
    assert shown(conference) == was
    publish_edition(conference=conference, after=1, published_by="moderator", now=NOON)
    assert shown(conference) != was
    page = Client().get("/kogk18/programm/fassungen/2", HTTP_ACCEPT_LANGUAGE="en").content.decode()
    assert "“Radwege” takes two slots now." in page


def test_edition_from_before_layouts_were_kept_is_shown_by_the_grid(conference: Conference) -> None:
    was = shown(conference)
    Edition.objects.update(layout={})
    assert shown(conference) == was
