"""The operators' guide says what is true: its settings are read, its commands exist, its unit starts the program."""

from __future__ import annotations

import configparser
import re
import tomllib
from pathlib import Path

import pytest

from offenraum.project.command import COMMANDS
from offenraum.project.options import Options

GUIDE = (Path(__file__).resolve().parents[2] / "docs/guide/betrieb.md").read_text()


def blocks(kind: str) -> list[str]:
    """The code blocks of one kind; without a kind those of the shell."""
    return re.findall(rf"^```{kind}\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("block", blocks("toml"))
def test_settings_of_the_guide_are_accepted(block: str) -> None:
    given = tomllib.loads(block)
    assert Options.model_validate(given).model_dump(include=set(given)) == given


def test_commands_of_the_guide_exist() -> None:
    named = set(re.findall(r"(?:^|[/ `])offenraum ([a-z]+)", "\n".join(blocks("")) + GUIDE)) - {"offenraum"}
    assert {name for name in named if name not in COMMANDS} == set()
    assert {"init", "check", "migrate", "serve", "work", "rehearse"} <= named


def test_unit_of_the_guide_runs_as_its_own_user_and_migrates_first() -> None:
    unit = configparser.ConfigParser(strict=False)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    (found,) = [block for block in blocks("ini") if "[Service]" in block]
    unit.read_string(found)
    service = unit["Service"]
    assert service["ExecStartPre"].endswith("/offenraum migrate")
    assert service["ExecStart"].endswith("/offenraum serve")
    assert (service["User"], service["UMask"], service["Restart"]) == ("offenraum", "0077", "always")


@pytest.mark.parametrize(("kind", "said"), [("nginx", "proxy_buffering off;"), ("", "flush_interval -1")])
def test_proxies_of_the_guide_do_not_hold_the_stream_back(kind: str, said: str) -> None:
    (block,) = [block for block in blocks(kind) if said in block]
    assert re.search(r"/live/", block)


def test_guide_addresses_people_formally() -> None:
    assert re.findall(r"\b(du|dich|dein\w*|euch|euer\w*)\b", GUIDE, re.IGNORECASE) == []
