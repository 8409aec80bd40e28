"""Read a problem from JSON, strictly: whatever is broken is named by its field and the reason."""

from __future__ import annotations

import json

from offenraum.planner.canonical import digest
from offenraum.planner.fields import Fields, items, number, refuse_double, text, whole
from offenraum.planner.forecast import MOST_AUDIENCE
from offenraum.planner.problem import (
    BrokenInput,
    Cell,
    Host,
    Person,
    Pin,
    Problem,
    Resource,
    Room,
    Slot,
    Topic,
)
from offenraum.planner.references import check_references

MOST_PLACES = 1_000_000
MOST_HANDS = MOST_AUDIENCE
LONGEST_MINUTES = 24 * 60
HEAVIEST_WISH = 3


def read_json(source: str | bytes) -> Problem:
    """The problem in a JSON text; BrokenInput names field and reason."""
    try:
        document = json.loads(source, object_pairs_hook=_unique, parse_constant=_refuse_constant)
    except RecursionError as error:
        raise BrokenInput("problem", "is nested too deeply") from error
    except UnicodeDecodeError as error:
        raise BrokenInput("problem", f"is not UTF-8 text (byte {error.start})") from error
    except json.JSONDecodeError as error:
        raise BrokenInput("problem", f"is not JSON: {error.msg} in line {error.lineno}") from error
    except ValueError as error:
        raise error if isinstance(error, BrokenInput) else BrokenInput("problem", "holds too long a number") from error
    return read_problem(document)


def read_problem(document: object) -> Problem:
    """The problem in parsed JSON, checked in itself and with the hash of its canonical form."""
    problem = whole(document, "", lambda fields: _problem(fields, _hash(document)))
    check_references(problem)
    return problem


def _hash(document: object) -> str:
    try:
        return digest(document)  # type: ignore[arg-type]
    except UnicodeEncodeError as error:
        raise BrokenInput("problem", "holds half a character (a lone surrogate)") from error
    except (OverflowError, ValueError, RecursionError) as error:
        raise BrokenInput("problem", "holds a value that JSON cannot carry") from error


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    refuse_double([key for key, _ in pairs], "problem")
    return dict(pairs)


def _refuse_constant(name: str) -> object:
    raise BrokenInput("problem", f"holds {name}, which is not a JSON number")


def _problem(fields: Fields, source_hash: str) -> Problem:
    return Problem(
        slots=fields.objects("slots", _slot),
        rooms=fields.objects("rooms", _room),
        topics=fields.objects("topics", _topic),
        people=fields.objects("people", _person),
        hosts=fields.objects("hosts", _host, optional=True),
        resources=fields.objects("resources", _resource, optional=True),
        apart=tuple(_pair(item, path) for item, path in items(fields.rest.pop("apart", []), "apart")),
        current=_current(fields),
        now=fields.text_or_none("now"),
        audience=fields.number_or_none("audience", 0, MOST_AUDIENCE),
        source_hash=source_hash,
    )


def _slot(fields: Fields) -> Slot:
    return Slot(
        id=fields.text("id"),
        start=fields.moment("start"),
        minutes=fields.number("minutes", 1, LONGEST_MINUTES),
        follows=fields.text_or_none("follows"),
    )


def _room(fields: Fields) -> Room:
    return Room(
        id=fields.text("id"),
        places=fields.number("places", 0, MOST_PLACES),
        features=frozenset(fields.texts("features")),
        closed=frozenset(fields.texts("closed")),
    )


def _topic(fields: Fields) -> Topic:
    pin = fields.rest.pop("pin", None)
    return Topic(
        id=fields.text("id"),
        hosts=fields.texts("hosts"),
        length=fields.number("length", 1, 2, default=1),
        features=frozenset(fields.texts("features")),
        pin=None if pin is None else whole(pin, fields.at("pin"), _pin),
        hands=fields.number("hands", 0, MOST_HANDS, default=0),
        resources=fields.texts("resources"),
        theme=fields.text_or_none("theme"),
        heads=fields.number_or_none("heads", 0, MOST_HANDS),
    )


def _pin(fields: Fields) -> Pin:
    return Pin(slot=fields.text("slot"), room=fields.text_or_none("room"))


def _host(fields: Fields) -> Host:
    return Host(id=fields.text("id"), away=frozenset(fields.texts("away")), person=fields.text_or_none("person"))


def _person(fields: Fields) -> Person:
    return Person(
        id=fields.text("id"),
        wishes=fields.mapping("wishes", lambda value, path: number(value, path, 1, HEAVIEST_WISH)),
        needs=frozenset(fields.texts("needs")),
    )


def _resource(fields: Fields) -> Resource:
    return Resource(id=fields.text("id"), per_slot=fields.number("per_slot", 0, MOST_PLACES))


def _pair(value: object, path: str) -> tuple[str, str]:
    pair = [text(item, inner) for item, inner in items(value, path)]
    if len(pair) != 2 or pair[0] == pair[1]:
        raise BrokenInput(path, "must name two different topics")
    return pair[0], pair[1]


def _current(fields: Fields) -> dict[str, Cell] | None:
    if fields.rest.get("current") is None:
        fields.rest.pop("current", None)
        return None
    return fields.mapping("current", lambda value, path: whole(value, path, _cell))


def _cell(fields: Fields) -> Cell:
    return Cell(slot=fields.text("slot"), room=fields.text("room"))
