"""Text columns and form fields that take only what `plain_text` takes, in every way a text can arrive."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import Combinable
from django.forms import BoundField

from offenraum.kit.plain_text import Unfit, tidy_line, tidy_prose

if TYPE_CHECKING:
    LineColumn = models.CharField[str | int | Combinable, str]
    ProseColumn = models.TextField[str | Combinable, str]
else:
    LineColumn, ProseColumn = models.CharField, models.TextField

Tidy = Callable[..., str]
DEFAULT_LIMIT = 10_000


def side_by_side(form: forms.BaseForm) -> list[list[BoundField]]:
    """The fields of a form line by line: a text beside its English, everything else alone."""
    shown = {bound.name: bound for bound in form.visible_fields()}
    second = {f"{name}_en" for name in shown}
    return [
        [bound, *([shown[f"{name}_en"]] if f"{name}_en" in shown else [])]
        for name, bound in shown.items() if name not in second
    ]


def tidied(value: Any, *, tidy: Tidy, limit: int | None) -> Any:
    """A text as it may be stored; raises ValidationError with the reason. What is no text stays as it is."""
    if not isinstance(value, str):
        return value
    try:
        return tidy(value, limit=limit or DEFAULT_LIMIT)
    except Unfit as error:
        raise ValidationError(error.message, code="unfit") from error


class LineField(forms.CharField):
    """A form field for one line."""

    tidy: Tidy = staticmethod(tidy_line)

    def to_python(self, value: Any) -> Any:
        return tidied(value, tidy=self.tidy, limit=self.max_length) or self.empty_value


class ProseField(LineField):
    """A form field for several lines."""

    tidy = staticmethod(tidy_prose)
    widget = forms.Textarea


class Line(LineColumn):
    """A column for one line."""

    def to_python(self, value: Any) -> Any:
        return tidied(super().to_python(value), tidy=tidy_line, limit=self.max_length)

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        return keep_tidied(self, model_instance)

    def get_db_prep_save(self, value: Any, connection: BaseDatabaseWrapper) -> Any:
        return super().get_db_prep_save(tidied(value, tidy=tidy_line, limit=self.max_length), connection)

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": LineField, **kwargs})


class Prose(ProseColumn):
    """A column for several lines; `max_length` holds in the model too, unlike in Django's own."""

    def to_python(self, value: Any) -> Any:
        return tidied(super().to_python(value), tidy=tidy_prose, limit=self.max_length)

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        return keep_tidied(self, model_instance)

    def get_db_prep_save(self, value: Any, connection: BaseDatabaseWrapper) -> Any:
        return super().get_db_prep_save(tidied(value, tidy=tidy_prose, limit=self.max_length), connection)

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": ProseField, **kwargs})


def keep_tidied(field: Line | Prose, instance: models.Model) -> Any:
    """The object in memory gets what is stored."""
    value = getattr(instance, field.attname)
    if isinstance(value, str):
        value = field.to_python(value)
        setattr(instance, field.attname, value)
    return value
