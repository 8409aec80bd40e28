"""`offenraum rehearse` as an organiser starts it, on SQLite and on PostgreSQL with two server processes."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest

from offenraum.conference.models import Conference, Room, RoomClosure, Slot
from offenraum.conference.queries import grid_of
from offenraum.live.models import StreamVersion
from offenraum.project.robots.copying import NothingToRehearse, copy_conference, remove_copy
from tests.day import NOON, make_conference
from tests.servers import PROGRAM, Server

pytestmark = pytest.mark.timeout(300)
ROOT = Path(__file__).resolve().parents[2]
KEYS = [
    "people", "topics", "votes_sent", "votes_acknowledged", "votes_counted", "votes_lost", "votes_double",
    "vote_p50_ms", "vote_p99_ms", "event_p50_ms", "event_p99_ms", "screens", "screens_stale", "edition",
    "seconds_close_to_plan", "seconds_publish_to_all_screens", "tally_equals_recount", "merges_undone_exactly",
    "moves_host_withdrawn", "moves_room_lost", "running_sessions_moved", "editions",
]
REGISTRATION_KEYS = [
    "applicants", "confirmed", "waiting", "oversold", "order_kept", "errors", "moved_up_after_cancel_ms",
    "register_p50_ms", "register_p99_ms", "double_check_ins",
]
FILL = (
    "import django; django.setup(); from tests.day import make_conference; "
    "c = make_conference('kogk18', slots=3, rooms=(200, 40, 25)); c.slots.filter(number=3).update(follows=None)"
)
StartServer = Callable[..., Server]
Ended = subprocess.CompletedProcess[str]


def fill(server: Server) -> None:
    """Put a conference with three slots and three rooms into the server's database."""
    environment = server.environment | {"DJANGO_SETTINGS_MODULE": "offenraum.project.settings"}
    subprocess.run([sys.executable, "-c", FILL], env=environment, cwd=ROOT, check=True, timeout=240)


PEOPLE = 30 if os.environ.get("TESTS_LONG") else 20


def rehearse(server: Server, *arguments: str) -> Ended:
    environment = server.environment | {"LC_ALL": "C.UTF-8"}
    return subprocess.run(
        [*PROGRAM, "rehearse", "--people", str(PEOPLE), "--seconds", "5", *arguments],
        env=environment, check=False, capture_output=True, text=True, timeout=240,
    )


def check(ended: Ended, *, people: int = PEOPLE) -> dict[str, Any]:
    """The report of a rehearsal in which nothing went wrong."""
    assert ended.returncode == 0, ended.stdout + ended.stderr
    report: dict[str, Any] = json.loads(ended.stdout)
    assert list(report) == KEYS
    assert (report["votes_lost"], report["votes_double"], report["screens_stale"]) == (0, 0, 0)
    assert report["votes_sent"] == report["votes_acknowledged"] == report["votes_counted"] > people
    assert (report["people"], report["topics"], report["edition"]) == (people, 13, 1)
    assert report["screens"] == people - people // 10 + 4, "one of ten has no phone"
    assert (report["tally_equals_recount"], report["merges_undone_exactly"]) == (True, True)
    assert (report["moves_host_withdrawn"], report["running_sessions_moved"], report["editions"]) == (0, 0, 3)
    assert report["moves_room_lost"] <= 3, "one for each slot of the room at most"
    assert report["vote_p99_ms"] >= report["vote_p50_ms"] > 0
    assert report["event_p99_ms"] >= report["event_p50_ms"] > 0
    assert report["seconds_close_to_plan"] > 0
    assert report["seconds_publish_to_all_screens"] > 0
    return report


def test_rehearse_on_a_running_server_loses_nothing_and_leaves_nothing_behind(start_server: StartServer) -> None:
    server = start_server()
    fill(server)
    check(rehearse(server, "--json", "--url", server.url))
    with sqlite3.connect(server.file) as database:
        assert database.execute("SELECT slug FROM conference_conference").fetchall() == [("kogk18",)]
        for table in ("barcamp_topic", "barcamp_interest", "seats_seat", "programme_edition"):
            assert database.execute(f"SELECT COUNT(*) FROM {table}").fetchone() == (0,)  # noqa: S608 - names above
        assert database.execute("SELECT COUNT(*) FROM live_streamversion WHERE scope <> 'kogk18'").fetchone() == (0,)


def test_rehearsed_opening_of_registration_gives_each_place_once_and_keeps_the_order(start_server: StartServer) -> None:
    server = start_server()
    fill(server)
    ended = rehearse(server, "--json", "--url", server.url, "--registration", "40", "--places", "18")
    assert ended.returncode == 0, ended.stdout + ended.stderr
    report: dict[str, Any] = json.loads(ended.stdout)
    assert list(report) == REGISTRATION_KEYS
    counted = {name: report[name] for name in report if not name.endswith("_ms")}
    assert counted == {
        "applicants": 40, "confirmed": 18, "waiting": 22, "oversold": 0, "order_kept": True, "errors": 0,
        "double_check_ins": 0,
    }
    assert report["register_p99_ms"] >= report["register_p50_ms"] > 0
    assert report["moved_up_after_cancel_ms"] > 0
    with sqlite3.connect(server.file) as database:
        for table in ("registration_registration", "seats_seat", "post_letter", "people_account"):
            assert database.execute(f"SELECT COUNT(*) FROM {table}").fetchone() == (0,)  # noqa: S608 - names above


@pytest.mark.long
def test_rehearse_starts_a_server_of_its_own_and_reports_in_sentences(start_server: StartServer) -> None:
    server = start_server()
    fill(server)
    server.stop()
    ended = rehearse(server)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert f"People: {PEOPLE}, topics: 13." in ended.stdout
    assert "0 lost, 0 double" in ended.stdout
    assert "Nothing was lost, double or stale." in ended.stdout


@pytest.mark.long
def test_rehearse_on_postgres_with_two_servers_loses_nothing(start_server: StartServer, postgres_url: str) -> None:
    server = start_server(database=postgres_url)
    fill(server)
    other = Server(data=server.data, database=postgres_url, secret=server.secret).start()
    try:
        check(rehearse(server, "--json", "--url", server.url, "--url", other.url))
    finally:
        other.stop()
    with psycopg.connect(postgres_url) as database:
        assert database.execute("SELECT slug FROM conference_conference").fetchall() == [("kogk18",)]


@pytest.mark.long
def test_rehearse_fails_when_votes_disappear(start_server: StartServer) -> None:
    server = start_server()
    fill(server)
    run = subprocess.Popen(
        [*PROGRAM, "rehearse", "--people", "20", "--seconds", "8", "--json", "--url", server.url],
        env=server.environment | {"LC_ALL": "C.UTF-8"}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )
    assert run.stderr is not None
    for line in run.stderr:
        if "planner works" in line:
            break
    with sqlite3.connect(server.file, timeout=20) as database:
        gone = database.execute("DELETE FROM barcamp_interest WHERE id % 2 = 0 AND weight > 0").rowcount
    output, _errors = run.communicate(timeout=120)
    report = json.loads(output)
    assert run.returncode == 1
    assert report["votes_lost"] == gone > 0
    assert report["votes_counted"] == report["votes_acknowledged"] - gone


def test_rehearse_leaves_nothing_behind_when_it_is_interrupted(start_server: StartServer) -> None:
    server = start_server()
    fill(server)
    run = subprocess.Popen(
        [*PROGRAM, "rehearse", "--people", "10", "--seconds", "60", "--url", server.url],
        env=server.environment | {"LC_ALL": "C.UTF-8"}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )
    assert run.stderr is not None
    assert "robots rehearse" in run.stderr.readline()
    run.send_signal(signal.SIGINT)
    _output, errors = run.communicate(timeout=240)
    assert run.returncode == 130, errors
    with sqlite3.connect(server.file) as database:
        assert database.execute("SELECT slug FROM conference_conference").fetchall() == [("kogk18",)]


def test_rehearse_names_the_conferences_when_there_are_none_or_several(tmp_path: Path) -> None:
    server = Server(data=tmp_path).migrate()
    ended = rehearse(server, "--url", server.url)
    assert ended.returncode == 2
    assert "--conference" in ended.stderr


@pytest.mark.long
def test_rehearse_says_when_the_address_belongs_to_another_installation(start_server: StartServer) -> None:
    server, other = start_server(), start_server()
    fill(server)
    ended = rehearse(server, "--url", other.url)
    assert ended.returncode == 2
    assert f"{other.url} answers 404" in ended.stderr


def test_rehearse_needs_the_secret_that_the_server_has(tmp_path: Path) -> None:
    server = Server(data=tmp_path, options={"OFFENRAUM_SECRET": ""}).migrate()
    ended = rehearse(server)
    assert ended.returncode == 2
    assert "offenraum init" in ended.stderr


@pytest.mark.django_db
def test_copy_conference_has_the_same_grid_and_its_own_clock() -> None:
    source = make_conference(slots=4)
    first, second = Slot.objects.filter(conference=source).order_by("number")[:2]
    Slot.objects.filter(pk=second.pk).update(follows=first)
    room = Room.objects.filter(conference=source).latest("position")
    RoomClosure.objects.create(room=room, slot=first)
    copy = copy_conference(source=source, now=NOON)
    old, new = grid_of(source), grid_of(copy)
    times = [[(s.number, s.starts_at, s.minutes) for s in grid.slots] for grid in (old, new)]
    assert times[0] == times[1]
    assert [(r.name, r.places) for r in new.rooms] == [(r.name, r.places) for r in old.rooms]
    assert new.closed == {(new.slots[0].pk, new.rooms[2].pk)}
    assert [slot.follows_id for slot in new.slots] == [None, new.slots[0].pk, None, None]
    assert copy.clock.at(NOON) < new.slots[0].starts_at


@pytest.mark.django_db
def test_remove_copy_leaves_the_conference_as_it_was() -> None:
    source = make_conference()
    copy = copy_conference(source=source, now=NOON)
    assert StreamVersion.objects.filter(scope=copy.slug).exists()
    remove_copy(copy)
    assert list(Conference.objects.all()) == [source]
    assert Slot.objects.count() == Slot.objects.filter(conference=source).count() == 3
    assert not StreamVersion.objects.filter(scope=copy.slug).exists()


@pytest.mark.django_db
def test_copy_conference_refuses_one_without_a_grid() -> None:
    with pytest.raises(NothingToRehearse):
        copy_conference(source=make_conference(slots=0), now=NOON)
