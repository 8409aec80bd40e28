"""What the demonstration says in the terminal."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django.utils.translation import gettext as _


def terminal_language(environment: Mapping[str, str] = os.environ) -> str:
    """German or English, as the terminal is set up."""
    chosen = environment.get("LC_ALL") or environment.get("LC_MESSAGES") or environment.get("LANG") or ""
    return "de" if chosen.startswith("de") else "en"


def say(text: str = "") -> None:
    """One line, at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


@contextmanager
def step(name: str) -> Iterator[None]:
    """Say how long something took."""
    started = time.monotonic()
    yield
    say(_("demo: {name}: {seconds:.1f} s").format(name=name, seconds=time.monotonic() - started))
