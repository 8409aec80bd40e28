"""The checks of an installation, each asked by itself in this process."""

from __future__ import annotations

import json
import shutil
from collections import namedtuple
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from offenraum.conference.actions.letters import write_letter
from offenraum.post.actions import queue_account_letter
from offenraum.post.models import Letter
from offenraum.project import settings as own_settings
from offenraum.project.checks import Finding, State, built, configuration, machine
from offenraum.project.checks.findings import Note, Problem, found
from offenraum.project.checks.mail import lost_account_letters
from offenraum.project.commands.check import as_json, in_lines
from offenraum.project.options import Options, OptionsError
from tests.day import NOON, make_conference

Usage = namedtuple("Usage", "total used free")
MEGABYTE = 1024 * 1024


def raising(error: Exception) -> str:
    raise error


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (None, Finding("x", State.OK, "well")),
        (Note("little", "more"), Finding("x", State.NOTE, "little", "more")),
        (Problem("broken", "mend"), Finding("x", State.FAILED, "broken", "mend")),
    ],
)
def test_what_a_check_says_becomes_a_finding(error: Exception | None, expected: Finding) -> None:
    assert found("x", lambda: raising(error) if error else "well") == expected


def test_findings_are_told_in_lines_and_as_json() -> None:
    findings = [Finding("disk", State.OK, "Platz"), Finding("mail", State.FAILED, "fort", "Straße")]
    assert in_lines(findings) == "ok     disk: Platz\nFAILED mail: fort\n       → Straße\n"
    assert as_json(findings, is_ok=False) == (
        '{"ok": false, "checks": [{"name": "disk", "state": "ok", "said": "Platz", "fix": ""}, '
        '{"name": "mail", "state": "failed", "said": "fort", "fix": "Straße"}]}\n'
    )


# What set-up makes.


@pytest.fixture
def static(settings: Settings, tmp_path: Path) -> Path:
    settings.PACKAGE = tmp_path
    folder = tmp_path / "kit" / "static" / "kit"
    folder.mkdir(parents=True)
    return folder


@pytest.mark.parametrize("manifest", [None, "", "{", '["a"'])
def test_list_of_built_files_that_is_missing_or_broken_names_set_up(static: Path, manifest: str | None) -> None:
    if manifest is not None:
        (static / "manifest.json").write_text(manifest)
    finding = found("front end", built.check_front_end)
    assert (finding.state, finding.fix) == (State.FAILED, "make setup")


def test_built_file_that_is_missing_is_named(static: Path) -> None:
    (static / "manifest.json").write_text(json.dumps({"app.css": "app.1.css", "app.js": "app.2.js", "b": "b.3.js"}))
    (static / "app.1.css").touch()
    finding = found("front end", built.check_front_end)
    assert (finding.state, finding.said.endswith(": app.2.js, b.3.js")) == (State.FAILED, True)
    for name in ("app.2.js", "b.3.js"):
        (static / name).touch()
    assert found("front end", built.check_front_end).state is State.OK


# The disk.


@pytest.mark.parametrize(
    ("free", "state"),
    [
        (200 * MEGABYTE - 1, State.FAILED), (200 * MEGABYTE, State.NOTE), (1024 * MEGABYTE - 1, State.NOTE),
        (1024 * MEGABYTE, State.OK),
    ],
)
def test_disk_must_have_room(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: int, state: State
) -> None:
    settings.DATA = tmp_path
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: Usage(free, 0, free))
    finding = found("disk", machine.check_disk)
    assert (finding.state, finding.said.startswith(str(free // MEGABYTE))) == (state, True)
    assert list(tmp_path.iterdir()) == []


def test_data_folder_that_is_a_file_is_no_folder(settings: Settings, tmp_path: Path) -> None:
    settings.DATA = tmp_path / "data"
    settings.DATA.touch()
    finding = found("disk", machine.check_disk)
    assert (finding.state, finding.fix) == (State.FAILED, "offenraum init")


# Settings and secret.


@pytest.mark.parametrize(
    ("hosts", "expected"),
    [
        (["127.0.0.1", "localhost", "[::1]"], False), ([], False), (["localhost", "camp.example"], True),
        ([".example.org"], True), (["*"], True), (["0.0.0.0"], True),  # noqa: S104 - a name, nothing listens
    ],
)
def test_installation_is_public_when_any_name_is_not_this_machine(
    settings: Settings, hosts: list[str], expected: bool
) -> None:
    settings.ALLOWED_HOSTS = hosts
    assert configuration.is_public() is expected


@pytest.mark.parametrize(
    ("mode", "state"), [(0o600, State.OK), (0o400, State.OK), (0o604, State.FAILED), (0o620, State.FAILED)]
)
def test_secret_is_for_its_owner_only(settings: Settings, tmp_path: Path, mode: int, state: State) -> None:
    settings.DATA, settings.OPTIONS, settings.DEBUG = tmp_path, Options(), False
    settings.ALLOWED_HOSTS = ["localhost"]
    (tmp_path / "secret").write_text("x" * 50)
    (tmp_path / "secret").chmod(mode)
    assert found("settings", configuration.check_settings).state is state


@pytest.mark.parametrize("content", [b"", b" \n", b"\xff\xfe"])
def test_secret_that_cannot_be_read_stops_the_start_and_names_its_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes
) -> None:
    """An empty one is what a full disk leaves behind."""
    monkeypatch.setattr(own_settings, "DATA", tmp_path)
    monkeypatch.setattr(own_settings, "OPTIONS", Options())
    (tmp_path / "secret").write_bytes(content)
    with pytest.raises(OptionsError, match=f"^{tmp_path}/secret"):
        own_settings.read_secret()


def test_secret_comes_from_the_option_then_the_file_then_chance(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own_settings, "DATA", tmp_path)
    monkeypatch.setattr(own_settings, "OPTIONS", Options())
    assert own_settings.read_secret() != own_settings.read_secret()
    (tmp_path / "secret").write_text("from the file\n")
    assert own_settings.read_secret() == "from the file"
    monkeypatch.setattr(own_settings, "OPTIONS", Options(secret="from the option"))
    assert own_settings.read_secret() == "from the option"


@pytest.mark.django_db
def test_letters_to_accounts_that_did_not_arrive_are_counted_and_others_are_not() -> None:
    about = {"to": "ayse@example.org", "subject": "Neu", "text": "Neu", "language": "de", "now": NOON}
    lost, sent = queue_account_letter(**about), queue_account_letter(**about)
    conference = make_conference()
    write_letter(
        conference=conference, kind="reminder", key="1", to="bernd@example.org", values={}, language="de", now=NOON
    )
    Letter.objects.exclude(pk=sent.pk).update(state="failed")
    assert (lost.kind, lost_account_letters()) == ("account", 1)
