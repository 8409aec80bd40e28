"""Several server processes on one PostgreSQL database, as an operator starts them."""

from __future__ import annotations

import subprocess
import sys
import time
from contextlib import ExitStack, suppress
from pathlib import Path

import httpx

from offenraum.project.robots.page import hidden_fields
from tests.conftest import StartServer
from tests.live.servers import WAIT_SECONDS, Stream
from tests.servers import Server

STREAMS = 12
TOPICS = "kogk18/topics/de/0"
SETUP = """
import django; django.setup()
from django.utils import timezone
from offenraum.project.demo.setup import setup_demo
now = timezone.now()
demo = setup_demo(people=1, shows_at=now, speed=1, now=now, brought=[])
print(demo.crowd.robots[0].code)
"""


def set_up_conference(server: Server) -> str:
    """The demonstration without topics; the code of a badge."""
    environment = server.environment | {"DJANGO_SETTINGS_MODULE": "offenraum.project.settings"}
    return subprocess.run(
        [sys.executable, "-c", SETUP], env=environment, check=True, capture_output=True, text=True
    ).stdout.strip()


def sockets_of(server: Server) -> list[int]:
    """How many sockets each server process has open."""
    assert server.process is not None
    pids = Path(f"/proc/{server.process.pid}/task/{server.process.pid}/children").read_text().split()
    commands = {pid: Path(f"/proc/{pid}/cmdline").read_bytes() for pid in pids}
    return [open_sockets(pid) for pid in pids if b"serve" in commands[pid]]


def open_sockets(pid: str) -> int:
    return sum(is_socket(link) for link in Path(f"/proc/{pid}/fd").iterdir())


def is_socket(link: Path) -> bool:
    """What is closed while we look is none."""
    with suppress(FileNotFoundError):
        return "socket:" in str(link.readlink())
    return False


def propose(server: Server, code: str, title: str) -> None:
    """A person signs in with a badge and brings a topic."""
    with httpx.Client(base_url=server.url, headers={"Origin": server.url}, timeout=WAIT_SECONDS) as browser:
        topic = {"title": title, "host_name": "Ayse", "kind": "topic"}
        for path, typed in {"/kogk18/platz": {"code": code}, "/kogk18/themen/neu": topic}.items():
            form = browser.get(path)
            answer = browser.post(path, data=hidden_fields(form.text) | typed)
            assert answer.status_code == 302, answer.text


def wait_for_both(server: Server) -> None:
    deadline = time.monotonic() + WAIT_SECONDS
    while len(sockets_of(server)) < 2:
        assert time.monotonic() < deadline


def open_streams_at_both(server: Server, stack: ExitStack, before: list[int]) -> list[Stream]:
    """Whichever process is free takes a connection: open streams until each has some."""
    streams = [open_stream(server, stack) for _ in range(STREAMS)]
    while not all(after > count for after, count in zip(sockets_of(server), before, strict=True)):
        assert len(streams) < 40 * STREAMS
        streams.append(open_stream(server, stack))
    return streams


def open_stream(server: Server, stack: ExitStack) -> Stream:
    answer = stack.enter_context(
        httpx.stream("GET", f"{server.url}/live/stream", params={"key": TOPICS}, timeout=WAIT_SECONDS)
    )
    stream = Stream(answer.iter_lines())
    stream.next("beat")
    return stream


def test_change_in_one_process_reaches_the_screens_of_all(start_server: StartServer, postgres_url: str) -> None:
    server = start_server(
        database=postgres_url, arguments=("--processes", "2"), options={"OFFENRAUM_SECRET": "for the tests" * 4}
    )
    code = set_up_conference(server)
    wait_for_both(server)
    before = sockets_of(server)
    with ExitStack() as stack:
        streams = open_streams_at_both(server, stack, before)
        propose(server, code, "Offene Daten im Kreis")
        seen = [stream.next("region").region for stream in streams]
        pages = [httpx.get(f"{server.url}/frag/{TOPICS}?v={told['version']}", timeout=WAIT_SECONDS) for told in seen]
    assert len({told["version"] for told in seen}) == 1
    assert all("Offene Daten im Kreis" in page.text for page in pages)
