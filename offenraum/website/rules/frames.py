"""Which other sites may show our programme in a frame."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit

HOST: Final = re.compile(r"(\*\.)?([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]|localhost")
MOST_HOSTS: Final = 20


class NoOrigin(ValueError):
    """A line that names no site; carries the line."""


def origins_of(text: str) -> list[str]:
    """The sites of a list, one a line, as Content-Security-Policy names them; raises NoOrigin."""
    lines = [line.strip().lower().rstrip("/") for line in text.splitlines()]
    return [origin_of(line) for line in lines if line]


def origin_of(line: str) -> str:
    """https://www.example.de from www.example.de, www.example.de:8443 or https://www.example.de."""
    address = line if "://" in line else f"https://{line}"
    try:
        parts = urlsplit(address)
        port = f":{parts.port}" if parts.port else ""
    except ValueError as error:
        raise NoOrigin(line) from error
    is_plain = not (parts.path or parts.query or parts.fragment or parts.username)
    if parts.scheme not in {"https", "http"} or not is_plain or not HOST.fullmatch(parts.hostname or ""):
        raise NoOrigin(line)
    return f"{parts.scheme}://{parts.hostname}{port}"
