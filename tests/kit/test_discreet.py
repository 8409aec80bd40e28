"""The log names nobody, whatever an error quotes."""

from __future__ import annotations

import ast
import logging
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils.module_loading import import_string

from offenraum.kit.discreet import DiscreetFormatter, discreet
from offenraum.people.models import Account

PRODUCT = Path(__file__).resolve().parents[2] / "offenraum"
PERSONAL = {"email", "name", "organisation", "recipient", "support", "text", "body", "POST", "GET", "META"}


@pytest.mark.parametrize(("line", "said"), [
    ("letter to clara.zufall+x@stadt-köln.example failed", "letter to …@… failed"),
    ("refused: <clara@example.org>: unknown", "refused: <…@…>: unknown"),
    ('DETAIL:  Key (lower(email))=(clara@example.org) already exists.', "(left out)"),
    ("Letter 12 failed", "Letter 12 failed"),
])
def test_what_could_name_somebody_is_left_out(line: str, said: str) -> None:
    assert discreet(line) == said


@pytest.mark.parametrize("part", ["x", "Key (", "=", "a."])
def test_long_line_is_looked_at_once_and_not_from_each_of_its_letters(part: str) -> None:
    """Searched from each letter it would outlast the patience of any test."""
    long = part * 200_000
    assert discreet(long) == long


@pytest.mark.postgres
@pytest.mark.django_db
def test_error_of_the_database_names_nobody() -> None:
    Account.objects.create(email="clara.zufall@example.org")
    try:
        with transaction.atomic():
            Account.objects.create(email="Clara.Zufall@example.org")
    except IntegrityError:
        record = logging.LogRecord("offenraum", logging.ERROR, "", 0, "it failed", (), sys.exc_info())
    said = DiscreetFormatter().format(record)
    assert "zufall" not in said.casefold()
    assert "IntegrityError" in said, connection.vendor


def raised(text: str) -> BaseException:
    """An error as a page may raise it: one that quotes, because of another."""
    try:
        try:
            int(text)
        except ValueError as error:
            raise KeyError(text) from error
    except KeyError as error:
        return error


@pytest.mark.parametrize("typed", ["Clara Zufall", "2. Etage bei O'Brien", "kQ3_Zufall-9sKd82jQpLw0aa", "ZUFA-L234"])
def test_error_quotes_nothing_that_was_typed(typed: str) -> None:
    error = raised(typed)
    record = logging.LogRecord("offenraum", logging.ERROR, "", 0, "failed: %s", (error,), (type(error), error, None))
    said = DiscreetFormatter().format(record)
    assert "zufa" not in said.casefold().replace("…", "")
    assert "Brien" not in said
    assert "ValueError: invalid literal for int() with base 10: …" in said
    assert said.endswith("KeyError: …")
    assert "int(text)" in said


@pytest.mark.parametrize("text", ["database is locked", "UNIQUE constraint failed: registration.place", ""])
def test_text_of_an_error_that_quotes_nothing_stays(text: str) -> None:
    error = RuntimeError(text)
    record = logging.LogRecord("offenraum", logging.ERROR, "", 0, "failed", (), (RuntimeError, error, None))
    assert DiscreetFormatter().format(record).endswith(f"RuntimeError: {text}" if text else "RuntimeError")


def test_log_of_the_program_is_discreet() -> None:
    formatter = settings.LOGGING["formatters"]["line"]
    assert import_string(formatter["()"]) is DiscreetFormatter


def test_log_calls_name_no_personal_column() -> None:
    """Arguments of log calls are numbers, kinds and errors; names and addresses of people are none of them."""
    calls = [
        f"{path.relative_to(PRODUCT)}:{node.lineno}"
        for path in PRODUCT.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name) and node.func.value.id in {"log", "logger", "logging"}
        for argument in node.args for part in ast.walk(argument)
        if isinstance(part, ast.Attribute) and part.attr in PERSONAL
    ]
    assert calls == []


@pytest.mark.parametrize(("path", "said"), [
    ("/kogk18/platz/AbCdEfGhIjKlMnOpQrStUv", "Not Found: /<slug:slug>/platz/<str:secret>"),
    ("/clara.zufall", "Not Found: an address that is not ours"),
])
def test_log_names_the_route_of_a_request_and_not_its_path(path: str, said: str, client: Client, db: None) -> None:
    """In a path stand keys that open seats, and whatever somebody typed."""
    request = client.get(path).wsgi_request
    record = logging.LogRecord("django.request", logging.WARNING, "", 0, "%s: %s", ("Not Found", path), None)
    record.request = request
    assert DiscreetFormatter().format(record) == said
