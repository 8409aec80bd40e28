"""What an operator may set, typed: from the environment or `offenraum.toml`; a wrong value stops the start."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import SplitResult, urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

PREFIX = "OFFENRAUM_"
FILE_NAME = "offenraum.toml"


class OptionsError(Exception):
    """A setting is unknown or has a wrong value; the message names it."""


def fit_database(url: str) -> str:
    parts = split(url)
    is_fit = parts and parts.scheme in {"postgres", "postgresql"} and parts.path.strip("/") and not parts.query
    if url and not is_fit:
        raise ValueError("must be postgres://user:password@host:port/name, with nothing behind it")
    return url


def fit_mail(url: str) -> str:
    parts = split(url)
    if url and not (parts and parts.scheme in {"smtp", "smtp+tls", "smtps"} and parts.hostname):
        raise ValueError("must be smtp://, smtp+tls:// or smtps:// with user:password@host:port")
    return url


def fit_networks(networks: list[str]) -> list[str]:
    for network in networks:
        ip_network(network)
    return networks


def split(url: str) -> SplitResult | None:
    """The parts of an address; None when host or port cannot be read. What it says may hold a password."""
    try:
        parts = urlsplit(url)
        return parts if parts.port != 0 else None
    except ValueError:
        return None


class Options(BaseModel):
    """Every setting of an installation; `docs/reference/settings.md` has a heading for each."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    data: Path = Path("data")
    secret: str = Field(default="", max_length=200)
    address: str = Field(default="http://127.0.0.1:8000", pattern=r"^https?://[^/\s]+$")
    operator: str = Field(default="", max_length=1000)
    hosts: list[str] = ["127.0.0.1", "localhost", "[::1]"]
    origins: list[str] = []
    database: Annotated[str, AfterValidator(fit_database)] = ""
    bus: Literal["auto", "local", "postgres", "redis"] = "auto"
    redis: str = ""
    threads: int = Field(default=12, ge=1, le=64)
    connections: int = Field(default=12_000, ge=10, le=100_000)
    body_megabytes: int = Field(default=10, ge=1, le=200)
    behind_proxy: bool = False
    https: bool = False
    mail: Annotated[str, AfterValidator(fit_mail)] = ""
    mail_from: str = "Offenraum <noreply@localhost>"
    webhook_networks: Annotated[list[str], AfterValidator(fit_networks)] = []
    keep_votes: int = Field(default=7, ge=0, le=7)
    keep_support: int = Field(default=14, ge=0, le=14)
    keep_letters: int = Field(default=14, ge=0, le=14)
    keep_check_in: int = Field(default=30, ge=0, le=30)
    keep_registration: int = Field(default=90, ge=0, le=90)
    keep_logs: int = Field(default=7, ge=0, le=7)
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
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (ValueError, OSError) as error:
        raise OptionsError(f"{path}: {error}") from error


def as_list(name: str, value: str) -> str | list[str]:
    """Lists are written with commas in the environment."""
    if name in {"hosts", "origins", "webhook_networks"}:
        return [part.strip() for part in value.split(",") if part.strip()]
    return value


def in_words(error: ValidationError) -> str:
    lines = [f"{PREFIX}{'.'.join(map(str, e['loc'])).upper()}: {e['msg']}" for e in error.errors()]
    return "Settings: " + "; ".join(lines)
