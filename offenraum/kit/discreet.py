"""Lines of the log without personal data: addresses, keys, and what errors quote from rows and forms are left out."""

from __future__ import annotations

import copy
import logging
import re
import traceback
from collections.abc import Iterator
from typing import Any, Final

EMAIL: Final = re.compile(r"(?<![^\s<>\"'(),;:=])[^\s<>\"'(),;:=]+@[^\s<>\"'(),;:]+")
"""Begins only where a word begins: else a long one, as a stranger may send, is searched from each of its letters."""
QUOTED: Final = re.compile(r"^(DETAIL|CONTEXT|LINE \d+):.*$|\bKey \(.{0,500}?\)=\(.{0,500}?\)", re.MULTILINE)
SAID: Final = re.compile(r"""'[^'\n]{0,400}'|"[^"\n]{0,400}"|„[^“\n]{0,400}“""")
"""What the text of an error quotes: Python and libraries put what was typed in quotation marks."""
KEY: Final = re.compile(r"(?<![\w-])(?=[\w-]{,60}\d)(?=[\w-]{,60}[A-Z])[A-Za-z0-9_-]{20,}|\b[2-9A-Z]{4}-[2-9A-Z]{4}\b")
"""Keys in links, and the code that stands on a badge."""
NOT_OURS: Final = "an address that is not ours"


class DiscreetFormatter(logging.Formatter):
    """Formats as usual, then takes out what could name somebody, also from tracebacks."""

    def format(self, record: logging.LogRecord) -> str:
        request = getattr(record, "request", None)
        plain = routed(record, request) if request is not None else copy.copy(record)
        plain.exc_text = None
        if isinstance(plain.args, tuple):
            plain.args = tuple(unquoted(str(part)) if isinstance(part, BaseException) else part for part in plain.args)
        return discreet(super().format(plain))

    def formatException(self, ei: Any) -> str:  # noqa: N802 - named by logging
        """The traceback with each error's kind and its text without what it quotes."""
        return "\n".join(told(ei[1]))


def told(error: BaseException) -> Iterator[str]:
    """The lines of an error, after those of the errors before it."""
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before is not None:
        yield from told(before)
        yield "which led to:"
    yield "Traceback (most recent call last):"
    yield "".join(traceback.format_tb(error.__traceback__)).rstrip("\n")
    text = unquoted(str(error))
    yield f"{type(error).__name__}: {text}" if text else type(error).__name__


def unquoted(text: str) -> str:
    """The text of an error without what it quotes and without keys."""
    return KEY.sub("…", SAID.sub("…", text))


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
