"""Everything that is stored about one seat, from all slices: for its owner."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db.models import Field, ForeignKey, Model
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from offenraum.barcamp.models import BallotMark, Topic
from offenraum.conference.models import Slot
from offenraum.kit.datamap import Data, Who, declared, said_of
from offenraum.post.models import Letter, Refusal
from offenraum.post.queries import refusals_of
from offenraum.registration.models import ExtraAnswer, Registration
from offenraum.seats.models import Seat


@dataclass(frozen=True, slots=True)
class Fact:
    """One value with its name."""

    name: str
    said: str
    raw: Any


@dataclass(frozen=True, slots=True)
class Section:
    """What is stored for one purpose; each row is one thing, for example one wish."""

    purpose: str
    basis: str
    keep: str
    who: str
    model: str
    rows: tuple[tuple[Fact, ...], ...]


def own_data(seat: Seat) -> list[Section]:
    """All sections that hold something."""
    kept: dict[str, dict[str, Data]] = {}
    for entry in declared():
        kept.setdefault(entry.model, {})[entry.field] = entry.data
    found = [(model._meta.label, model, rows) for model, rows in linked(seat) if rows]
    return [section for label, model, rows in found for section in sections_of(model, rows, kept[label])]


def linked(seat: Seat) -> Iterator[tuple[type[Model], list[Model]]]:
    """Models and rows that belong to a seat: the seat, whatever refers to it, its registration, its letters."""
    yield Seat, [seat]
    for model in apps.get_models():
        names = [field.name for field in model._meta.local_fields if refers_to_seat(field)]
        rows = {row.pk: row for name in names for row in model._default_manager.filter(**{name: seat})}
        yield model, list(rows.values())
    yield BallotMark, list(BallotMark.objects.filter(ballot__seat=seat))
    yield ExtraAnswer, list(ExtraAnswer.objects.filter(registration__in=Registration.objects.filter(seat=seat)))
    if seat.email:
        about = {"scope": seat.conference.slug, "recipient": seat.email}
        yield Letter, list(Letter.objects.filter(scope=about["scope"], recipient__iexact=seat.email))
        yield Refusal, list(refusals_of(**about))


def refers_to_seat(field: Field[Any, Any]) -> bool:
    return isinstance(field, ForeignKey) and field.related_model is Seat


def sections_of(model: type[Model], rows: list[Model], fields: dict[str, Data]) -> Iterator[Section]:
    """One section for each purpose that a model's columns have; keys that only the program sees are left out."""
    grouped: dict[Data, list[str]] = {}
    for name, data in fields.items():
        if data.who is not Who.NOBODY:
            grouped.setdefault(data, []).append(name)
    for data, names in grouped.items():
        told = [tuple(fact for name in names for fact in facts_of(row, name)) for row in rows]
        if any(told):
            yield Section(
                str(data.purpose), str(data.basis.label), said_of(data.keep), str(data.who.label),
                model._meta.label, tuple(row for row in told if row),
            )


def facts_of(row: Model, name: str) -> Iterator[Fact]:
    """A value in words; nothing for what is empty or says only whose it is."""
    field = row._meta.get_field(name)
    value = getattr(row, name)
    if value in (None, "", [], {}) or (isinstance(value, Model) and not isinstance(value, (Topic, Slot))):
        return
    said, called = in_words(row, name, value), getattr(field, "verbose_name", name)
    if isinstance(value, (Topic, Slot)):
        called = _("Topic") if isinstance(value, Topic) else _("Time slot")
    yield Fact(str(called), said, value if isinstance(value, (bool, int, float, list, dict)) else str(value))


def in_words(row: Model, name: str, value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "j. F Y, H:i")
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return str(getattr(row, f"get_{name}_display", lambda: value)())
