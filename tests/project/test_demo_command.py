"""`offenraum demo` as a visitor starts it: a process, addresses in the terminal, Ctrl-C."""

from __future__ import annotations

import os
import re
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from tests.postgres import free_port
from tests.servers import PROGRAM, plain_environment

pytestmark = pytest.mark.timeout(240)
PATIENCE = 150
IS_LONG = bool(os.environ.get("TESTS_LONG"))
PEOPLE, PITCHES = (45, 4) if IS_LONG else (16, 2)


class DemoRun:
    """A running demonstration and what its terminal shows."""

    def __init__(self, *arguments: str, folder: Path, ignored: str = "") -> None:
        self.port = free_port()
        self.output = folder / "terminal"
        self.environment = plain_environment() | {"LANG": "en_GB.UTF-8", "TMPDIR": str(folder)}
        self.environment.pop("LC_ALL", None)
        program = [*PROGRAM, "demo", "--port", str(self.port), *arguments]
        if ignored:
            program = ["sh", "-c", f"trap '' {ignored}; exec \"$@\"", "-", *program]
        with self.output.open("wb") as terminal:
            self.process = subprocess.Popen(
                program, env=self.environment, stdout=terminal, stderr=terminal, start_new_session=True
            )

    @property
    def text(self) -> str:
        return self.output.read_text()

    def wait_for(self, pattern: str) -> re.Match[str]:
        deadline = time.monotonic() + PATIENCE
        while not (found := re.search(pattern, self.text)):
            assert self.process.poll() is None, self.text
            assert time.monotonic() < deadline, self.text
            time.sleep(0.2)
        return found

    def address(self, name: str) -> str:
        return self.wait_for(rf"  {name} +(http://\S+)").group(1)

    def interrupt(self) -> int:
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(90)

    def kill(self) -> None:
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


StartDemo = Callable[..., DemoRun]


@pytest.fixture
def start_demo(tmp_path: Path) -> Iterator[StartDemo]:
    runs: list[DemoRun] = []

    def start(*arguments: str, ignored: str = "") -> DemoRun:
        runs.append(DemoRun(*arguments, folder=tmp_path, ignored=ignored))
        return runs[-1]

    yield start
    for run in runs:
        run.kill()


@pytest.mark.long
def test_finished_demo_shows_edition_1_on_all_screens_and_ends_without_a_trace(
    start_demo: StartDemo, tmp_path: Path
) -> None:
    run = start_demo("--finished", "--people", "30" if IS_LONG else "8")
    start = run.address("Start page")
    run.wait_for("Ctrl-C")
    programme = httpx.get(f"{start}programm", timeout=PATIENCE).text
    assert "Fassung 1" in programme
    assert programme.count("session__when") >= 25
    assert "Fassung 1" in httpx.get(run.address("Wall"), timeout=PATIENCE).text
    assert "Großer Saal" in httpx.get(run.address("Door sign"), timeout=PATIENCE).text
    assert run.interrupt() == 0
    assert list(tmp_path.glob("offenraum-demo-*")) == []
    with pytest.raises(httpx.ConnectError):
        httpx.get(start, timeout=PATIENCE)


@pytest.mark.long
def test_demo_signs_in_to_the_desk_with_the_address_of_the_terminal_once(start_demo: StartDemo) -> None:
    run = start_demo("--people", "0")
    address = run.address("Desk")
    with httpx.Client(timeout=PATIENCE) as browser:
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', browser.get(address).text)
        assert token is not None
        answer = browser.post(address, data={"csrfmiddlewaretoken": token[1]})
        assert (answer.status_code, answer.headers["location"]) == (302, "/kogk18/regie/")
    assert httpx.get(address, timeout=PATIENCE).status_code == 410
    assert run.interrupt() == 0


def test_demo_lets_robots_arrive_bring_topics_and_vote_while_the_director_leads(
    start_demo: StartDemo, tmp_path: Path
) -> None:
    run = start_demo("--people", str(PEOPLE), "--data", str(tmp_path / "demo"))
    run.wait_for(f"Pitch {PITCHES} of")
    database = sqlite3.connect(f"file:{tmp_path / 'demo' / 'offenraum.sqlite3'}?mode=ro", uri=True)
    arrived = database.execute("SELECT COUNT(*) FROM seats_seat WHERE checked_in_at IS NOT NULL").fetchone()
    assert arrived == (PEOPLE + 3,)
    assert database.execute("SELECT COUNT(*) FROM barcamp_interest").fetchone()[0] > PEOPLE / 3
    assert database.execute("SELECT COUNT(*) FROM barcamp_topic").fetchone()[0] > 30
    assert "In trouble" not in run.text
    assert run.interrupt() == 0
    assert (tmp_path / "demo" / "offenraum.sqlite3").exists()


@pytest.mark.long
def test_demo_steps_back_when_somebody_moderates(start_demo: StartDemo, tmp_path: Path) -> None:
    run = start_demo("--people", "5", "--data", str(tmp_path / "demo"))
    run.wait_for("Pitch 2 of")
    with sqlite3.connect(tmp_path / "demo" / "offenraum.sqlite3", timeout=20) as database:
        database.execute("UPDATE barcamp_round SET version = version + 1")
    run.wait_for("You moderate: the director steps back")


@pytest.mark.long
def test_demo_names_another_port_when_its_own_is_taken(start_demo: StartDemo) -> None:
    first = start_demo("--people", "0")
    first.wait_for("Ctrl-C")
    second = subprocess.run(
        [*PROGRAM, "demo", "--port", str(first.port)], env=first.environment, check=False, capture_output=True,
        text=True, timeout=240,
    )
    assert second.returncode == 1
    assert f"Port {first.port} is in use" in second.stdout


def test_demo_refuses_the_folder_of_an_installation(tmp_path: Path) -> None:
    (tmp_path / "offenraum.sqlite3").touch()
    refused = subprocess.run(
        [*PROGRAM, "demo", "--data", str(tmp_path)], env=plain_environment(), check=False, capture_output=True,
        text=True, timeout=240,
    )
    assert refused.returncode == 2
    assert "empty folder" in refused.stderr


@pytest.mark.long
def test_demo_in_the_background_of_a_script_ends_on_a_signal(start_demo: StartDemo) -> None:
    run = start_demo("--people", "0", ignored="INT")
    run.wait_for("Ctrl-C")
    run.process.terminate()
    assert run.process.wait(90) == 0
