"""What an operator may set, typed: from the environment or `offenraum.toml`; a wrong value stops the start."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

PREFIX = "OFFENRAUM_"
FILE_NAME = "offenraum.toml"


class OptionsError(Exception):
    """A setting is unknown or has a wrong value; the message names it."""


class Options(BaseModel):
    """Every setting of an installation; `docs/reference/settings.md` has a heading for each."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    data: Path = Path("data")
    secret: str = Field(default="", max_length=200)
    address: str = Field(default="http://127.0.0.1:8000", pattern=r"^https?://[^/\s]+$")
    operator: str = Field(default="", max_length=1000)
    hosts: list[str] = ["127.0.0.1", "localhost", "[::1]"]
    origins: list[str] = []
    database: str = ""
    bus: Literal["auto", "local", "postgres", "redis"] = "auto"
    redis: str = ""
    threads: int = Field(default=12, ge=1, le=64)
    connections: int = Field(default=12_000, ge=10, le=100_000)
    body_megabytes: int = Field(default=10, ge=1, le=200)
    behind_proxy: bool = False
    https: bool = False
    mail: str = Field(default="", pattern=r"^(smtp|smtp\+tls|smtps)://.+|^$")
    mail_from: str = "Offenraum <noreply@localhost>"
    debug: bool = False
    specimen: bool = False


def read_options(environment: Mapping[str, str]) -> Options:
    """Options from the environment over `offenraum.toml` in the data folder over the defaults."""
    given: dict[str, Any] = {}
    for name, value in environment.items():
        if name.startswith(PREFIX):
            given[name.removeprefix(PREFIX).lower()] = value
    file = Path(given.get("data", "data")) / FILE_NAME
    merged = read_file(file) | {name: as_list(name, value) for name, value in given.items()}
    try:
        return Options.model_validate(merged)
    except ValidationError as error:
        raise OptionsError(in_words(error)) from error


def read_file(path: Path) -> dict[str, Any]:
    if not path.is_file():
        return {}
    try:
        return tomllib.loads(path.read_text())
    except (ValueError, OSError) as error:
        raise OptionsError(f"{path}: {error}") from error


def as_list(name: str, value: str) -> str | list[str]:
    """Lists are written with commas in the environment."""
    if name in {"hosts", "origins"}:
        return [part.strip() for part in value.split(",") if part.strip()]
    return value


def in_words(error: ValidationError) -> str:
    lines = [f"{PREFIX}{'.'.join(map(str, e['loc'])).upper()}: {e['msg']}" for e in error.errors()]
    return "Settings: " + "; ".join(lines)
