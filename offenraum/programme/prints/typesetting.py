"""PDF/UA and pictures by typst: text is passed as values, so nothing that people write is ever source."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import segno
import typst

FOLDER: Final = Path(__file__).parent
FONTS: Final = FOLDER.parents[1] / "kit/static/kit"
FAMILIES: Final = '("FiraLatin", "FiraExten", "FiraGreek", "FiraCyril", "FiraVietn", "Libertinus Serif")'
LETTERS: Final = f"#set text(font: {FAMILIES})\n".encode()
"""Fira Sans as on screens; front-end set-up writes each range as a family of its own."""

COMPILE: Final[Callable[..., Any]] = typst.compile
STANDARD: Final = "ua-1"
SURELY_COVERED: Final = 0x250
MISSING: Final = "\N{WHITE SQUARE}"
PROBE: Final = LETTERS + b'#set document(title: "probe")\n#set text(lang: "de")\n#text(sys.inputs.sign)'
PIXELS_AN_INCH: Final = 72
"""Points are pixels."""


def typeset(source: str, sheet: Mapping[str, Any], *, folder: Path = FOLDER) -> bytes:
    """The PDF/UA-1 file of `<source>.typ` with the values of `sheet`, which the source reads as `sys.inputs.sheet`."""
    return bytes(compiled(source, sheet, folder, format="pdf", pdf_standards=STANDARD))


def picture(source: str, sheet: Mapping[str, Any], *, folder: Path = FOLDER) -> bytes:
    """The first page as a PNG of as many pixels as it has points."""
    pages = compiled(source, sheet, folder, format="png", ppi=PIXELS_AN_INCH)
    return bytes(pages[0]) if isinstance(pages, list) else bytes(pages)


def compiled(source: str, sheet: Mapping[str, Any], folder: Path, **output: Any) -> Any:
    """A file, or a list of files when there are several pages and the format knows only one."""
    return COMPILE(
        LETTERS + (folder / f"{source}.typ").read_bytes(), ignore_system_fonts=True, font_paths=[str(FONTS)],
        sys_inputs={"sheet": json.dumps(printable(dict(sheet)), ensure_ascii=False)}, **output,
    )


def qr_svg(address: str) -> str:
    """A QR as a drawing that a source can place."""
    drawn: str = segno.make(address, error="m", micro=False).svg_inline(border=2, dark="#000", light="#fff", scale=4)
    return drawn.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)


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
        COMPILE(
            PROBE, format="pdf", sys_inputs={"sign": sign}, pdf_standards=STANDARD, ignore_system_fonts=True,
            font_paths=[str(FONTS)],
        )
    except typst.TypstError:
        return False
    return True
