"""PDF/UA and pictures by typst: text is passed as values, so nothing that people write is ever source."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import typst

from offenraum.kit.crew import crew

FONTS: Final = Path(__file__).parent / "static/kit"
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


def typeset(source: Path, sheet: Mapping[str, Any]) -> bytes:
    """The PDF/UA-1 file of a typst source with the values of `sheet`, which the source reads as `sys.inputs.sheet`."""
    return bytes(compiled(source, sheet, format="pdf", pdf_standards=STANDARD))


def picture(source: Path, sheet: Mapping[str, Any]) -> bytes:
    """The first page as a PNG of as many pixels as it has points."""
    pages = compiled(source, sheet, format="png", ppi=PIXELS_AN_INCH)
    return bytes(pages[0]) if isinstance(pages, list) else bytes(pages)


def compiled(source: Path, sheet: Mapping[str, Any], **output: Any) -> Any:
    """A file, or a list of files when there are several pages and the format knows only one."""
    inputs = {"sheet": json.dumps(printable(dict(sheet)), ensure_ascii=False)}
    with crew.aside():
        return COMPILE(
            LETTERS + source.read_bytes(), ignore_system_fonts=True, font_paths=[str(FONTS)], sys_inputs=inputs,
            **output,
        )


def printable(value: Any) -> Any:
    """The same value with each sign that no font has replaced by a square, so that one name never stops a print."""
    if isinstance(value, dict):
        return {key: printable(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [printable(one) for one in value]
    return "".join(sign if is_covered(sign) else MISSING for sign in value) if isinstance(value, str) else value


def uncovered(texts: Iterable[str]) -> str:
    """The signs in these texts that a print would replace, each once."""
    return "".join(dict.fromkeys(sign for text in texts for sign in text if not is_covered(sign)))


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
