"""The session plan as the desk sees it: the shelf of topics without a place, the grid, conflicts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from offenraum.barcamp.models import Round, Topic
from offenraum.barcamp.queries import public_topics, round_now
from offenraum.conference.models import Conference, Room, Slot
from offenraum.conference.queries import Grid, now_of
from offenraum.desk.words import conflict_in_words
from offenraum.programme.models import Edition, Placement
from offenraum.programme.queries.draft import around_of, conflicts_of_draft, draft_of
from offenraum.programme.queries.published import latest_edition, places_of
from offenraum.programme.rules import Place, changes_between


@dataclass(frozen=True, slots=True)
class Piece:
    """A topic's card; `pick` is what a form sends for it: the topic and the version that is shown."""

    topic: Topic
    placement: Placement | None
    wanted: int
    clashes: tuple[str, ...]

    @property
    def pick(self) -> str:
        return f"{self.topic.pk}:{self.placement.version if self.placement else ''}"

    @property
    def is_pinned(self) -> bool:
        return self.placement is not None and self.placement.is_pinned


@dataclass(frozen=True, slots=True)
class BoardCell:
    """One slot of one room: free, closed, taken, or the second half of a double session."""

    slot: Slot
    room: Room
    column: int
    piece: Piece | None
    is_continued: bool
    is_closed: bool


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One slot with its rooms."""

    slot: Slot
    cells: tuple[BoardCell, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """Everything the session plan shows."""

    rooms: tuple[Room, ...]
    rows: tuple[BoardRow, ...]
    shelf: tuple[Piece, ...]
    clash_count: int
    change_count: int
    edition: Edition | None
    round: Round | None
    as_of: datetime


def board_of(conference: Conference) -> Board:
    """The draft as it stands, the most wanted topics without a place first."""
    draft, around = draft_of(conference), around_of(conference)
    topics = list(public_topics(conference))
    titles = {topic.pk: topic.title for topic in topics}
    clashes: dict[int, list[str]] = {}
    for conflict in conflicts_of_draft(draft, around):
        clashes.setdefault(conflict.topic, []).append(conflict_in_words(conflict, titles))
    pieces = {t.pk: piece_of(t, draft, around.wanted, clashes) for t in topics}
    edition = latest_edition(conference)
    return Board(
        rooms=around.grid.rooms,
        rows=rows_of(around.grid, pieces),
        shelf=tuple(sorted((p for p in pieces.values() if p.placement is None), key=by_interest)),
        clash_count=len(clashes),
        change_count=len(changes_between(places_of(edition), places_in(draft))),
        edition=edition,
        round=round_now(conference),
        as_of=now_of(conference),
    )


def by_interest(piece: Piece) -> tuple[int, int]:
    return -piece.wanted, piece.topic.number


def places_in(draft: Mapping[int, Placement]) -> dict[int, Place]:
    return {topic: Place(placement.slot_id, placement.room_id) for topic, placement in draft.items()}


def piece_of(
    topic: Topic, draft: Mapping[int, Placement], wanted: Mapping[int, int], clashes: Mapping[int, list[str]]
) -> Piece:
    return Piece(
        topic=topic, placement=draft.get(topic.pk), wanted=wanted.get(topic.pk, 0),
        clashes=tuple(clashes.get(topic.pk, ())),
    )


def rows_of(grid: Grid, pieces: Mapping[int, Piece]) -> tuple[BoardRow, ...]:
    taken = {
        (cell.slot_id, cell.room_id): piece
        for piece in pieces.values() if piece.placement
        for cell in piece.placement.cells.all()
    }
    return tuple(
        BoardRow(slot=slot, cells=tuple(cell_of(slot, room, n, grid, taken) for n, room in enumerate(grid.rooms, 1)))
        for slot in grid.slots
    )


def cell_of(slot: Slot, room: Room, column: int, grid: Grid, taken: Mapping[tuple[int, int], Piece]) -> BoardCell:
    piece = taken.get((slot.pk, room.pk))
    return BoardCell(
        slot=slot, room=room, column=column, piece=piece,
        is_continued=piece is not None and piece.placement is not None and piece.placement.slot_id != slot.pk,
        is_closed=(slot.pk, room.pk) in grid.closed,
    )
