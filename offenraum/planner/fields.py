"""Strict reading of one JSON object: every refusal names the field's path and what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Protocol, TypeVar

from offenraum.planner.problem import BrokenInput

T = TypeVar("T")
LABELS = frozenset({"title", "name", "label", "level", "theme", "note"})
LONGEST_TEXT = 200


class Named(Protocol):
    @property
    def id(self) -> str: ...


class Fields:
    """The fields of one JSON object, read one by one; `finish` refuses what nobody asked for."""

    def __init__(self, value: object, path: str) -> None:
        if not isinstance(value, dict):
            raise BrokenInput(path or "problem", f"must be an object, not {kind(value)}")
        self.path = path
        self.rest = dict(value)

    def at(self, name: str) -> str:
        return f"{self.path}.{name}" if self.path else name

    def take(self, name: str) -> object:
        if name not in self.rest:
            raise BrokenInput(self.at(name), "is missing")
        return self.rest.pop(name)

    def text(self, name: str) -> str:
        return text(self.take(name), self.at(name))

    def text_or_none(self, name: str) -> str | None:
        value = self.rest.pop(name, None)
        return None if value is None else text(value, self.at(name))

    def number(self, name: str, lowest: int, highest: int, default: int | None = None) -> int:
        value = self.take(name) if default is None else self.rest.pop(name, default)
        return number(value, self.at(name), lowest, highest)

    def number_or_none(self, name: str, lowest: int, highest: int) -> int | None:
        value = self.rest.pop(name, None)
        return None if value is None else number(value, self.at(name), lowest, highest)

    def moment(self, name: str) -> datetime:
        value = self.text(name)
        try:
            moment = datetime.fromisoformat(value)
        except ValueError as error:
            raise BrokenInput(self.at(name), f"{value!r} is not an ISO 8601 time") from error
        if moment.tzinfo is None:
            raise BrokenInput(self.at(name), f"{value!r} has no offset from UTC (such as +02:00)")
        return moment

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of different texts; missing means none."""
        values = tuple(text(item, path) for item, path in items(self.rest.pop(name, []), self.at(name)))
        refuse_double(values, self.at(name))
        return values

    def objects(self, name: str, read: Callable[[Fields], T], *, optional: bool = False) -> tuple[T, ...]:
        value = self.rest.pop(name, []) if optional else self.take(name)
        return tuple(whole(item, path, read) for item, path in items(value, self.at(name)))

    def mapping(self, name: str, read: Callable[[object, str], T]) -> dict[str, T]:
        value = self.rest.pop(name, None)
        if not isinstance(value, dict):
            raise BrokenInput(self.at(name), f"must be an object, not {kind(value)}")
        return {text(key, self.at(name)): read(item, f"{self.at(name)}.{key}") for key, item in value.items()}

    def finish(self) -> None:
        unknown = sorted(set(self.rest) - LABELS)
        if unknown:
            raise BrokenInput(self.at(unknown[0]), "is not a field of this format")


def whole(value: object, path: str, read: Callable[[Fields], T]) -> T:
    """Read an object with `read` and refuse fields that it left over."""
    fields = Fields(value, path)
    result = read(fields)
    fields.finish()
    return result


def items(value: object, path: str) -> Iterator[tuple[object, str]]:
    if not isinstance(value, list):
        raise BrokenInput(path, f"must be a list, not {kind(value)}")
    return ((item, f"{path}[{place}]") for place, item in enumerate(value))


def text(value: object, path: str) -> str:
    if not isinstance(value, str):
        raise BrokenInput(path, f"must be a text, not {kind(value)}")
    if not value or len(value) > LONGEST_TEXT:
        raise BrokenInput(path, f"must have 1 to {LONGEST_TEXT} characters")
    return value


def number(value: object, path: str, lowest: int, highest: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise BrokenInput(path, f"must be a whole number, not {kind(value)}")
    if not lowest <= value <= highest:
        raise BrokenInput(path, f"must be from {lowest} to {highest}, not {value}")
    return value


def refuse_double(values: Sequence[str], path: str) -> None:
    seen: set[str] = set()
    for value in values:
        if value in seen:
            raise BrokenInput(path, f"names {value!r} twice")
        seen.add(value)


def kind(value: object) -> str:
    """What JSON calls the type of `value`, for a sentence."""
    names = {type(None): "null", bool: "true or false", str: "a text", list: "a list", dict: "an object"}
    return names.get(type(value), "a number with a fraction" if isinstance(value, float) else "a number")
