"""PostgreSQL goes away in a vote burst: no vote is acknowledged falsely, and voting goes on afterwards."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator

import pytest

from tests.conftest import StartServer
from tests.faults.crowd import Crowd
from tests.postgres import Cluster, NoServer, start_cluster

SEATS = 24 if os.environ.get("TESTS_LONG") else 10


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    """A server of our own, which others do not miss."""
    try:
        cluster = start_cluster(is_durable=True)
    except NoServer as error:
        pytest.skip(str(error))
    yield cluster
    cluster.stop()


@pytest.mark.parametrize("processes", [pytest.param(1, marks=pytest.mark.long), 2])
def test_restart_in_a_burst_acknowledges_nothing_falsely(
    cluster: Cluster, start_server: StartServer, processes: int
) -> None:
    database = f"{cluster.url.rpartition('/')[0]}/offenraum"
    server = start_server(database=database, arguments=("--processes", str(processes)))
    crowd = Crowd.at(server, seats=SEATS, topics=20)
    votes = crowd.everything()
    restart = threading.Thread(target=cluster.restart)
    crowd.cast(votes, on_answer=lambda count: restart.start() if count == 100 else None)
    restart.join()
    assert {status for vote in votes for status in vote.statuses} <= {200, 503}
    assert crowd.missing(votes) == []
    assert 100 <= sum(vote.is_acknowledged for vote in votes) < len(votes)
    crowd.cast([vote for vote in votes if not vote.is_acknowledged])
    assert sorted(crowd.rows()) == sorted(crowd.row(vote) for vote in votes)
