"""Rows that every request asks for: read each time, but put together only when they are not as they were before.

For Django, composing a question and making objects of the answer costs several times what the database needs for it.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from functools import cached_property
from typing import Any, Final, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Model, QuerySet

M = TypeVar("M", bound=Model)
MOST_KEPT: Final = 500


class Rows(Generic[M]):
    """The rows of one table that a question finds; what it is asked about is given in the order of its conditions.

    Everybody gets an object of their own; lists in its columns are shared and must not be changed in place.
    """

    def __init__(self, question: Callable[[], QuerySet[M]]) -> None:
        self.question = question
        self.made: dict[tuple[Any, ...], M] = {}

    @cached_property
    def statement(self) -> str:
        return str(self.question().query.sql_with_params()[0])

    def all(self, *asked: str | int) -> list[M]:
        with connection.cursor() as cursor:
            cursor.execute(self.statement, asked)
            return [copy(self.made.get(row) or self.make(row)) for row in cursor.fetchall()]

    def first(self, *asked: str | int) -> M | None:
        return next(iter(self.all(*asked)), None)

    def make(self, row: tuple[Any, ...]) -> M:
        """Make what Django makes of this row, and keep it."""
        question = self.question()
        fields = question.model._meta.concrete_fields
        compiler = question.query.get_compiler(DEFAULT_DB_ALIAS)
        converters = compiler.get_converters([field.get_col(question.model._meta.db_table) for field in fields])
        (values,) = compiler.apply_converters([row], converters)
        if len(self.made) >= MOST_KEPT:
            self.made.clear()
        made: M = question.model.from_db(DEFAULT_DB_ALIAS, [field.attname for field in fields], values)
        self.made[row] = made
        return made
