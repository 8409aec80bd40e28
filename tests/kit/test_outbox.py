"""The outbox with real worker processes on both databases, and its rules one by one."""

import os
import signal
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connection

from offenraum.kit.outbox import (
    Kind,
    Lost,
    Work,
    cancel,
    claim,
    fail,
    finish,
    is_alive,
    is_held,
    requeue_lost,
    serve_one,
    worker_name,
)
from tests.kit.errand import COUNT, Errand, Mark, leave_mark
from tests.servers import plain_environment

NOW = datetime(2018, 9, 4, 9, 0, tzinfo=UTC)
KIND = Kind(model=Errand, run=leave_mark)


class Place:
    """A database of its own with errands that wait, and a process whose copies work on it."""

    def __init__(self, data: Path, url: str) -> None:
        self.data, self.url = data, url
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.kit.errand"],
            env=plain_environment() | {"OFFENRAUM_DATA": str(self.data), "OFFENRAUM_DATABASE": self.url},
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True,
        )
        self.run("make")

    def begin(self, *ways: str) -> list[int]:
        """Let so many copies begin at the same time; returns their ids."""
        assert self.process.stdin is not None
        self.process.stdin.write(" ".join(ways) + "\n")
        self.process.stdin.flush()
        return self.answer()

    def answer(self) -> list[int]:
        """What the process says next: the ids of copies that have begun, then how they ended."""
        assert self.process.stdout is not None
        return [int(word) for word in self.process.stdout.readline().split()]

    def run(self, *ways: str) -> None:
        """Let copies work at the same time until all have ended."""
        self.begin(*ways)
        assert self.answer() == [0] * len(ways)

    def end(self) -> None:
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def ask(self, statement: str) -> list[Any]:
        if self.url:
            with psycopg.connect(self.url) as opened:
                return opened.execute(statement.encode()).fetchall()
        with sqlite3.connect(self.data / "offenraum.sqlite3") as opened:
            return opened.execute(statement).fetchall()

    def times_done(self) -> dict[int, int]:
        """How many errands were done how often."""
        return dict(Counter(count for (count,) in self.ask("SELECT count(*) FROM kit_mark GROUP BY errand")))


ON_POSTGRES = pytest.param("postgres", marks=[pytest.mark.postgres, pytest.mark.postgres_server])


@pytest.fixture(params=["sqlite", ON_POSTGRES])
def make_place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], Place]]:
    made: list[Place] = []
    url = request.getfixturevalue("postgres_url") if request.param == "postgres" else ""

    def make() -> Place:
        if url:
            with psycopg.connect(url, autocommit=True) as opened:
                opened.execute("DROP SCHEMA public CASCADE")
                opened.execute("CREATE SCHEMA public")
        folder = tmp_path / str(len(made))
        folder.mkdir()
        made.append(Place(folder, url))
        return made[-1]

    yield make
    for place in made:
        place.end()


def test_two_workers_do_everything_once(make_place: Callable[[], Place]) -> None:
    place = make_place()
    place.run("work", "work")
    assert place.times_done() == {1: COUNT}
    assert place.ask("SELECT DISTINCT state, tries FROM kit_errand") == [("done", 1)]


def test_two_workers_without_the_condition_do_some_twice(make_place: Callable[[], Place]) -> None:
    """The negative control of the test above."""
    for _ in range(10):
        place = make_place()
        place.run("carelessly", "carelessly")
        if max(place.times_done()) > 1:
            return
    pytest.fail("the race that the condition settles never happened")


def test_work_of_a_killed_worker_is_done_by_another(make_place: Callable[[], Place]) -> None:
    place = make_place()
    (hanging,) = place.begin("hang")
    while place.times_done() != {1: 1}:
        assert place.process.poll() is None
    os.kill(hanging, signal.SIGKILL)
    assert place.answer() == [-signal.SIGKILL]
    place.run("work")
    assert place.ask("SELECT state, tries FROM kit_errand ORDER BY id LIMIT 1") == [("done", 2)]


@pytest.fixture
def tables(transactional_db: None) -> Iterator[None]:
    with connection.schema_editor() as editor:
        editor.create_model(Errand)
        editor.create_model(Mark)
    yield
    with connection.schema_editor() as editor:
        editor.delete_model(Mark)
        editor.delete_model(Errand)


@pytest.fixture
def errand(tables: None) -> Errand:
    return Errand.objects.create(due_at=NOW)


def later(**duration: int) -> datetime:
    return NOW + timedelta(**duration)


def take(now: datetime = NOW, worker: str = "elsewhere:1") -> Errand:
    taken = claim(Errand, worker=worker, now=now)
    assert taken is not None
    return taken


@pytest.mark.postgres
@pytest.mark.usefixtures("errand")
class TestRules:
    def test_claim_takes_what_is_due_longest(self) -> None:
        earlier = Errand.objects.create(due_at=NOW - timedelta(seconds=1))
        assert [take().pk, take().pk != earlier.pk, claim(Errand, worker="b:1", now=NOW)] == [earlier.pk, True, None]

    def test_claim_leaves_what_is_not_due(self) -> None:
        assert claim(Errand, worker="elsewhere:1", now=later(seconds=-1)) is None

    def test_finish_marks_as_done(self, errand: Errand) -> None:
        finish(take(), now=later(seconds=3))
        errand.refresh_from_db()
        assert (errand.state, errand.finished_at, errand.tries) == (Work.State.DONE, later(seconds=3), 1)

    def test_finish_of_cancelled_work_is_refused(self, errand: Errand) -> None:
        taken = take()
        assert cancel(errand, now=NOW)
        assert not is_held(taken)
        with pytest.raises(Lost):
            finish(taken, now=NOW)

    def test_finish_of_work_that_another_has_now_is_refused(self) -> None:
        slow = take(worker="slow:1")
        assert requeue_lost(KIND, now=later(minutes=6)) == 1
        quick = take(now=later(minutes=6), worker="quick:1")
        with pytest.raises(Lost):
            finish(slow, now=later(minutes=7))
        finish(quick, now=later(minutes=7))

    def test_cancel_after_the_end_changes_nothing(self, errand: Errand) -> None:
        finish(take(), now=NOW)
        assert not cancel(errand, now=NOW)

    def test_failures_wait_twice_as_long_and_then_end(self, errand: Errand) -> None:
        seen = []
        for _ in range(3):
            errand.refresh_from_db()
            taken = take(now=errand.due_at)
            fail(taken, error="x" * 1000, now=taken.due_at, kind=KIND)
            errand.refresh_from_db()
            seen.append((errand.state, errand.due_at, len(errand.error)))
        assert seen == [
            ("queued", later(seconds=20), 500), ("queued", later(seconds=60), 500), ("failed", later(seconds=60), 500),
        ]

    def test_work_of_a_silent_worker_elsewhere_waits_its_time(self) -> None:
        take()
        assert [requeue_lost(KIND, now=later(minutes=5)), requeue_lost(KIND, now=later(minutes=5, seconds=1))] == [0, 1]

    def test_serve_does_one_piece(self, errand: Errand) -> None:
        assert [serve_one(KIND, worker="a:1", now=lambda: NOW) for _ in range(2)] == [True, False]
        assert list(Mark.objects.values_list("errand", "worker")) == [(errand.pk, "a:1")]

    def test_serve_keeps_the_error_of_what_fails(self, errand: Errand) -> None:
        def break_down(_errand: Errand) -> None:
            raise LookupError("no such plan")

        serve_one(Kind(model=Errand, run=break_down), worker="a:1", now=lambda: NOW)
        errand.refresh_from_db()
        assert (errand.state, errand.error) == (Work.State.QUEUED, "LookupError: no such plan")

    def test_serve_is_calm_about_the_failure_of_what_was_deleted(
        self, errand: Errand, caplog: pytest.LogCaptureFixture
    ) -> None:
        def lose(errand: Errand) -> None:
            Errand.objects.filter(pk=errand.pk).delete()
            raise LookupError("no such conference")

        with caplog.at_level("INFO"):
            assert serve_one(Kind(model=Errand, run=lose), worker="a:1", now=lambda: NOW)
        assert [(record.levelname, record.exc_info) for record in caplog.records] == [("INFO", None)]

    def test_serve_leaves_work_that_finished_itself(self, errand: Errand) -> None:
        serve_one(Kind(model=Errand, run=lambda work: finish(work, now=NOW)), worker="a:1", now=lambda: later(hours=1))
        errand.refresh_from_db()
        assert (errand.state, errand.finished_at) == (Work.State.DONE, NOW)


def test_worker_is_alive_while_its_process_is() -> None:
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    host, _colon, _number = worker_name().rpartition(":")
    assert [is_alive(worker_name()), is_alive(f"{host}:{process.pid}"), is_alive("elsewhere:1")] == [True, False, True]


