"""Lines of the log without personal data: addresses and what a database quotes from rows are left out."""

from __future__ import annotations

import copy
import logging
import re
from typing import Any, Final

EMAIL: Final = re.compile(r"(?<![^\s<>\"'(),;:=])[^\s<>\"'(),;:=]+@[^\s<>\"'(),;:]+")
"""Begins only where a word begins: else a long one, as a stranger may send, is searched from each of its letters."""
QUOTED: Final = re.compile(r"^(DETAIL|CONTEXT|LINE \d+):.*$|\bKey \(.{0,500}?\)=\(.{0,500}?\)", re.MULTILINE)
NOT_OURS: Final = "an address that is not ours"


class DiscreetFormatter(logging.Formatter):
    """Formats as usual, then takes out what could name somebody, also from tracebacks."""

    def format(self, record: logging.LogRecord) -> str:
        request = getattr(record, "request", None)
        return discreet(super().format(routed(record, request) if request is not None else record))


def routed(record: logging.LogRecord, request: Any) -> logging.LogRecord:
    """A record that names the route of a request, not its path: keys of seats and what people typed stand in paths."""
    path = str(getattr(request, "path", ""))
    said = {path, path.encode("unicode_escape").decode()}
    plain = copy.copy(record)
    if isinstance(record.args, tuple):
        plain.args = tuple(route_of(request) if part in said else part for part in record.args)
    return plain


def route_of(request: Any) -> str:
    match = getattr(request, "resolver_match", None)
    return f"/{match.route}" if match else NOT_OURS


def discreet(text: str) -> str:
    return EMAIL.sub("…@…", QUOTED.sub("(left out)", text))
