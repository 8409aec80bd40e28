"""What was deleted leaves no trace on a running server: database, log of writes, pictures, logs, backups."""

from __future__ import annotations

import json
import re
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.conftest import ON_POSTGRES
from tests.post.post_office import open_office
from tests.project.canary import ERASED, PHOTOGRAPHED
from tests.servers import Server

pytestmark = [pytest.mark.timeout(300), pytest.mark.skipif(ON_POSTGRES, reason="looks into files of SQLite")]
FILL = "import django; django.setup(); from tests.project.canary import main; main()"
FORGET = """
import django, sys
django.setup()
from django.utils import timezone
from offenraum.programme.actions.forgetting import forget
from offenraum.project.ledger import mirror
from offenraum.seats.models import Seat
forget(seat=Seat.objects.get(pk=sys.argv[1]), now=timezone.now())
mirror()
"""
WORKED_ON = re.compile(r"^website\.Picture\.|\.(error|claimed_by|said)$")
"""What a worker writes itself, and portraits."""

TYPED = "zqtypedx"
"""What people type into forms and addresses of the running server; only its database may ever hold it."""


@dataclass
class Installation:
    """A data folder, what was in it, the backup made before anything was deleted, and what the server said."""

    server: Server
    told: dict[str, Any]
    old: Path
    said: str

    @property
    def ended(self) -> list[str]:
        return [*self.told["ended"], ERASED]

    def traces(self, *, of: list[str], but: str = "") -> list[str]:
        """Which tokens are in which file of the data folder."""
        files = [file for file in sorted(self.server.data.rglob("*")) if file.is_file() and file.name != but]
        return [
            f"{file.name}: {self.told['ended'].get(token, token)}"
            for file in files for token in tokens_in(file, of)
        ]


def tokens_in(file: Path, tokens: Iterable[str]) -> list[str]:
    content = file.read_bytes()
    return [token for token in tokens if token.encode() in content]


def in_python(server: Server, code: str, *arguments: object) -> str:
    finished = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code, *map(str, arguments)], check=False, capture_output=True, text=True,
        env=server.environment | {"DJANGO_SETTINGS_MODULE": "offenraum.project.settings"},
    )
    assert finished.returncode == 0, finished.stderr
    return finished.stdout


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """Two conferences of 2018, so that all periods are over, somebody who was forgotten, and a server that has run."""
    folder = tmp_path_factory.mktemp("installation")
    data = folder / "data"
    data.mkdir()
    server = Server(data=data).migrate()
    told = json.loads(in_python(server, FILL))
    server.run("backup", str(folder / "old.tar"))
    with open_office() as office:
        office.data_answer = f"554 5.7.1 {TYPED} is refused"
        server.options |= {"OFFENRAUM_MAIL": f"smtp://127.0.0.1:{office.port}", "OFFENRAUM_HOSTS": "127.0.0.1"}
        server.start()
        try:
            ask_wrongly(server)
            in_python(server, FORGET, told["erased"]["seat"])
            until_cleared(server)
        finally:
            server.stop()
    return Installation(server, told, folder / "old.tar", server.log)


def until_cleared(server: Server) -> None:
    """Wait until the worker has deleted all that is due and written the file anew."""
    deadline = time.monotonic() + 60
    while True:
        with sqlite3.connect(server.file) as opened:
            rows = opened.execute("SELECT keep, is_scrubbed FROM conference_clearing WHERE row_count > 0").fetchall()
        if len(rows) >= 8 and all(is_scrubbed for _keep, is_scrubbed in rows):
            return
        assert time.monotonic() < deadline, f"still {rows}\n{server.log}"
        time.sleep(0.2)


def test_deleted_data_are_in_no_file_and_no_backup(installation: Installation, tmp_path: Path) -> None:
    server, told = installation.server, installation.told
    assert tokens_in(installation.old, installation.ended) == installation.ended, "the tokens are there to be found"
    assert installation.traces(of=installation.ended) == []
    gone = {told["staying"][token] for token in set(told["staying"]) - set(tokens_in(server.file, told["staying"]))}
    assert {label for label in gone if not WORKED_ON.search(label)} == set()
    assert [name for name in told["portraits"] if (server.data / name).exists()] == []
    assert [name for name in told["stands"] if not (server.data / name).exists()] == []
    server.run("backup", str(tmp_path / "new.tar"))
    assert tokens_in(tmp_path / "new.tar", [*installation.ended, PHOTOGRAPHED]) == []
    server.run("restore", str(installation.old), "--replace")
    assert installation.traces(of=installation.ended) == []
    assert [name for name in told["portraits"] if (server.data / name).exists()] == []
    assert PHOTOGRAPHED.encode() not in installation.old.read_bytes()


def test_log_of_a_running_server_names_nobody(installation: Installation) -> None:
    """Whatever comes in and whatever goes wrong: wrong forms, floods, refused letters, pages that cannot be shown."""
    known = [TYPED, *installation.ended, *installation.told["personal"]]
    assert [line for line in installation.said.splitlines() if any(token in line for token in known)] == []


def ask_wrongly(server: Server) -> None:
    """Requests with a token in every part, most of them refused."""
    headers = {
        "user-agent": TYPED, "referer": f"http://{TYPED}.example/", "cookie": f"sitzung={TYPED}; geraet={TYPED}",
        "x-forwarded-for": TYPED, "x-csrftoken": TYPED,
    }
    form = {"name": TYPED, "email": f"{TYPED}@example.org", "login": f"{TYPED}@example.org", "password": TYPED,
            "code": TYPED, "csrfmiddlewaretoken": TYPED, "support": TYPED}
    with httpx.Client(base_url=server.url, headers=headers, timeout=60) as client:
        for path in ("", "/anmeldung", "/jetzt", "/themen", "/programm", "/personen", f"/{TYPED}", "/markt", "/platz"):
            client.get(f"/kogk18{path}", params={"q": TYPED, "lang": TYPED})
        for path in ("/kogk18/anmeldung", "/kogk18/platz", "/konto/anmelden", f"/{TYPED}", "/kogk18/themen/neu"):
            client.post(path, data=form)
        client.post("/kogk18/anmeldung", content=TYPED.encode() * 400_000)
    for raw in (f"GET /{TYPED} HTP/x\r\n\r\n", f"{TYPED}\r\n\r\n", f"GET / HTTP/1.1\r\n{TYPED}\r\n\r\n"):
        with socket.create_connection(("127.0.0.1", server.port), timeout=60) as line:
            line.sendall(raw.encode())
            line.recv(1000)
