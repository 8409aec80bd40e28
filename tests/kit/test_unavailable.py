import sqlite3
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
from django.db import DataError, OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from offenraum.kit.unavailable import UnavailableMiddleware, answers_outages, is_unavailable
from offenraum.people.models import Account
from tests.kit.test_group_commit import add_much, small_disk

__all__ = ["small_disk"]


def answer(act: Callable[[], object]) -> HttpResponse | None:
    """What the middleware makes of the exception that `act` raises."""

    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    with pytest.raises(Exception) as caught:  # noqa: PT011
        act()
    request = RequestFactory().get("/", headers={"accept-language": "de"})
    return UnavailableMiddleware(view).process_exception(request, caught.value)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("small_disk")
def test_full_disk_is_answered_503_and_reading_goes_on() -> None:
    connection.close()
    response = answer(lambda: add_much(email="a@example.org"))
    assert response is not None
    assert (response.status_code, response.headers["Retry-After"]) == (503, "5")
    assert "speichern" in response.content.decode()
    assert Account.objects.count() == 0


def test_database_that_is_gone_is_answered_503() -> None:
    error = OperationalError()
    error.__cause__ = psycopg.errors.AdminShutdown()
    assert is_unavailable(error)


def test_outage_in_a_step_before_the_view_is_answered_503_and_a_wrong_statement_is_not(sqlite_file: Path) -> None:
    def step(error: BaseException) -> Callable[..., HttpResponse | None]:
        def asking(_middleware: object, _request: HttpRequest) -> HttpResponse | None:
            raise OperationalError from error

        return answers_outages(asking)

    request = RequestFactory().get("/", headers={"accept-language": "de"})
    answered = step(psycopg.errors.AdminShutdown())(None, request)
    assert (answered.status_code, answered.headers["Retry-After"]) == (503, "5")
    with pytest.raises(OperationalError):
        step(sqlite3.OperationalError())(None, request)


def test_wrong_statement_is_a_fault_of_ours(sqlite_file: Path) -> None:
    def ask() -> None:
        connection.cursor().execute("SELECT * FROM no_such_table")

    assert answer(ask) is None


@pytest.mark.parametrize("error", [DataError(), ValueError(), sqlite3.IntegrityError()])
def test_other_errors_are_not_hidden(error: Exception) -> None:
    assert not is_unavailable(error)
