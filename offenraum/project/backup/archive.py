"""The file of a backup: a tar with the database, uploaded files, the notes of erasures and a list of what is in it."""

from __future__ import annotations

import hashlib
import json
import os
import tarfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any, Final

from django.utils.translation import gettext as _

LIST: Final = "about.json"
FORM: Final = 1
BLOCK: Final = 1024 * 1024
SECRET: Final = "secret"  # noqa: S105 - the name of a file


class Broken(Exception):
    """A file that is no backup of ours, or not the one that was written."""


@dataclass(frozen=True, kw_only=True)
class About:
    """What is in a backup: `counts` are rows by table, `digests` are SHA-256 by name."""

    made_at: str
    program: str
    database: str
    migrations: list[str]
    counts: dict[str, int]
    digests: dict[str, str] = field(default_factory=dict)
    form: int = FORM


def digest_of_file(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def pack(target: Path, *, about: About, files: Mapping[str, Path]) -> About:
    """Write a backup in one step, readable by its owner only; what exists under this name stays as it is."""
    whole = About(**asdict(about) | {"digests": {name: digest_of_file(file) for name, file in files.items()}})
    fresh = target.with_name(f".{target.name}.new")
    handle = os.open(fresh, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(handle, "wb") as stream:
            with tarfile.open(fileobj=stream, mode="w") as tar:
                add_list(tar, whole, target.parent)
                for name, file in files.items():
                    tar.add(file, arcname=name, recursive=False)
            stream.flush()
            os.fsync(stream.fileno())
        fresh.replace(target)
    finally:
        fresh.unlink(missing_ok=True)
    return whole


def add_list(tar: tarfile.TarFile, about: About, folder: Path) -> None:
    file = folder / f".{LIST}.{os.getpid()}"
    file.write_text(json.dumps(asdict(about), indent=1))
    try:
        tar.add(file, arcname=LIST)
    finally:
        file.unlink()


def unpack(source: Path, folder: Path) -> About:
    """Lay the files of a backup into an empty folder and compare them with its list; raises Broken."""
    try:
        with tarfile.open(source) as tar:
            about = read_list(tar)
            for name in about.digests:
                lay(tar, name, folder)
    except (tarfile.TarError, OSError, KeyError, ValueError, TypeError, AttributeError) as error:
        raise Broken(_("%(file)s is no backup of Offenraum: %(error)s") % {"file": source, "error": error}) from error
    wrong = [name for name, digest in about.digests.items() if digest_of_file(folder / name) != digest]
    if wrong:
        raise Broken(_("%(file)s is damaged: %(names)s") % {"file": source, "names": ", ".join(wrong)})
    return about


def read_list(tar: tarfile.TarFile) -> About:
    stream = tar.extractfile(LIST)
    given: dict[str, Any] = json.loads(stream.read()) if stream else {}
    if given.get("form") != FORM:
        raise ValueError(_("unknown form %(form)s") % {"form": given.get("form")})
    return About(**given)


def lay(tar: tarfile.TarFile, name: str, folder: Path) -> None:
    """Write one file of the archive; a name that leads elsewhere is refused."""
    path = PurePosixPath(name)
    stream = tar.extractfile(name)
    if stream is None or path.is_absolute() or ".." in path.parts:
        raise ValueError(name)
    target = folder / path
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with target.open("wb") as output:
        while block := stream.read(BLOCK):
            output.write(block)
