"""Reading people from the lines of a table, as somebody pastes them."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from offenraum.kit.plain_text import Unfit, tidy_line
from offenraum.seats.actions.making import Person

HEADERS = {"name", "vorname", "nachname"}
LIMITS = {"name": 80, "organisation": 120, "email": 254}


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one line: `name` missing, too `long`, no `email`, `unfit`, or a `double` address."""

    line: int
    reason: str


def read_people(text: str) -> tuple[list[Person], list[Fault]]:
    """One person a line: name, organisation, e-mail, separated by tab, semicolon or comma; quotes as in CSV."""
    read = list(read_lines(text))
    people = [person for _number, person in read if isinstance(person, Person)]
    return people, [Fault(line=number, reason=reason) for number, reason in read if isinstance(reason, str)]


def read_lines(text: str) -> Iterator[tuple[int, Person | str]]:
    """Each line that says something, with its number: the person, or the reason why the line is none."""
    for number, line in enumerate(text.splitlines(), 1):
        cells = cells_of(line)
        if any(cells) and not (number == 1 and cells[0].casefold() in HEADERS):
            yield number, person_of(cells)


def cells_of(line: str) -> list[str]:
    """The cells of one line; the separator is the first of tab, semicolon, comma that it has."""
    separator = next((sign for sign in "\t;," if sign in line), ";")
    try:
        cells = next(csv.reader([line], delimiter=separator), [])
    except csv.Error:
        cells = line.split(separator)
    return [cell.strip() for cell in cells] or [""]


def person_of(cells: list[str]) -> Person | str:
    """The person, or the reason why the line is none."""
    name, organisation, email = (*cells, "", "")[:3]
    if not name:
        return "name"
    for value, limit in zip((name, organisation, email), LIMITS.values(), strict=True):
        if len(value) > limit:
            return "long"
    try:
        tidied = Person(
            name=tidy_line(name, limit=LIMITS["name"]),
            organisation=tidy_line(organisation, limit=LIMITS["organisation"]),
            email=email,
        )
        if email:
            validate_email(email)
    except Unfit:
        return "unfit"
    except ValidationError:
        return "email"
    return tidied if tidied.name else "name"
