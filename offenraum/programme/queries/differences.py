"""The difference of two plans in sentences, with today's names; who is concerned by what changed lately."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from offenraum.barcamp.models import Topic
from offenraum.conference.models import Conference, Room, Slot
from offenraum.conference.queries import Grid, grid_of
from offenraum.programme.models import Edition
from offenraum.programme.queries.published import latest_edition, places_of
from offenraum.programme.rules import Change, ChangeKind, Place, changes_between
from offenraum.programme.rules.day import NEWS_LAST, own_first
from offenraum.programme.rules.layout import Layout, moved_between


def time_of(slot: Slot) -> str:
    """13:00"""
    return date_format(localtime(slot.starts_at), "H:i")


def place_in_words(slot: Slot, room: Room) -> str:
    return _("%(time)s, %(room)s") % {"time": time_of(slot), "room": room.name}


@dataclass(frozen=True, slots=True)
class Names:
    """What ids are called today: topics, slots and rooms; what is gone has no name."""

    titles: Mapping[int, str]
    slots: Mapping[int, Slot]
    rooms: Mapping[int, Room]

    def place(self, place: Place | None) -> str:
        slot = self.slots.get(place.slot) if place else None
        room = self.rooms.get(place.room) if place else None
        return place_in_words(slot, room) if slot and room else _("a place that is gone")

    def room(self, place: Place | None) -> str:
        room = self.rooms.get(place.room) if place else None
        return room.name if room else _("a room that is gone")

    def time(self, place: Place | None) -> str:
        slot = self.slots.get(place.slot) if place else None
        return time_of(slot) if slot else _("a time that is gone")


def change_in_words(change: Change, names: Names) -> str:
    """The difference of two editions in one session, as a sentence."""
    words = {"title": names.titles.get(change.topic, _("A withdrawn topic"))}
    if change.kind is ChangeKind.NEW:
        return _("New: “%(title)s”, %(place)s.") % {**words, "place": names.place(change.after)}
    if change.kind is ChangeKind.GONE:
        return _("“%(title)s” is no longer in the programme; it was at %(place)s.") % {
            **words, "place": names.place(change.before),
        }
    if change.kind is ChangeKind.TIME:
        return _("“%(title)s” moves from %(before)s to %(after)s.") % {
            **words, "before": names.place(change.before), "after": names.place(change.after),
        }
    return _("“%(title)s” at %(time)s moves to another room: %(after)s instead of %(before)s.") % {
        **words, "time": names.time(change.after), "before": names.room(change.before),
        "after": names.room(change.after),
    }


def names_of(conference: Conference, grid: Grid) -> Names:
    """Titles of what is shown and of what its host has withdrawn; what the desk has hidden stays without a name."""
    shown = Topic.objects.filter(conference=conference, state__in=[Topic.State.RELEASED, Topic.State.WITHDRAWN])
    return Names(
        titles=dict(shown.values_list("pk", "title")),
        slots={slot.pk: slot for slot in grid.slots}, rooms={room.pk: room for room in grid.rooms},
    )


def edition_at(conference: Conference, number: int) -> Edition | None:
    return Edition.objects.filter(conference=conference, number=number).first()


def editions_of(conference: Conference) -> list[Edition]:
    """The newest first."""
    return list(Edition.objects.filter(conference=conference).order_by("-number"))


def difference(conference: Conference, old: Edition | None, new: Edition | None) -> tuple[str, ...]:
    """What changed from one edition to another, in sentences."""
    names = names_of(conference, grid_of(conference))
    sentences = tuple(change_in_words(change, names) for change in changes_between(places_of(old), places_of(new)))
    before, after = (Layout.read(edition.layout) if edition else None for edition in (old, new))
    return sentences + moved_in_words(before, after, names, topics=places_of(new))


def moved_in_words(
    before: Layout | None, after: Layout | None, names: Names, *, topics: Collection[int]
) -> tuple[str, ...]:
    """Slots with another time and sessions with another length, in sentences."""
    if before is None or after is None:
        return ()
    moved = moved_between(before, after, topics=topics)
    slots = [
        _("The slot %(before)s is now %(after)s.") % {
            "before": span_in_words(*before.slots[slot]), "after": span_in_words(*after.slots[slot]),
        }
        for slot in moved.slots
    ]
    lengths = [
        (_("“%(title)s” takes two slots now.") if topic in after.double else _("“%(title)s” takes one slot now."))
        % {"title": names.titles.get(topic, _("A withdrawn topic"))}
        for topic in moved.lengths
    ]
    return (*slots, *lengths)


def span_in_words(starts_at: datetime, minutes: int) -> str:
    """13:00–13:45"""
    ends = (starts_at, starts_at + timedelta(minutes=minutes))
    return "–".join(date_format(localtime(moment), "H:i") for moment in ends)


@dataclass(frozen=True, slots=True)
class News:
    """What the last hour changed: for one person, and for others; `edition` is the one that everybody sees."""

    edition: Edition
    own: tuple[str, ...]
    others: tuple[str, ...]


def news_of(conference: Conference, own: set[int], *, now: datetime) -> News | None:
    """The changes since the edition that was there an hour ago, those of somebody's own topics apart; None for none."""
    latest = latest_edition(conference)
    if latest is None or latest.number == 1 or latest.published_at <= now - NEWS_LAST:
        return None
    before = Edition.objects.filter(conference=conference, published_at__lte=now - NEWS_LAST).last()
    old = before or edition_at(conference, 1)
    mine, others = own_first(changes_between(places_of(old), places_of(latest)), own)
    names = names_of(conference, grid_of(conference))
    return News(
        edition=latest, own=tuple(change_in_words(change, names) for change in mine),
        others=tuple(change_in_words(change, names) for change in others),
    )
