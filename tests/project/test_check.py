"""`offenraum check`: each thing that can be wrong is made wrong, and the fix is named."""

from __future__ import annotations

import json
import os
import socket
import sqlite3
import ssl
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.postgres import NoServer, free_port, start_cluster
from tests.servers import PROGRAM, Server, plain_environment

START = ["--email", "ayse@example.org", "--conference", "k26", "--title", "Konferenz"]


def check(data: Path, *arguments: str, **options: str) -> subprocess.CompletedProcess[str]:
    environment = plain_environment() | {f"OFFENRAUM_{name.upper()}": value for name, value in options.items()}
    command = [*PROGRAM, "check", "--data", str(data), *arguments]
    return subprocess.run(command, env=environment, check=False, capture_output=True, text=True, timeout=240)


Found = tuple[int, str, str, str]


def findings(data: Path, **options: str) -> dict[str, Found]:
    """Exit code, state, words and fix of each check."""
    finished = check(data, "--json", **options)
    told: dict[str, Any] = json.loads(finished.stdout)
    assert told["ok"] is (finished.returncode == 0)
    return {each["name"]: (finished.returncode, each["state"], each["said"], each["fix"]) for each in told["checks"]}


def finding(data: Path, name: str, **options: str) -> Found:
    return findings(data, **options)[name]


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation as `offenraum init` leaves it."""
    data = tmp_path_factory.mktemp("first")
    run = [*PROGRAM, "init", "--data", str(data), *START]
    subprocess.run(run, env=plain_environment(), check=True, capture_output=True, timeout=240)
    return data


@pytest.fixture
def data(first: Path, tmp_path: Path) -> Path:
    """A copy of that installation, to be damaged."""
    subprocess.run(["cp", "-a", str(first), str(tmp_path / "copy")], check=True)
    return tmp_path / "copy"


def test_check_finds_all_well_and_says_so_in_lines(data: Path) -> None:
    finished = check(data)
    assert finished.returncode == 0, finished.stdout
    names = [line.split(":")[0] for line in finished.stdout.splitlines() if not line.startswith(" ")]
    assert names == [
        "ok     settings", "ok     database", "note   mail", "ok     clock", "ok     disk", "ok     fonts",
        "ok     front end",
    ]


def test_check_of_an_empty_folder_names_init_and_makes_nothing(tmp_path: Path) -> None:
    found = findings(tmp_path)
    assert {name: found[name][::3] for name in ("settings", "database")} == dict.fromkeys(
        ("settings", "database"), (1, "offenraum init")
    )
    assert finding(tmp_path / "none", "disk")[::3] == (1, "offenraum init")
    assert list(tmp_path.iterdir()) == []


def test_check_reports_settings_that_cannot_be_read(data: Path) -> None:
    code, state, said, fix = finding(data, "settings", threads="many")
    assert (code, state, fix) == (1, "failed", "docs/reference/settings.md")
    assert "OFFENRAUM_THREADS" in said


def test_check_reports_a_file_of_settings_that_is_broken(data: Path) -> None:
    (data / "offenraum.toml").write_bytes(b"\xff = ")
    assert finding(data, "settings")[:2] == (1, "failed")


def test_check_reports_a_secret_that_others_can_read(data: Path) -> None:
    (data / "secret").chmod(0o640)
    assert finding(data, "settings")[::3] == (1, f"chmod 600 {data}/secret")


def test_check_reports_debug_mode(data: Path) -> None:
    assert finding(data, "settings", debug="true")[::3] == (1, "OFFENRAUM_DEBUG=false")


@pytest.mark.parametrize(
    ("https", "state"), [("false", "note"), pytest.param("true", "ok", marks=pytest.mark.long)]
)
def test_check_notes_a_public_name_without_a_secure_address(data: Path, https: str, state: str) -> None:
    assert finding(data, "settings", hosts="barcamp.example.org", https=https)[:2] == (0, state)


def test_check_reports_a_database_that_is_behind(data: Path) -> None:
    with sqlite3.connect(data / "offenraum.sqlite3") as opened:
        opened.execute("DELETE FROM django_migrations WHERE app = 'people' AND name = '0003_erasure'")
    assert finding(data, "database")[::3] == (1, "offenraum migrate")


def test_check_reports_a_damaged_database(data: Path) -> None:
    with (data / "offenraum.sqlite3").open("r+b") as file:
        file.seek(8192)
        file.write(os.urandom(200_000))
    assert finding(data, "database")[:2] == (1, "failed")


def test_check_reports_a_clock_that_is_behind_what_the_database_has_seen(data: Path) -> None:
    with sqlite3.connect(data / "offenraum.sqlite3") as opened:
        later = datetime.now(UTC) + timedelta(hours=1)
        opened.execute("UPDATE django_migrations SET applied = ?", (later.isoformat(" "),))
    assert finding(data, "clock")[::3] == (1, "timedatectl set-ntp true")


def test_check_reports_a_folder_that_cannot_be_written() -> None:
    assert finding(Path("/proc"), "disk")[:2] == (1, "failed")


@pytest.fixture
def durable_url() -> Iterator[str]:
    """An empty database on a PostgreSQL server that writes durably."""
    try:
        cluster = start_cluster(is_durable=True)
    except NoServer as error:
        pytest.skip(str(error))
    yield cluster.url
    cluster.stop()


def test_check_looks_at_postgresql(data: Path, durable_url: str) -> None:
    assert finding(data, "database", database=durable_url)[::3] == (1, "offenraum migrate")
    Server(data=data, database=durable_url).run("migrate")
    found = findings(data, database=durable_url)
    assert {name: found[name][:2] for name in ("clock", "database")} == {"clock": (0, "ok"), "database": (0, "ok")}


@pytest.mark.postgres
def test_check_reports_a_postgresql_that_does_not_write_durably(data: Path, postgres_url: str) -> None:
    fix = "Setzen Sie fsync und synchronous_commit auf on"
    assert finding(data, "database", database=postgres_url)[::3] == (1, fix)


def test_check_reports_a_postgresql_that_is_gone(data: Path) -> None:
    gone = f"postgres://nobody@127.0.0.1:{free_port()}/nothing"
    found = findings(data, database=gone)
    assert (found["database"][:2], found["clock"][1]) == ((1, "failed"), "note")


@dataclass
class Office:
    """What the mail server of a test is asked, and what it refuses."""

    heard: list[str] = field(default_factory=list)
    refused: str = ""

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.heard.append(f"MAIL {address}{' over TLS' if session.ssl else ''}")
        if address == self.refused:
            return "550 not one of ours"
        envelope.mail_from = address
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.heard.append("DATA")
        return "250 OK"


@pytest.fixture
def office() -> Office:
    return Office()


@pytest.fixture
def post(office: Office) -> Iterator[Controller]:
    """A mail server in the clear."""
    controller = Controller(office, hostname="127.0.0.1", port=free_port())
    controller.start()
    yield controller
    controller.stop()


def test_check_talks_to_the_mail_server_and_sends_nothing(data: Path, office: Office, post: Controller) -> None:
    found = finding(data, "mail", mail=f"smtp://127.0.0.1:{post.port}", mail_from="Camp <camp@example.org>")
    assert found == (0, "ok", "127.0.0.1 nimmt E-Mails von camp@example.org an", "")
    assert office.heard == ["MAIL camp@example.org"]


def test_check_reports_a_sender_that_the_mail_server_refuses(data: Path, office: Office, post: Controller) -> None:
    office.refused = "camp@example.org"
    code, state, said, fix = finding(data, "mail", mail=f"smtp://127.0.0.1:{post.port}", mail_from="camp@example.org")
    assert (code, state, "not one of ours" in said) == (1, "failed", True)
    assert fix == "Setzen Sie OFFENRAUM_MAIL_FROM auf eine eigene Adresse"


def test_check_reports_a_mail_server_that_does_not_answer(data: Path) -> None:
    assert finding(data, "mail", mail=f"smtp://127.0.0.1:{free_port()}")[:2] == (1, "failed")


def test_check_reports_a_mail_server_that_is_something_else(data: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        silent.settimeout(30)
        assert finding(data, "mail", mail=f"smtp+tls://127.0.0.1:{port}")[:2] == (1, "failed")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate of our own for 127.0.0.1, with its key in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(1).not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path_factory.mktemp("tls") / "localhost.pem"
    pem = serialization.Encoding.PEM
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    file.write_bytes(private + made.public_bytes(pem))
    return file


def authenticate(
    server: SMTP, session: Session, envelope: Envelope, mechanism: str, entered: LoginPassword
) -> AuthResult:
    return AuthResult(success=(entered.login, entered.password) == (b"camp", b"p@ss"), handled=True)


@pytest.fixture
def guarded_post(office: Office, certificate: Path) -> Iterator[Controller]:
    """A mail server that wants STARTTLS and a password."""
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate)
    controller = Controller(
        office, hostname="127.0.0.1", port=free_port(), tls_context=tls, require_starttls=True, auth_required=True,
        authenticator=authenticate,
    )
    controller.start()
    yield controller
    controller.stop()


def test_check_signs_in_to_a_mail_server_over_tls(
    data: Path, office: Office, guarded_post: Controller, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    mail = f"smtp+tls://camp:p%40ss@localhost:{guarded_post.port}"
    assert finding(data, "mail", mail=mail, mail_from="camp@example.org")[:2] == (0, "ok")
    assert office.heard == ["MAIL camp@example.org over TLS"]


def test_check_reports_a_wrong_password_for_mail(
    data: Path, guarded_post: Controller, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    assert finding(data, "mail", mail=f"smtp+tls://camp:wrong@localhost:{guarded_post.port}")[:2] == (1, "failed")


def test_check_trusts_no_certificate_that_nobody_vouches_for(data: Path, guarded_post: Controller) -> None:
    code, state, said, _fix = finding(data, "mail", mail=f"smtp+tls://camp:p%40ss@localhost:{guarded_post.port}")
    assert (code, state, "certificate verify failed" in said) == (1, "failed", True)
