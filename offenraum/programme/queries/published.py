"""Reads about published editions: the programme that everybody sees."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby

from django.db.models import F

from offenraum.barcamp.models import Topic
from offenraum.barcamp.queries import wishes_of
from offenraum.conference.models import Conference, Room, Slot, Talk
from offenraum.conference.queries import Grid, grid_of, talks_of
from offenraum.programme.models import Bookmark, Cell, Edition, SessionFlag
from offenraum.programme.rules import Change, ChangeKind, Place, Span, clashes
from offenraum.programme.rules.layout import Layout, Moved, double_in, moved_between
from offenraum.seats.models import Seat

FULL, FOYER = SessionFlag.Kind.FULL, SessionFlag.Kind.FOYER


@dataclass(frozen=True, slots=True)
class Session:
    """A topic in the published plan, with everything that a screen shows of it."""

    topic: Topic
    slot: Slot
    room: Room
    starts_at: datetime
    ends_at: datetime
    hosts: tuple[str, ...]
    change: ChangeKind | None
    is_full: bool = False
    foyer: str = ""

    @property
    def span(self) -> Span:
        return Span(key=self.topic.pk, starts_at=self.starts_at, ends_at=self.ends_at)


@dataclass(frozen=True, slots=True)
class Programme:
    """An edition resolved for display: names and titles are today's, so erasure reaches old editions."""

    edition: Edition | None
    grid: Grid
    talks: tuple[Talk, ...]
    sessions: tuple[Session, ...]

    def sessions_in(self, slot: Slot) -> list[Session]:
        return [s for s in self.sessions if s.starts_at <= slot.starts_at < s.ends_at]

    def at(self, slot: Slot, room: Room) -> Session | None:
        return next((s for s in self.sessions_in(slot) if s.room.pk == room.pk), None)


def latest_edition(conference: Conference) -> Edition | None:
    return Edition.objects.filter(conference=conference).order_by("-number").first()


def newest_of(slug: str) -> tuple[Conference, Edition | None]:
    """A conference with its latest edition."""
    editions = Edition.objects.filter(conference__slug=slug).select_related("conference").order_by("-number")
    edition = editions.first()
    return (edition.conference, edition) if edition else (Conference.objects.get(slug=slug), None)


def places_of(edition: Edition | None) -> dict[int, Place]:
    """Topic id to place."""
    rows = edition.sessions if edition else []
    return {row["topic"]: Place(row["slot"], row["room"]) for row in rows}


def changes_of(edition: Edition) -> list[Change]:
    """What this edition changed against the one before."""
    return [
        Change(
            kind=ChangeKind(row["kind"]),
            topic=row["topic"],
            before=Place(*row["before"]) if row["before"] else None,
            after=Place(*row["after"]) if row["after"] else None,
        )
        for row in edition.changes
    ]


def layout_of(conference: Conference) -> Layout:
    """The frame of the draft as it is now: what the next edition will keep."""
    grid = grid_of(conference)
    cells = Cell.objects.filter(placement__conference=conference).values_list("placement__topic_id", "slot_id")
    return Layout(
        slots={slot.pk: (slot.starts_at, slot.minutes) for slot in grid.slots},
        rooms=tuple(room.pk for room in grid.rooms), double=double_in(cells),
    )


def moved_since(edition: Edition | None, layout: Layout, places: Mapping[int, Place]) -> Moved:
    """What the frame of the draft changes for sessions against an edition, beside their places."""
    return moved_between(Layout.read(edition.layout) if edition else None, layout, topics=places)


def laid_out(grid: Grid, layout: Layout | None) -> Grid:
    """The grid as an edition has it: its slots at its times, its rooms in its order; names are today's."""
    if layout is None:
        return grid
    slots, rooms = {slot.pk: slot for slot in grid.slots}, {room.pk: room for room in grid.rooms}
    kept = [at_time(slots[key], *time) for key, time in layout.slots.items() if key in slots]
    return replace(
        grid, slots=tuple(sorted(kept, key=lambda slot: slot.starts_at)),
        rooms=tuple(rooms[key] for key in layout.rooms if key in rooms),
    )


def at_time(slot: Slot, starts_at: datetime, minutes: int) -> Slot:
    slot.starts_at, slot.minutes = starts_at, minutes
    return slot


def programme_of(conference: Conference, edition: Edition | None = None) -> Programme:
    """The programme of an edition, by default the latest; the fixed part alone when there is none."""
    edition = edition or latest_edition(conference)
    return resolved(conference, edition=edition, places=places_of(edition))


def resolved(conference: Conference, *, edition: Edition | None, places: Mapping[int, Place]) -> Programme:
    """A plan (topic id to place) with today's titles, names and rooms; also for the draft."""
    layout = Layout.read(edition.layout) if edition else None
    grid = laid_out(grid_of(conference), layout)
    changed = {c.topic: c.kind for c in changes_of(edition)} if edition and edition.number > 1 else {}
    sessions = flagged(sessions_of(places, grid, changed, layout), conference)
    return Programme(edition=edition, grid=grid, talks=tuple(talks_of(conference)), sessions=tuple(sessions))


def flagged(sessions: Iterable[Session], conference: Conference) -> list[Session]:
    """The sessions with what the desk says of them: full, in the foyer."""
    flags = {(flag.topic_id, flag.kind): flag for flag in SessionFlag.objects.filter(conference=conference)}
    foyer = {topic: flag.place or flag.get_kind_display() for (topic, kind), flag in flags.items() if kind == FOYER}
    return [
        replace(one, is_full=(one.topic.pk, FULL) in flags, foyer=foyer.get(one.topic.pk, "")) for one in sessions
    ]


@dataclass(frozen=True, slots=True)
class Shown:
    """A topic of a plan with the names of its hosts."""

    topic: Topic
    hosts: tuple[str, ...]


def shown_in(places: Mapping[int, Place]) -> list[Shown]:
    """The topics of a plan that everybody may see, with their hosts, in one question to the database."""
    shown = [Topic.State.RELEASED, Topic.State.MERGED]
    topics = Topic.objects.filter(pk__in=places, state__in=shown)
    each = topics.annotate(host_name=F("hosts__name")).order_by("number", "hosts__id")
    return [
        Shown(rows[0], tuple(row.host_name for row in rows if row.host_name))
        for rows in (list(group) for _topic, group in groupby(each, key=lambda row: row.pk))
    ]


def sessions_of(
    places: Mapping[int, Place], grid: Grid, changed: Mapping[int, ChangeKind], layout: Layout | None
) -> list[Session]:
    slots, rooms = {s.pk: s for s in grid.slots}, {r.pk: r for r in grid.rooms}
    sessions = [
        session_of(
            shown, slots[place.slot], rooms[place.room], changed.get(shown.topic.pk),
            last=last_slot(shown.topic, slots[place.slot], grid, layout),
        )
        for shown in shown_in(places)
        if (place := places[shown.topic.pk]).slot in slots and place.room in rooms
    ]
    return sorted(sessions, key=lambda s: (s.starts_at, s.room.position))


def session_of(shown: Shown, slot: Slot, room: Room, change: ChangeKind | None, *, last: Slot) -> Session:
    return Session(
        topic=shown.topic, slot=slot, room=room, starts_at=slot.starts_at, ends_at=last.ends_at, hosts=shown.hosts,
        change=change,
    )


def last_slot(topic: Topic, slot: Slot, grid: Grid, layout: Layout | None) -> Slot:
    """In which slot a session ends: by the edition, or by its topic in the draft."""
    is_double = topic.pk in layout.double if layout else topic.length > 1
    following = next((each for each in grid.slots if each.follows_id == slot.pk), None)
    return following if is_double and following else slot


@dataclass(frozen=True, slots=True)
class PlannedSession:
    """A session in somebody's own plan, with the own sessions at the same time."""

    session: Session
    clashes_with: tuple[Session, ...]


def own_plan(*, seat: Seat, programme: Programme) -> list[PlannedSession]:
    """The published sessions that a seat hosts, showed interest in or kept, less those it took out."""
    wanted = own_topics(seat)
    mine = [session for session in programme.sessions if session.topic.pk in wanted]
    by_topic = {session.topic.pk: session for session in mine}
    meeting = clashes(session.span for session in mine)
    return [
        PlannedSession(session, tuple(by_topic[key] for key in meeting.get(session.topic.pk, []))) for session in mine
    ]


def own_topics(seat: Seat) -> set[int]:
    kept = dict(Bookmark.objects.filter(seat=seat).values_list("topic_id", "is_kept"))
    hosted = set(seat.hosted.values_list("topic_id", flat=True))
    wanted = set(wishes_of(seat=seat)) | hosted | {topic for topic, is_kept in kept.items() if is_kept}
    return {topic for topic in wanted if kept.get(topic, True)}


def running(sessions: Iterable[Session], *, now: datetime) -> list[Session]:
    return [session for session in sessions if session.starts_at <= now < session.ends_at]


def upcoming(sessions: Iterable[Session], *, now: datetime) -> list[Session]:
    """The sessions of the next slot that has any."""
    later = [session for session in sessions if session.starts_at > now]
    first = min((session.starts_at for session in later), default=None)
    return [session for session in later if session.starts_at == first]
