"""What the wall, the doors and the start page show, put together from the slices below."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, TypeVar

from offenraum.barcamp.models import Pitch, Round, Topic
from offenraum.barcamp.queries import pitches_of, public_topics, round_now
from offenraum.conference.models import Conference
from offenraum.conference.models import Wall as WallContent
from offenraum.kit.language import localised
from offenraum.market.models import DemoSlot
from offenraum.market.queries import listed, next_demos, with_sensors
from offenraum.market.queries import stands_of as shown_stands
from offenraum.programme.queries.draft import places_of_draft
from offenraum.programme.queries.published import Programme, Session, programme_of, resolved
from offenraum.programme.queries.timetable import Row, timetable_of

LINES_A_SLIDE = 5
NEWEST_TOPICS = 12
LISTED_TOPICS = 15
MOST_HASHTAGS = 8


class WallKind(StrEnum):
    """What the hall sees."""

    BLANK = "blank"
    COLLECT = "collect"
    PITCH = "pitch"
    BETWEEN = "between"
    LAST_CALL = "last_call"
    WAITING = "waiting"
    DRAFT = "draft"
    PROGRAMME = "programme"
    TOPICS = "topics"
    MARKET = "market"


FIXED: Final[dict[str, WallKind]] = {
    WallContent.Content.TOPICS: WallKind.TOPICS, WallContent.Content.MARKET: WallKind.MARKET,
}
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Stage:
    """The pitch on the wall: what is on, what was before, what is next."""

    current: Pitch | None
    position: int
    count: int
    before: Pitch | None
    following: Pitch | None
    ends_at: datetime | None
    remaining_seconds: int


@dataclass(frozen=True, slots=True)
class Slide:
    """At most five sessions of one slot, legible at twenty metres."""

    row: Row
    sessions: tuple[Session, ...]
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class Stand:
    """A project of the market on a wall: where it is, what it is called, and its newest value in words."""

    place: str
    title: str
    value: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class Wall:
    """Everything one state of the wall needs."""

    kind: WallKind
    round: Round | None
    stage: Stage | None
    topics: tuple[Topic, ...]
    topic_count: int
    programme: Programme
    slides: tuple[Slide, ...]
    hashtags: tuple[tuple[str, int], ...]
    topic_pages: tuple[tuple[Topic, ...], ...]
    stand_pages: tuple[tuple[Stand, ...], ...]
    demos: tuple[DemoSlot, ...]


def wall_of(conference: Conference, *, now: datetime, content: str = WallContent.Content.DAY) -> Wall:
    """What the wall shows now: what the day brings, or always the content that was chosen for it."""
    round_, programme = round_now(conference), programme_of(conference)
    kind = chosen_kind(content, round_) or kind_of(round_, has_edition=programme.edition is not None)
    if kind is WallKind.DRAFT:
        programme = resolved(conference, edition=None, places=places_of_draft(conference))
    newest = public_topics(conference).order_by("-number")
    return Wall(
        kind=kind,
        round=round_,
        stage=stage_of(round_, now=now) if round_ and kind is WallKind.PITCH else None,
        topics=tuple(newest[:NEWEST_TOPICS]),
        topic_count=newest.count(),
        programme=programme,
        slides=slides_for(kind, content, programme, now=now),
        hashtags=hashtags_of(newest) if kind is WallKind.TOPICS else (),
        topic_pages=paged(tuple(newest[:LISTED_TOPICS])) if kind is WallKind.TOPICS else (),
        stand_pages=paged(stands_of(conference, now=now)) if kind is WallKind.MARKET else (),
        demos=tuple(next_demos(conference, now=now)) if kind is WallKind.MARKET else (),
    )


def paged(lines: tuple[T, ...]) -> tuple[tuple[T, ...], ...]:
    """As many lines a page as can be read at twenty metres."""
    return tuple(lines[start : start + LINES_A_SLIDE] for start in range(0, len(lines), LINES_A_SLIDE))


def stands_of(conference: Conference, *, now: datetime) -> tuple[Stand, ...]:
    """What the market shows; without stands its wall invites to the market's page."""
    shown = listed(with_sensors(shown_stands(conference)), now=now)
    return tuple(
        Stand(
            place=str(one.stand.number), title=localised(one.stand, "title"),
            value=one.newest.text if one.newest else "", state=one.newest.state if one.newest else "",
        )
        for one in shown
    )


def chosen_kind(content: str, round_: Round | None) -> WallKind | None:
    """What a wall of one content shows; None follows the day. The moderator's dark wall is dark everywhere."""
    if content == WallContent.Content.DAY or (round_ and round_.is_wall_blank):
        return None
    return FIXED.get(content, WallKind.PROGRAMME)


def slides_for(kind: WallKind, content: str, programme: Programme, *, now: datetime) -> tuple[Slide, ...]:
    """The slots that are not over; of a wall for now and next only two of them."""
    if kind not in {WallKind.DRAFT, WallKind.PROGRAMME}:
        return ()
    slides = slides_of(programme, now=now)
    if content != WallContent.Content.NOW:
        return tuple(slides)
    shown = list(dict.fromkeys(slide.row.starts_at for slide in slides))[:2]
    return tuple(slide for slide in slides if slide.row.starts_at in shown)


def hashtags_of(topics: Iterable[Topic]) -> tuple[tuple[str, int], ...]:
    """The most used ones first, each with how many topics have it."""
    used = Counter(tag for topic in topics for tag in topic.hashtags)
    return tuple(sorted(used.items(), key=lambda item: (-item[1], item[0]))[:MOST_HASHTAGS])


def kind_of(round_: Round | None, *, has_edition: bool) -> WallKind:
    if round_ and round_.is_wall_blank:
        return WallKind.BLANK
    if round_ is None or round_.state == Round.State.PLANNED:
        return WallKind.PROGRAMME if has_edition else WallKind.COLLECT
    if round_.state == Round.State.PITCHING:
        return WallKind.PITCH if round_.current_id else WallKind.BETWEEN
    if round_.state == Round.State.LAST_CALL:
        return WallKind.LAST_CALL
    if round_.is_draft_shown:
        return WallKind.DRAFT
    return WallKind.PROGRAMME if has_edition else WallKind.WAITING


def stage_of(round_: Round, *, now: datetime) -> Stage:
    queue = list(pitches_of(round_))
    current = next((p for p in queue if p.pk == round_.current_id), None)
    done = [p for p in queue if p.state == Pitch.State.DONE]
    held = sorted((p for p in done if p.started_at), key=lambda p: p.started_at.timestamp() if p.started_at else 0.0)
    waiting = [p for p in queue if p.state == Pitch.State.WAITING]
    ends_at = end_of(round_, current)
    shown = round_.paused_at or now
    return Stage(
        current=current,
        position=len(done) + (1 if current else 0),
        count=len(queue),
        before=held[-1] if held else None,
        following=waiting[0] if waiting else None,
        ends_at=None if round_.paused_at else ends_at,
        remaining_seconds=max(0, round((ends_at - shown).total_seconds())) if ends_at else 0,
    )


def end_of(round_: Round, current: Pitch | None) -> datetime | None:
    """When the time of the current pitch is over, on the conference's clock; the same for everybody who asks."""
    if current is None or current.started_at is None:
        return None
    return current.started_at + timedelta(seconds=round_.conference.pitch_seconds + current.paused_seconds)


def slides_of(programme: Programme, *, now: datetime) -> list[Slide]:
    """One or more slides for each slot that is not over, five lines each."""
    slides = []
    for row in timetable_of(programme, now=now):
        if row.slot is None or row.is_over or not row.entries:
            continue
        parts = evenly([entry.session for entry in row.entries], most=LINES_A_SLIDE)
        slides += [Slide(row, tuple(part), page, len(parts)) for page, part in enumerate(parts, 1)]
    return slides


def evenly(sessions: list[Session], *, most: int) -> list[list[Session]]:
    """Parts of nearly the same size, none larger than `most`."""
    count = -(-len(sessions) // most)
    size = -(-len(sessions) // count)
    return [sessions[i : i + size] for i in range(0, len(sessions), size)]


@dataclass(frozen=True, slots=True)
class Moment:
    """Now and next, for all."""

    running: tuple[Row, ...]
    following: Row | None
    is_over: bool


def moment_of(programme: Programme, *, now: datetime) -> Moment:
    rows = timetable_of(programme, now=now)
    return Moment(
        running=tuple(row for row in rows if row.is_running),
        following=next((row for row in rows if row.starts_at > now), None),
        is_over=bool(rows) and all(row.is_over for row in rows),
    )
