"""The record of processing, grouped from what the slices declare."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.apps import apps
from django.db.models import Field
from django.db.models.fields.related import RelatedField

from offenraum.kit.datamap import Basis, Entry, declared, said_of


@dataclass(frozen=True, slots=True)
class Line:
    """Some data of one purpose: what, why the law allows it, how long, who sees it."""

    fields: tuple[str, ...]
    basis: str
    keep: str
    who: str


@dataclass(frozen=True, slots=True)
class Activity:
    """One purpose with everything that is stored for it."""

    purpose: str
    lines: tuple[Line, ...]


def activities() -> list[Activity]:
    """What is done with data about people, in the language of now; what is not about people is left out."""
    grouped: dict[str, dict[tuple[str, str, str], dict[str, None]]] = {}
    for entry in declared():
        if entry.data.basis is not Basis.NOTHING_PERSONAL:
            kind = str(entry.data.basis.label), said_of(entry.data.keep), str(entry.data.who.label)
            grouped.setdefault(str(entry.data.purpose), {}).setdefault(kind, {}).update(dict.fromkeys(names_of(entry)))
    return [
        Activity(purpose, tuple(Line(tuple(names), *kind) for kind, names in lines.items()))
        for purpose, lines in grouped.items()
    ]


def names_of(entry: Entry) -> Iterable[str]:
    """How a field is called on the screen; references to other rows have no name of their own."""
    field = apps.get_model(entry.model)._meta.get_field(entry.field)
    if isinstance(field, Field) and not isinstance(field, RelatedField):
        yield str(field.verbose_name)
