"""Read wishes from a table with one row per person, so that any unconference can use the planner with a spreadsheet.

Two kinds are known. Scores: a column per topic, each cell how much the person wants it. Choices: columns `Choice 1`,
`Choice 2`, ... (or Wahl, Wunsch, Rang, ...), each cell the name of a topic. Rooms and slots come from the command line.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from offenraum.planner.canonical import Json
from offenraum.planner.problem import BrokenInput
from offenraum.planner.reading import HEAVIEST_WISH

CHOICE = re.compile(r"\s*(?:choice|wish|rank|prio(?:rity|rität)?|wahl|wunsch|rang)\W*(\d{1,3})\s*", re.IGNORECASE)
LARGEST_SCORE = 100
DELIMITERS = ",;\t"

Weights = Mapping[int, int]
Wishes = dict[str, int]
Rows = dict[int, list[str]]


@dataclass(frozen=True, slots=True)
class Survey:
    """Topics in the order of the table, what each person wishes for, and the columns that hold no wishes."""

    topics: tuple[str, ...]
    people: tuple[tuple[str, Wishes], ...]
    left_out: tuple[str, ...]

    def document(self, *, rooms: Sequence[tuple[str, int]], slots: Sequence[str], minutes: int = 45) -> dict[str, Json]:
        """The problem as JSON: the topics of the survey in these rooms (id, places) and slots, without other rules."""
        return {
            "slots": [{"id": id_, "start": _start(n * minutes), "minutes": minutes} for n, id_ in enumerate(slots)],
            "rooms": [{"id": id_, "places": places} for id_, places in rooms],
            "topics": [{"id": topic} for topic in self.topics],
            "people": [{"id": person, "wishes": dict(wishes)} for person, wishes in self.people],
        }


def read_survey(source: bytes, weights: Weights | None = None) -> Survey:
    """The wishes in a CSV (comma, semicolon or tab; UTF-8). BrokenInput names row and column.

    `weights` says which score or choice is which weight from 1 to 3; all others are no wish. Without it the three
    highest scores of the scale (of a scale to 10: 8, 9, 10) are 1, 2, 3, and the first three choices 3, 2, 1.
    """
    head, rows = _table(source)
    choices = [place for place, name in enumerate(head) if CHOICE.fullmatch(name)]
    return _chosen(head, rows, choices, weights) if choices else _scored(head, rows, weights)


def _table(source: bytes) -> tuple[list[str], Rows]:
    """The names of the columns, and the rows that hold anything by their number in the table."""
    try:
        text = source.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BrokenInput("wishes", f"is not UTF-8 text (byte {error.start})") from error
    first = text.partition("\n")[0]
    delimiter = max(DELIMITERS, key=first.count)
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise BrokenInput("wishes", f"is not a CSV table: {error}") from error
    if not lines or not any(lines[0]):
        raise BrokenInput("wishes", "is empty: the first row must name the columns")
    head = [name.strip() for name in lines[0]]
    rows = {number: row for number, row in enumerate(lines[1:], start=2) if any(row)}
    for number, row in rows.items():
        if any(row[len(head) :]):
            raise BrokenInput(f"wishes row {number}", f"has {len(row)} cells, but there are {len(head)} columns")
    return head, {number: row + [""] * (len(head) - len(row)) for number, row in rows.items()}


def _chosen(head: list[str], rows: Rows, choices: list[int], weights: Weights | None) -> Survey:
    ranks = {place: int(match[1]) for place in choices if (match := CHOICE.fullmatch(head[place]))}
    given = weights or {rank: HEAVIEST_WISH + 1 - rank for rank in range(1, HEAVIEST_WISH + 1)}
    topics: dict[str, None] = {}
    people = []
    for number, row in rows.items():
        wishes: Wishes = {}
        for place, rank in ranks.items():
            topic = row[place].strip()
            if topic:
                topics.setdefault(topic)
                wishes[topic] = max(wishes.get(topic, 0), given.get(rank, 0))
        people.append((f"row {number}", {topic: weight for topic, weight in wishes.items() if weight}))
    return Survey(tuple(topics), tuple(people), tuple(name for p, name in enumerate(head) if p not in ranks))


def _scored(head: list[str], rows: Rows, weights: Weights | None) -> Survey:
    columns = [place for place in range(len(head)) if _holds_scores([row[place] for row in rows.values()])]
    if not columns:
        raise BrokenInput("wishes", "has neither columns of scores nor columns named Choice 1, Choice 2, …")
    scores = {number: [_score(row[c], number, head[c]) for c in columns] for number, row in rows.items()}
    given = weights or _top_three(max((score for row in scores.values() for score in row), default=0))
    people = []
    for number, row in scores.items():
        wishes = {head[c]: given[score] for c, score in zip(columns, row, strict=True) if score in given}
        people.append((f"row {number}", wishes))
    topics = tuple(head[place] for place in columns)
    return Survey(topics, tuple(people), tuple(name for name in head if name not in topics))


def _holds_scores(cells: list[str]) -> bool:
    """Whether most of what is filled in are small whole numbers; a wrong cell among them is an error later."""
    filled = [cell for cell in cells if cell.strip()]
    return 2 * sum(_number(cell) is not None for cell in filled) > len(filled)


def _number(cell: str) -> int | None:
    text = cell.strip()
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= len(str(LARGEST_SCORE)) else -1
    return number if 0 <= number <= LARGEST_SCORE else None


def _score(cell: str, row: int, column: str) -> int:
    if not cell.strip():
        return 0
    number = _number(cell)
    if number is None:
        shown = cell.strip()[:40]
        raise BrokenInput(f"wishes row {row}, {column!r}", f"{shown!r} is not a whole number from 0 to {LARGEST_SCORE}")
    return number


def _top_three(highest: int) -> dict[int, int]:
    """The three highest scores of a scale, or all of a scale that ends at three or before."""
    lowest = max(0, highest - HEAVIEST_WISH)
    return {score: score - lowest for score in range(lowest + 1, highest + 1)}


def _start(minutes: int) -> str:
    """A day of no date: surveys only know that one slot comes after the other."""
    day, rest = divmod(minutes, 24 * 60)
    return f"2000-01-{day + 1:02}T{rest // 60:02}:{rest % 60:02}:00+00:00"
