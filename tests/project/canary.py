"""A token of its own in every text column: what the deletion clock promises to delete must not be found afterwards."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.apps import apps
from django.db import models

from offenraum.kit.datamap import Keep, declared
from offenraum.kit.sealed import SealedText

LONG_AGO = datetime(2018, 9, 4, 10, 0, tzinfo=UTC)
PERIODS_OF_CONFERENCE = {Keep.VOTES, Keep.SUPPORT, Keep.LETTERS, Keep.CHECK_IN, Keep.REGISTRATION}
TEXTS, UNFIT = (models.CharField, models.TextField, models.JSONField), (models.SlugField, SealedText)


@dataclass(frozen=True)
class Canary:
    """One token in one column of one row."""

    label: str
    token: str
    keep: Keep

    @property
    def has_an_end(self) -> bool:
        return self.keep in PERIODS_OF_CONFERENCE


def put_canaries(*, skip: frozenset[str] = frozenset()) -> list[Canary]:
    """Overwrite a text column of the first row of every model with a token; models without rows are left out."""
    canaries = []
    for number, (field, keep) in enumerate(text_fields()):
        row = field.model._default_manager.order_by("pk").first()
        name = f"{field.model._meta.label}.{field.name}"
        if row is None or name in skip:
            continue
        token = f"zq{number:03d}x"
        value: Any = {"people": [], "token": token} if isinstance(field, models.JSONField) else token
        field.model._default_manager.filter(pk=row.pk).update(**{field.name: value})
        canaries.append(Canary(name, token, keep))
    return canaries


def text_fields() -> Iterator[tuple[models.Field[Any, Any], Keep]]:
    """Every column in which a text of somebody can be read, with its declared period; sealed ones cannot be."""
    kept = {(entry.model, entry.field): entry.data.keep for entry in declared()}
    for (label, name), keep in sorted(kept.items()):
        field = apps.get_model(label)._meta.get_field(name)
        is_text = isinstance(field, TEXTS) and not isinstance(field, UNFIT) and not field.choices
        if is_text and name != "scope" and (getattr(field, "max_length", None) or 99) >= 6:
            yield field, keep


def fill_models() -> None:
    """A plain row of every model of ours that has none, so that each column can hold a token."""
    for app in apps.get_app_configs():
        if app.name.startswith("offenraum."):
            for model in app.get_models():
                if model.__module__.startswith("offenraum."):
                    first_of(model)


def first_of(model: type[models.Model]) -> models.Model:
    found = model._default_manager.order_by("pk").first()
    if found is None:
        found = model(**{field.attname: plain(field) for field in model._meta.local_fields if is_wanted(field)})
        found.save()
    return found


def is_wanted(field: models.Field[Any, Any]) -> bool:
    is_given = field.primary_key or field.has_default() or field.null or getattr(field, "auto_now_add", False)
    return not is_given


def plain(field: models.Field[Any, Any]) -> Any:
    """A value that fits a column."""
    if isinstance(field, models.ForeignKey):
        return first_of(field.related_model).pk
    if field.choices:
        return field.choices[0][0]
    for kind, value in PLAIN.items():
        if isinstance(field, kind):
            return value() if callable(value) else value
    return ""


PLAIN: dict[type[models.Field[Any, Any]], Any] = {
    models.DateTimeField: LONG_AGO, models.DateField: LONG_AGO.date(), models.UUIDField: uuid.uuid4,
    models.JSONField: dict, models.BinaryField: b"", models.BooleanField: False, models.IntegerField: 1,
    models.FloatField: 1.0, models.DecimalField: 1,
}
