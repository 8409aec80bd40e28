"""Versions rise with the change, in its transaction."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from offenraum.live.bus import EXCHANGE, Changes
from offenraum.live.changes import announce
from offenraum.live.versions import VersionTable, read_versions, tag_of
from offenraum.live.wire import NOTHING

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


@pytest.fixture
def told() -> Iterator[list[Changes]]:
    """What the screens of this process were told."""
    heard: list[Changes] = []
    EXCHANGE.listener = heard.append
    yield heard
    EXCHANGE.listener = None


def count(scope: str, topic: str) -> int:
    return read_versions([scope]).get((scope, topic), NOTHING).version


def change(scope: str, *topics: str) -> None:
    with transaction.atomic():
        announce(scope=scope, topics=topics)


def test_announce_raises_each_topic_by_one() -> None:
    change("a", "board", "round")
    change("a", "board", "board")
    assert [count("a", "board"), count("a", "round"), count("a", "plan"), count("b", "board")] == [2, 1, 0, 0]


def test_announce_outside_of_a_transaction_is_refused() -> None:
    with pytest.raises(transaction.TransactionManagementError):
        announce(scope="a", topics=["board"])


def test_announce_is_undone_with_its_change(told: list[Changes]) -> None:
    with transaction.atomic():
        announce(scope="a", topics=["board"])
        transaction.set_rollback(True)
    assert (count("a", "board"), told) == (0, [])


def test_announce_tells_after_the_commit_and_not_before(told: list[Changes]) -> None:
    with transaction.atomic():
        announce(scope="a", topics=["board", "plan"])
        before = list(told)
    assert (before, told) == ([], [frozenset({("a", "board"), ("a", "plan")})])


def test_announce_from_many_threads_loses_no_change() -> None:
    start = threading.Barrier(6)

    def writer(topics: list[str]) -> None:
        start.wait()
        for _ in range(20):
            change("a", *topics)
        connection.close()

    orders = [["board", "tally"], ["tally", "board"], ["plan", "board"], ["board"], ["tally", "plan"], ["tally"]]
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(writer, orders))
    assert [count("a", name) for name in ("board", "tally", "plan")] == [80, 80, 40]


def test_tag_rises_with_each_of_its_topics() -> None:
    tags = []
    for topic in ("board", "round", "board"):
        change("a", topic)
        tags.append(tag_of(read_versions(["a"]), scope="a", topics=("board", "round")))
    assert [tag.version for tag in tags] == [1, 2, 3]
    assert tags == sorted(tags)


def test_table_is_unsure_from_the_announcement_to_the_next_look() -> None:
    table = VersionTable()
    change("a", "board")
    sure = [table.is_sure(scope="a", topics=["board"])]
    table.read(["a"])
    sure.append(table.is_sure(scope="a", topics=["board"]))
    table.doubt([("a", "board")])
    sure += [table.is_sure(scope="a", topics=["board"]), table.is_sure(scope="a", topics=["plan"])]
    table.read(["a"])
    sure.append(table.is_sure(scope="a", topics=["board"]))
    assert sure == [False, True, False, True, True]


def test_table_does_not_remember_conferences_that_do_not_exist() -> None:
    table = VersionTable()
    change("a", "board")
    table.read(["a", "b", "c"])
    assert (table.scopes, table.is_sure(scope="b", topics=["board"])) == ({"a"}, False)
