"""What an operator can use is described: every setting and every command has a heading."""

from __future__ import annotations

import re
from pathlib import Path

from offenraum.project.command import COMMANDS
from offenraum.project.options import PREFIX, Options

REFERENCE = Path(__file__).resolve().parents[2] / "docs/reference"


def headings(name: str) -> list[str]:
    return re.findall(r"^## `?([^`\n]+?)`?$", (REFERENCE / name).read_text(), re.MULTILINE)


def test_every_setting_has_a_heading() -> None:
    assert headings("settings.md") == [f"{PREFIX}{name.upper()}" for name in Options.model_fields]


def test_every_command_has_a_heading() -> None:
    assert headings("commands.md") == [f"offenraum {name}" for name in COMMANDS]
