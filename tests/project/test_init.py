"""`offenraum init` as an operator runs it: as a process, with flags, on a terminal, twice."""

from __future__ import annotations

import os
import pty
import re
import select
import shutil
import sqlite3
import stat
import subprocess
import time
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from tests.migrated import copy_migrated
from tests.servers import PROGRAM, Server, plain_environment

FLAGS = ["--email", "ayse@example.org", "--conference", "k26", "--title", "Kommunale Konferenz", "--date", "2026-09-04"]


def run(data: Path, *arguments: str, **options: str) -> subprocess.CompletedProcess[str]:
    environment = plain_environment() | {f"OFFENRAUM_{name.upper()}": value for name, value in options.items()}
    command = [*PROGRAM, "init", "--data", str(data), *arguments]
    return subprocess.run(
        command, env=environment, check=False, capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=240
    )


def rows(data: Path, statement: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(data / "offenraum.sqlite3") as opened:
        return opened.execute(statement).fetchall()


def test_init_makes_folder_database_secret_and_organiser(tmp_path: Path) -> None:
    data = tmp_path / "new" / "data"
    finished = run(data, *FLAGS)
    assert (finished.returncode, finished.stderr) == (0, "")
    assert re.search(r"^  http://127\.0\.0\.1:8000/konto/einmal/\S{22}$", finished.stdout, re.MULTILINE)
    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in [data, *data.iterdir()]}
    assert modes == {"data": 0o700, "secret": 0o600, "offenraum.sqlite3": 0o600}
    assert rows(
        data,
        "SELECT email, slug, title, role, date FROM conference_member m JOIN people_account a ON a.id = m.account_id"
        " JOIN conference_conference c ON c.id = m.conference_id JOIN conference_day d ON d.conference_id = c.id",
    ) == [("ayse@example.org", "k26", "Kommunale Konferenz", "organiser", "2026-09-04")]


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation as the first run leaves it."""
    data = tmp_path_factory.mktemp("first")
    assert run(data, *FLAGS).returncode == 0
    return data


@pytest.fixture
def begun(first: Path, tmp_path: Path) -> Path:
    """A copy of that installation."""
    return Path(shutil.copytree(first, tmp_path / "copy"))


def test_init_twice_keeps_everything_closes_the_secret_and_gives_a_new_link(begun: Path) -> None:
    secret = (begun / "secret").read_text()
    (begun / "secret").chmod(0o644)
    second = run(begun, *FLAGS[:4], "--title", "Another title")
    assert (second.returncode, (begun / "secret").read_text()) == (0, secret)
    assert stat.S_IMODE((begun / "secret").stat().st_mode) == 0o600
    assert rows(begun, "SELECT title FROM conference_conference") == [("Kommunale Konferenz",)]
    assert rows(begun, "SELECT count(*) FROM people_account, conference_member, conference_day") == [(1,)]
    assert rows(begun, "SELECT count(*), count(DISTINCT key_hash) FROM people_signinlink") == [(2, 2)]


def test_init_makes_a_second_conference_with_its_own_organiser(begun: Path) -> None:
    run(begun, "--email", "bernd@example.org", "--conference", "k27", "--title", "Die nächste")
    found = rows(
        begun,
        "SELECT slug, email FROM conference_member m JOIN people_account a ON a.id = m.account_id"
        " JOIN conference_conference c ON c.id = m.conference_id ORDER BY slug",
    )
    assert found == [("k26", "ayse@example.org"), ("k27", "bernd@example.org")]


def test_init_with_a_secret_of_its_own_writes_none(tmp_path: Path) -> None:
    copy_migrated(tmp_path / "offenraum.sqlite3")
    assert run(tmp_path, *FLAGS, secret="y" * 60).returncode == 0
    assert not (tmp_path / "secret").exists()


@pytest.mark.sample(6)
@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (["--email", "ayse"], "--email: "),
        (["--conference", "K 26"], "--conference: kleine Buchstaben"),
        (["--conference", "konto"], "„konto“ ist eine Adresse von Offenraum selbst"),
        (["--title", "\u202etitel"], "--title: "),
        (["--title", "x" * 121], "--title: "),
        (["--date", "4.9.2026"], "--date: ein Tag wie 2026-09-04."),
    ],
)
def test_init_says_what_cannot_be_used_and_makes_nothing(tmp_path: Path, changed: list[str], said: str) -> None:
    finished = run(tmp_path / "data", *FLAGS, *changed)
    assert (finished.returncode, said in finished.stderr) == (2, True), finished.stderr
    assert not (tmp_path / "data").exists()


def test_init_without_a_terminal_names_the_flag_that_is_missing(tmp_path: Path) -> None:
    finished = run(tmp_path / "data", "--email", "ayse@example.org")
    assert (finished.returncode, finished.stderr) == (2, "offenraum init: --conference fehlt.\n")


def test_init_asks_on_a_terminal(tmp_path: Path) -> None:
    copy_migrated(tmp_path / "offenraum.sqlite3")
    leader, follower = pty.openpty()
    process = subprocess.Popen(
        [*PROGRAM, "init", "--data", str(tmp_path)], env=plain_environment(), stdin=follower, stdout=follower,
        stderr=follower, start_new_session=True,
    )
    os.close(follower)
    for question, answer in [
        ("Organisation: ", "ayse@example.org"), ("kogk18: ", "k26"), ("Konferenz: ", "Konferenz"), ("bekannt: ", ""),
    ]:
        assert question in read_until(leader, question)
        os.write(leader, f"{answer}\n".encode())
    shown = read_until(leader, "/konto/einmal/")
    assert (process.wait(30), "/konto/einmal/" in shown) == (0, True)
    assert rows(tmp_path, "SELECT slug FROM conference_conference") == [("k26",)]


def read_until(terminal: int, text: str) -> str:
    """What a terminal shows, up to a text or its end."""
    shown, deadline = "", time.monotonic() + 30
    while text not in shown and time.monotonic() < deadline:
        if not select.select([terminal], [], [], 1)[0]:
            continue
        try:
            shown += os.read(terminal, 4096).decode()
        except OSError:
            break
    return shown


@pytest.mark.postgres
def test_init_works_on_postgresql(tmp_path: Path, postgres_url: str) -> None:
    for _ in range(2):
        finished = run(tmp_path, *FLAGS, database=postgres_url)
        assert finished.returncode == 0, finished.stderr
    assert sorted(file.name for file in tmp_path.iterdir()) == ["secret"]


def test_server_signs_in_with_the_link_that_init_printed(tmp_path: Path) -> None:
    server = Server(data=tmp_path).migrate()
    printed = server.run("init", *FLAGS)
    path = re.search(r"http://127\.0\.0\.1:8000(/konto/einmal/\S+)", printed)
    assert path
    server.start()
    try:
        arrived = follow_link(server.url, path[1])
    finally:
        server.stop()
    assert arrived == ("/konto/passwort/festlegen", "next=/k26/regie/")


def follow_link(url: str, path: str) -> tuple[str, str]:
    """Press the button behind a one-time link; where it leads."""
    with httpx.Client(base_url=url, timeout=60) as browser:
        page = browser.get(path)
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)
        assert token
        answer = browser.post(path, data={"csrfmiddlewaretoken": token[1]})
    location = urlsplit(answer.headers["Location"])
    return location.path, location.query
