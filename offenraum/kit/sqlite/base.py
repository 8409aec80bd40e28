"""The database wrapper that Django loads for `ENGINE = "offenraum.kit.sqlite"`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db import OperationalError
from django.db.backends.sqlite3 import base, operations, schema

from offenraum.kit.sqlite.matching import like
from offenraum.kit.turns import Turns

WRITES = {"INSERT", "UPDATE", "DELETE", "REPLAC"}
WAIT_SECONDS = 20.0
TURNS: defaultdict[str, Turns] = defaultdict(Turns)


class TurnTooLate(OperationalError):
    """Other writers of this process held the database for as long as we may wait."""


class Operations(operations.DatabaseOperations):
    """Emptying tables in any order needs foreign keys that wait until the commit."""

    def execute_sql_flush(self, sql_list: Iterable[str]) -> None:
        super().execute_sql_flush(["PRAGMA defer_foreign_keys = ON;", *sql_list])


class SchemaEditor(schema.DatabaseSchemaEditor):
    """Foreign keys are checked with the statement, not at the commit: a bad row fails alone, never a whole batch."""

    sql_create_inline_fk = "REFERENCES %(to_table)s (%(to_column)s)"
    sql_create_column_inline_fk = sql_create_inline_fk


class Cursor(base.SQLiteCursorWrapper):
    """A single write outside a transaction takes its turn as well."""

    wrapper: DatabaseWrapper

    def execute(self, query: str, params: Any = None) -> Any:
        has_turn = self.wrapper.take_turn_alone(query)
        try:
            return super().execute(query, params)
        finally:
            if has_turn:
                self.wrapper.give_turn()

    def executemany(self, query: str, param_list: Any) -> Any:
        has_turn = self.wrapper.take_turn_alone(query)
        try:
            return super().executemany(query, param_list)
        finally:
            if has_turn:
                self.wrapper.give_turn()


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection whose transactions wait in one fair queue of the process before they ask SQLite."""

    SchemaEditorClass = SchemaEditor
    ops_class = Operations

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._turns: Turns | None = None

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        connection = super().get_new_connection(conn_params)
        connection.create_function("like", 3, like, deterministic=True)
        return connection

    def take_turn(self) -> None:
        turns = TURNS[str(self.settings_dict["NAME"])]
        if not turns.take(timeout=WAIT_SECONDS):
            raise TurnTooLate("database is locked: other writers did not finish in time")
        self._turns = turns

    def give_turn(self) -> None:
        turns, self._turns = self._turns, None
        if turns is not None:
            turns.give()

    def take_turn_alone(self, query: str) -> bool:
        """Take the turn for one statement when it writes and no transaction has begun."""
        if self.in_atomic_block or not self.autocommit or query[:6].upper() not in WRITES:
            return False
        self.take_turn()
        return True

    def create_cursor(self, name: str | None = None) -> Cursor:
        cursor: Cursor = self.connection.cursor(factory=Cursor)
        cursor.wrapper = self
        return cursor

    def _start_transaction_under_autocommit(self) -> None:
        self.take_turn()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self.give_turn()
            raise

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc]
        self.give_turn()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]
        finally:
            self.give_turn()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]
        finally:
            self.give_turn()
