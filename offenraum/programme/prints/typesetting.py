"""The prints of the programme by name; how they are set stands in the kit."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from offenraum.kit import typesetting

FOLDER: Final = Path(__file__).parent


def typeset(source: str, sheet: Mapping[str, Any], *, folder: Path = FOLDER) -> bytes:
    """The PDF/UA-1 file of `<source>.typ` with the values of `sheet`, which the source reads as `sys.inputs.sheet`."""
    return typesetting.typeset(folder / f"{source}.typ", sheet)


def picture(source: str, sheet: Mapping[str, Any], *, folder: Path = FOLDER) -> bytes:
    """The first page as a PNG of as many pixels as it has points."""
    return typesetting.picture(folder / f"{source}.typ", sheet)
