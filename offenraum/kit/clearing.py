"""Deleting in small steps, so that nothing waits long for the database; each step does twice what it does once."""

from __future__ import annotations

from typing import Any, Final

from django.db import models, transaction

MOST_ROWS: Final = 500
"""So many rows in one transaction."""


def delete_some(rows: models.QuerySet[Any]) -> int:
    """Delete the next rows; returns how many, 0 when none is left."""
    with transaction.atomic():
        keys = list(rows.order_by("pk").values_list("pk", flat=True)[:MOST_ROWS])
        rows.model._default_manager.filter(pk__in=keys).delete()
    return len(keys)


def blank_some(rows: models.QuerySet[Any], **values: Any) -> int:
    """Overwrite columns of the next rows; `rows` must be those that do not have these values yet."""
    with transaction.atomic():
        keys = list(rows.order_by("pk").values_list("pk", flat=True)[:MOST_ROWS])
        rows.model._default_manager.filter(pk__in=keys).update(**values)
    return len(keys)
