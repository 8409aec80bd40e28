"""Group commit on the database of the run; what is about one SQLite file says so."""

import asyncio
import logging
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction
from django.utils import translation

from offenraum.kit import group_commit, jobs
from offenraum.kit.group_commit import durable, durable_in_loop, durable_together
from offenraum.kit.sqlite import base
from offenraum.people.models import Account

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
Call = Callable[[], object]


@pytest.fixture(autouse=True)
def writer(transactional_db: None) -> Iterator[None]:
    group_commit.start()
    yield
    group_commit.stop()


def add(*, email: str) -> int:
    return Account.objects.create(email=email).pk


def add_and_fail(*, email: str) -> int:
    add(email=email)
    raise LookupError(email)


def emails() -> list[str]:
    return sorted(Account.objects.values_list("email", flat=True))


def in_threads(calls: list[Call]) -> list[object]:
    """Run all calls at once, each in a thread; what they raise is their result."""

    def run(call: Call) -> object:
        try:
            return call()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def in_one_batch(calls: list[Call]) -> list[object]:
    """Run the calls so that all meet in one transaction: the first action holds it until all others are queued."""
    writer = group_commit.writer
    assert writer is not None
    has_begun, go = threading.Event(), threading.Event()

    def hold() -> None:
        has_begun.set()
        assert go.wait(10)

    def release() -> None:
        while writer.jobs.qsize() < len(calls):
            threading.Event().wait(0.001)
        go.set()

    helpers = [threading.Thread(target=durable, args=(hold,)), threading.Thread(target=release)]
    helpers[0].start()
    assert has_begun.wait(10)
    helpers[1].start()
    results = in_threads(calls)
    for helper in helpers:
        helper.join()
    return results


def adding(count: int) -> list[Call]:
    return [lambda n=n: durable(add, email=f"{n}@example.org") for n in range(count)]


def add_all(emails: Sequence[str]) -> list[int]:
    return [add(email=email) for email in emails]


def test_durable_together_runs_once_for_all_who_wait(sqlite_file: Path) -> None:
    sizes: list[int] = []

    def add_some(emails: Sequence[str]) -> list[int]:
        sizes.append(len(emails))
        transaction.on_commit(lambda: sizes.append(0))
        return add_all(emails)

    keys = in_one_batch([lambda n=n: durable_together(add_some, f"{n}@example.org") for n in range(8)])
    assert (sizes, [Account.objects.get(pk=key).email for key in keys]) == ([8, 0], emails())


def test_durable_together_item_to_blame_fails_alone(sqlite_file: Path) -> None:
    add(email="3@example.org")
    calls = [lambda n=n: durable_together(add_all, f"{n}@example.org") for n in range(6)]
    results = in_one_batch([*calls, lambda: durable(add, email="6@example.org")])
    assert [type(result) for result in results] == [int] * 3 + [IntegrityError] + [int] * 3
    assert emails() == [f"{n}@example.org" for n in range(7)]


def test_durable_together_without_others_or_writer_is_one_action() -> None:
    first = durable_together(add_all, "0@example.org")
    group_commit.stop()
    second = durable_together(add_all, "1@example.org")
    assert [Account.objects.get(pk=key).email for key in (first, second)] == emails()


def test_durable_in_loop_is_stored_and_what_it_raises_reaches_its_caller(sqlite_file: Path) -> None:
    async def both() -> list[object]:
        actions = [partial(add, email="0@example.org"), partial(add_and_fail, email="1@example.org")]
        return await asyncio.gather(*map(durable_in_loop, actions), return_exceptions=True)

    stored, failed = asyncio.run(both())
    assert (stored, type(failed), emails()) == (Account.objects.get().pk, LookupError, ["0@example.org"])
    group_commit.stop()
    with pytest.raises(group_commit.TooBusy):
        asyncio.run(durable_in_loop(partial(add, email="2@example.org")))


def test_durable_returns_what_the_action_returns() -> None:
    key = durable(add, email="ayse@example.org")
    assert Account.objects.get().pk == key


def test_durable_is_committed_when_it_returns(sqlite_file: Path) -> None:
    durable(add, email="ayse@example.org")
    with sqlite3.connect(f"file:{sqlite_file}?mode=ro", uri=True) as other:
        assert other.execute("SELECT email FROM people_account").fetchall() == [("ayse@example.org",)]


def test_durable_failure_reaches_its_caller_alone() -> None:
    calls = adding(20)
    calls[7] = lambda: durable(add_and_fail, email="7@example.org")
    results = in_threads(calls)
    assert [type(result) for result in results] == [int] * 7 + [LookupError] + [int] * 12
    assert emails() == sorted(f"{n}@example.org" for n in range(20) if n != 7)


def test_durable_second_of_two_equal_rows_fails_alone() -> None:
    results = in_threads(adding(10) + adding(10))
    assert sorted(type(result).__name__ for result in results) == ["IntegrityError"] * 10 + ["int"] * 10
    assert emails() == [f"{n}@example.org" for n in range(10)]


def add_and_hide_the_failure(*, email: str) -> None:
    """What actions must not do: the error of a statement is swallowed without a savepoint around it."""
    add(email=email)
    with suppress(IntegrityError):
        transaction.atomic(add, savepoint=False)(email=email)


def test_durable_hidden_failure_is_not_acknowledged() -> None:
    calls = adding(6)
    calls[2] = lambda: durable(add_and_hide_the_failure, email="2@example.org")
    results = in_threads(calls)
    assert [type(result) for result in results] == [int, int, jobs.BatchLost, int, int, int]
    assert emails() == [f"{n}@example.org" for n in (0, 1, 3, 4, 5)]


def test_durable_inside_a_transaction_belongs_to_it() -> None:
    def act_and_fail() -> None:
        durable(add, email="ayse@example.org")
        raise LookupError

    with pytest.raises(LookupError):
        transaction.atomic(act_and_fail)()
    assert emails() == []


def test_durable_speaks_the_language_of_its_caller() -> None:
    with translation.override("en"):
        assert durable(translation.get_language) == "en"


def test_durable_work_after_the_commit_is_done_when_it_returns() -> None:
    seen: list[list[str]] = []

    def act() -> None:
        add(email="ayse@example.org")
        transaction.on_commit(lambda: seen.append(emails()))

    durable(act)
    assert seen == [["ayse@example.org"]]


def test_durable_work_of_a_failed_action_is_not_done() -> None:
    seen: list[str] = []

    def act() -> None:
        transaction.on_commit(lambda: seen.append("announced"))
        raise LookupError

    with pytest.raises(LookupError):
        durable(act)
    assert seen == []


def test_durable_work_that_fails_stops_no_other(caplog: pytest.LogCaptureFixture) -> None:
    seen: list[str] = []

    def fail() -> None:
        raise LookupError

    def act() -> int:
        transaction.on_commit(fail)
        transaction.on_commit(lambda: seen.append("announced"))
        return add(email="ayse@example.org")

    with caplog.at_level(logging.ERROR):
        assert durable(act) == Account.objects.get().pk
    assert seen == ["announced"]
    assert [record.name for record in caplog.records] == ["offenraum.kit.jobs"]


def test_durable_many_threads_lose_nothing() -> None:
    results = in_threads([lambda: durable(add, email=f"{uuid4()}@example.org") for _ in range(60)])
    assert set(results) == set(Account.objects.values_list("pk", flat=True))


def data_version() -> int:
    """Rises whenever another connection has committed since the last question."""
    with connection.cursor() as cursor:
        return int(cursor.execute("PRAGMA data_version").fetchone()[0])


class Commits:
    """Counts commits by the hooks of SQLite itself, seen from the writer's connection."""

    def __init__(self) -> None:
        self.statements: list[str] = []
        durable(self.listen)

    def listen(self) -> None:
        connection.connection.set_trace_callback(self.statements.append)

    @property
    def count(self) -> int:
        return self.statements.count("COMMIT")


@pytest.mark.usefixtures("sqlite_file")
def test_durable_actions_of_a_batch_share_one_commit() -> None:
    commits = Commits()
    before, version = commits.count, data_version()
    in_one_batch(adding(10))
    assert (len(emails()), commits.count - before, data_version() - version) == (10, 1, 1)


@pytest.mark.usefixtures("sqlite_file")
def test_durable_without_the_writer_commits_one_by_one() -> None:
    group_commit.stop()
    commits = Commits()
    before = commits.count
    for n in range(3):
        durable(add, email=f"{n}@example.org")
    assert (len(emails()), commits.count - before) == (3, 3)


@pytest.fixture
def mark_table(sqlite_file: Path, request: pytest.FixtureRequest) -> Iterator[None]:
    """A table with a foreign key; deferred, as Django's own backend makes them, where a test asks for that."""
    deferred = "DEFERRABLE INITIALLY DEFERRED" if request.param == "deferred" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE mark (account_id int REFERENCES people_account (id) {deferred})")
    yield
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE mark")


def mark_missing_account() -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO mark (account_id) VALUES (1000000)")


@pytest.mark.parametrize("mark_table", ["immediate", "deferred"], indirect=True)
@pytest.mark.usefixtures("mark_table")
def test_durable_broken_reference_fails_alone_in_its_batch() -> None:
    calls = adding(6)
    calls[2] = lambda: durable(mark_missing_account)
    results = in_one_batch(calls)
    assert [type(result) for result in results] == [int, int, IntegrityError, int, int, int]
    assert emails() == [f"{n}@example.org" for n in (0, 1, 3, 4, 5)]


@pytest.mark.parametrize("mark_table", ["deferred"], indirect=True)
@pytest.mark.usefixtures("mark_table")
def test_deferred_reference_would_fail_the_whole_transaction() -> None:
    """The negative control: what happens to a plain transaction of many."""

    def add_two() -> None:
        add(email="ayse@example.org")
        transaction.atomic(mark_missing_account)()

    with pytest.raises(IntegrityError):
        transaction.atomic(add_two)()
    assert emails() == []


@pytest.mark.usefixtures("sqlite_file")
def test_references_of_the_product_are_checked_at_once() -> None:
    with connection.cursor() as cursor:
        rows = cursor.execute("SELECT name, sql FROM sqlite_master WHERE sql LIKE '%REFERENCES%'").fetchall()
    assert {name: "DEFER" in sql for name, sql in rows} == {name: False for name, _sql in rows}
    assert rows


@pytest.fixture
def small_disk(sqlite_file: Path) -> Iterator[None]:
    """SQLite refuses to let the file grow, as on a full disk, for all connections made from now on."""
    options = connection.settings_dict["OPTIONS"]
    command = options["init_command"]
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")  # pages that earlier tests have left free would be room
        pages = cursor.execute("PRAGMA page_count").fetchone()[0]
    group_commit.stop()
    options["init_command"] = f"{command} PRAGMA max_page_count={pages + 4};"
    group_commit.start()
    yield
    options["init_command"] = command
    group_commit.stop()  # its connection would stay on the small disk


def add_much(*, email: str) -> None:
    """More rows than four pages hold."""
    Account.objects.bulk_create([Account(email=f"{n}-{email}", name="x" * 80) for n in range(500)])


@pytest.mark.usefixtures("small_disk")
def test_durable_on_a_full_disk_fails_only_what_does_not_fit() -> None:
    calls = adding(6)
    calls[2] = lambda: durable(add_much, email="2@example.org")
    results = in_one_batch(calls)
    assert [type(result) for result in results] == [int, int, OperationalError, int, int, int]
    assert emails() == [f"{n}@example.org" for n in (0, 1, 3, 4, 5)]


@pytest.mark.usefixtures("sqlite_file")
def test_durable_that_cannot_begin_tells_all_who_waited(sqlite_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(base, "WAIT_SECONDS", 0.3)
    turns = base.TURNS[str(connection.settings_dict["NAME"])]
    assert turns.take(timeout=5)
    results = in_threads(adding(6))
    turns.give()
    assert [type(result) for result in results] == [base.TurnTooLate] * 6
    assert emails() == []


@pytest.mark.usefixtures("sqlite_file")
def test_durable_that_cannot_begin_in_time_is_not_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(group_commit, "WAIT_SECONDS", 0.1)
    has_begun, go = threading.Event(), threading.Event()

    def hold() -> None:
        has_begun.set()
        go.wait(10)

    holding = threading.Thread(target=lambda: in_threads([lambda: durable(hold)]))
    holding.start()
    assert has_begun.wait(10)
    (late,) = in_threads([lambda: durable(add, email="late@example.org")])
    go.set()
    holding.join()
    group_commit.stop()
    assert (type(late), emails()) == (group_commit.TooBusy, [])
