"""PDF/UA by typst: text is passed as values, so nothing that people write is ever source."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import typst

FOLDER: Final = Path(__file__).parent
STANDARD: Final = "ua-1"
SURELY_COVERED: Final = 0x250
MISSING: Final = "\N{WHITE SQUARE}"
PROBE: Final = b'#set document(title: "probe")\n#set text(lang: "de")\n#text(sys.inputs.sign)'


def typeset(source: str, sheet: Mapping[str, Any], *, folder: Path = FOLDER) -> bytes:
    """The PDF/UA-1 file of `<source>.typ` with the values of `sheet`, which the source reads as `sys.inputs.sheet`."""
    return bytes(
        typst.compile(
            (folder / f"{source}.typ").read_bytes(), format="pdf", pdf_standards=STANDARD, ignore_system_fonts=True,
            sys_inputs={"sheet": json.dumps(printable(dict(sheet)), ensure_ascii=False)},
        )
    )


def printable(value: Any) -> Any:
    """The same value with each sign that no font has replaced by a square, so that one name never stops a print."""
    if isinstance(value, dict):
        return {key: printable(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [printable(one) for one in value]
    return "".join(sign if is_covered(sign) else MISSING for sign in value) if isinstance(value, str) else value


@lru_cache(maxsize=4096)
def is_covered(sign: str) -> bool:
    """Whether the fonts that come with the program have a sign; only the compiler knows for sure."""
    if ord(sign) < SURELY_COVERED:
        return True
    try:
        typst.compile(
            PROBE, format="pdf", sys_inputs={"sign": sign}, pdf_standards=STANDARD, ignore_system_fonts=True
        )
    except typst.TypstError:
        return False
    return True
