"""When the database cannot answer or store now: 503 with the time after which to try again, never a 500."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable
from functools import wraps
from typing import Any

import psycopg
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

RETRY_SECONDS = 5
FULL_CODES = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN}
BUSY_CODES = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
PRIMARY = 0xFF
log = logging.getLogger(__name__)


class UnavailableMiddleware:
    """Answer what failed for lack of the database or of storage."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return unavailable(request, exception) if is_unavailable(exception) else None


def answers_outages(step: Callable[..., HttpResponse | None]) -> Callable[..., Any]:
    """For steps of other middleware that ask the database: their failures reach no `process_exception`."""

    @wraps(step)
    def answered(middleware: object, request: HttpRequest, *more: Any) -> HttpResponse | None:
        try:
            return step(middleware, request, *more)
        except (InterfaceError, OperationalError) as error:
            if not is_unavailable(error):
                raise
            return unavailable(request, error)

    return answered


def unavailable(request: HttpRequest, error: BaseException) -> HttpResponse:
    log.error("answered 503: %s", error)
    response = render(request, "kit/unavailable.html", {"is_full": is_storage_full(error)}, status=503)
    response.headers["Retry-After"] = str(RETRY_SECONDS)
    response.headers["Cache-Control"] = "no-store"
    return response


def is_unavailable(error: BaseException) -> bool:
    """Whether the database could not be reached, was too busy or has no room; a wrong statement is none of these."""
    if not isinstance(error, (OperationalError, InterfaceError)):
        return False
    cause = error.__cause__
    if isinstance(cause, sqlite3.Error):
        return sqlite_code(cause) in FULL_CODES | BUSY_CODES
    return True


def is_storage_full(error: BaseException) -> bool:
    cause = error.__cause__
    if isinstance(cause, sqlite3.Error):
        return sqlite_code(cause) in FULL_CODES
    return isinstance(cause, psycopg.errors.DiskFull)


def sqlite_code(error: sqlite3.Error) -> int:
    return getattr(error, "sqlite_errorcode", 0) & PRIMARY
