"""Where a demonstration lives: a folder of its own, never the one of a real installation. Knows no Django."""

from __future__ import annotations

import secrets
import tempfile
from collections.abc import MutableMapping
from pathlib import Path

from offenraum.project.options import PREFIX, OptionsError

MARK = "demo"


def prepare_folder(given: str | None, environment: MutableMapping[str, str]) -> bool:
    """Point the settings at the demonstration's folder alone; True when it is a temporary one."""
    for name in [name for name in environment if name.startswith(PREFIX)]:
        del environment[name]
    folder = Path(given) if given else Path(tempfile.mkdtemp(prefix="offenraum-demo-"))
    claim(folder)
    environment[f"{PREFIX}DATA"] = str(folder.resolve())
    environment[f"{PREFIX}SPECIMEN"] = "1"
    return given is None


def claim(folder: Path) -> None:
    """Take an empty folder or one of an earlier demonstration; anything else is somebody's installation."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if any(folder.iterdir()) and not (folder / MARK).is_file():
        raise OptionsError(f"{folder} holds something else. Please name an empty folder for the demonstration.")
    (folder / MARK).touch(mode=0o600)
    secret = folder / "secret"
    if not secret.exists():
        secret.touch(mode=0o600)
        secret.write_text(secrets.token_urlsafe(48))
