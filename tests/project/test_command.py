"""The command line: one subcommand each, a folder for all of them, and what is wrong said in one line."""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from offenraum.project import command
from offenraum.project.command import COMMANDS, main, prepare


@pytest.mark.parametrize(
    ("arguments", "code"), [([], 2), (["--help"], 0), (["-h"], 0), (["brew"], 2), (["brew", "--help"], 2), ([""], 2)]
)
def test_unknown_command_is_told_which_there_are(
    arguments: list[str], code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == code
    names = "init,serve,work,demo,rehearse,check,bounce,migrate,backup,restore,verify,import,decode,listen,history,"
    names += "ask,services,plan"
    assert capsys.readouterr().err == f"usage: offenraum {{{names}}} …\n"


def test_every_command_is_a_module_with_a_main() -> None:
    assert [name for name, module in COMMANDS.items() if not callable(importlib.import_module(module).main)] == []


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """An environment that is as it was afterwards."""
    monkeypatch.setattr(os, "environ", {"OFFENRAUM_DATA": "before"})


@pytest.mark.usefixtures("environment")
@pytest.mark.parametrize(
    ("arguments", "rest", "data"),
    [
        (["--data", "here", "--port", "1"], ["--port", "1"], "here"),
        (["--port", "1", "--data=here"], ["--port", "1"], "here"),
        (["--port", "1"], ["--port", "1"], "before"),
        (["--dat", "here"], ["--dat", "here"], "before"),
        (["--data", ""], [], "before"),
    ],
)
def test_folder_is_taken_from_the_arguments_of_every_command(arguments: list[str], rest: list[str], data: str) -> None:
    assert prepare("serve", arguments) == rest
    assert os.environ["OFFENRAUM_DATA"] == data


@pytest.mark.usefixtures("environment")
def test_planner_gets_its_arguments_as_they_are() -> None:
    assert prepare("plan", ["--data", "problem.json"]) == ["--data", "problem.json"]
    assert (os.environ["OFFENRAUM_DATA"], "DJANGO_SETTINGS_MODULE" in os.environ) == ("before", False)


@pytest.mark.usefixtures("environment")
def test_demonstration_in_somebody_elses_folder_is_refused_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "offenraum.sqlite3").touch()
    assert command.main(["demo", "--data", str(tmp_path)]) == 2
    said = capsys.readouterr()
    assert (said.out, said.err.count("\n"), str(tmp_path) in said.err) == ("", 1, True)


@pytest.mark.sample(3)
@pytest.mark.parametrize("name", ["work", *sorted(command.NEEDS_DATABASE)])
def test_command_on_an_empty_folder_names_what_is_missing(name: str, tmp_path: Path) -> None:
    environment = os.environ | {"OFFENRAUM_DATA": str(tmp_path), "OFFENRAUM_SECRET": "x" * 60, "OFFENRAUM_DATABASE": ""}
    program = Path(sys.executable).with_name("offenraum")
    ended = subprocess.run([program, name], check=False, env=environment, capture_output=True, text=True, timeout=240)
    assert (ended.returncode, ended.stderr) == (
        1, f"offenraum {name}: the database is missing or older than the program: offenraum migrate\n"
    )
