"""Lines of the log without personal data: addresses and what a database quotes from rows are left out."""

from __future__ import annotations

import logging
import re
from typing import Final

EMAIL: Final = re.compile(r"(?<![^\s<>\"'(),;:=])[^\s<>\"'(),;:=]+@[^\s<>\"'(),;:]+")
"""Begins only where a word begins: else a long one, as a stranger may send, is searched from each of its letters."""
QUOTED: Final = re.compile(r"^(DETAIL|CONTEXT|LINE \d+):.*$|\bKey \(.{0,500}?\)=\(.{0,500}?\)", re.MULTILINE)


class DiscreetFormatter(logging.Formatter):
    """Formats as usual, then takes out what could name somebody, also from tracebacks."""

    def format(self, record: logging.LogRecord) -> str:
        return discreet(super().format(record))


def discreet(text: str) -> str:
    return EMAIL.sub("…@…", QUOTED.sub("(left out)", text))
