"""What the browser is given: bytes, addresses, nothing from elsewhere."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BUILT = ROOT / "offenraum/kit/static/kit"
MANIFEST: dict[str, str] = json.loads((BUILT / "manifest.json").read_text())
KIB = 1024


def packed(name: str) -> int:
    return len(gzip.compress((BUILT / MANIFEST[name]).read_bytes(), 9))


@pytest.mark.parametrize(
    ("name", "limit"),
    [
        ("app.css", 18), ("site.css", 4), ("desk.css", 6), ("wall.css", 6), ("door.css", 4),
        ("phone.js", 25), ("pad.js", 2), ("together.js", 26), ("desk.js", 60), ("wall.js", 12), ("door.js", 12),
    ],
)
def test_built_file_stays_within_its_budget(name: str, limit: int) -> None:
    assert 200 < packed(name) <= limit * KIB


def test_fonts_of_a_page_with_european_names_stay_within_their_budget() -> None:
    names = [f"fira-sans-{part}-{weight}.woff2" for part in ("latin", "european") for weight in (400, 600)]
    assert sum((BUILT / MANIFEST[name]).stat().st_size for name in names) <= 50 * KIB


def test_icons_of_all_sheets_are_one_picture() -> None:
    sheets = [(BUILT / MANIFEST[f"{name}.css"]).read_text() for name in ("app", "site", "desk", "wall")]
    assert [sheet.count("data:image/svg+xml") for sheet in sheets] == [1, 0, 0, 0]


def test_page_of_a_phone_asks_for_its_scripts_after_its_styles() -> None:
    assert MANIFEST["phone.js"] in (BUILT / MANIFEST["start.js"]).read_text()
    assert (BUILT / MANIFEST["start.js"]).stat().st_size < 300


def test_font_ranges_do_not_overlap() -> None:
    css = (BUILT / MANIFEST["app.css"]).read_text()
    rules = re.findall(r"@font-face\{([^}]*unicode-range:[^}]*)\}", css)
    for weight in ("400", "600"):
        codes: list[int] = []
        for rule in [rule for rule in rules if f"font-weight:{weight}" in rule]:
            codes += codes_of(rule.partition("unicode-range:")[2])
        assert len(codes) == len(set(codes)) > 700
        assert {ord(letter) for letter in "aßÄéşğŁőčžĲ€–„“"} <= set(codes)


def codes_of(ranges: str) -> list[int]:
    """The code points of a list such as `U+20-7e,U+131`; a question mark stands for any digit."""
    codes: list[int] = []
    for part in ranges.split(","):
        first, _dash, last = part.strip().lower().removeprefix("u+").partition("-")
        low, high = (first.replace("?", "0"), first.replace("?", "f")) if "?" in first else (first, last or first)
        codes += range(int(low, 16), int(high, 16) + 1)
    return codes


def test_phone_page_loads_no_style_of_desk_wall_or_door() -> None:
    css = (BUILT / MANIFEST["app.css"]).read_text()
    assert ".topic__votes" in css
    assert not re.search(r"\.(piece|board__|slide|door__)", css)


def test_styles_and_modules_load_nothing_from_elsewhere() -> None:
    text = "".join((BUILT / name).read_text() for key, name in MANIFEST.items() if key.endswith((".css", ".js")))
    addresses = set(re.findall(r"""(?:https?:)?//[a-z0-9.-]+\.[a-z]{2,}[^\s"'`)]*""", text))
    said = {"https://github.com/yjs/yjs/issues/438"}  # a hint of Yjs for developers who load it twice
    assert {address for address in addresses - said if "w3.org" not in address} == set()


def test_every_custom_property_that_is_read_is_declared() -> None:
    shared = (BUILT / MANIFEST["app.css"]).read_text()
    for name in ("app.css", "site.css", "desk.css", "wall.css"):
        css = (BUILT / MANIFEST[name]).read_text()
        read = set(re.findall(r"var\((--[\w-]+)\)", css))
        declared = set(re.findall(r"(?<=[{;])(--[\w-]+):", css + shared))
        assert read - declared == set(), name


def test_compressed_copies_hold_the_same_bytes() -> None:
    for name in MANIFEST.values():
        if not name.endswith((".woff2", ".ttf")):
            assert gzip.decompress((BUILT / f"{name}.gz").read_bytes()) == (BUILT / name).read_bytes()
            assert (BUILT / f"{name}.br").is_file()


def test_lock_names_exact_versions_and_no_registry() -> None:
    package = json.loads((ROOT / "frontend/package.json").read_text())
    lock = json.loads((ROOT / "frontend/package-lock.json").read_text())
    asked = package["dependencies"] | package["devDependencies"]
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in asked.values())
    assert {name: lock["packages"][f"node_modules/{name}"]["version"] for name in asked} == asked
    assert not [name for name, entry in lock["packages"].items() if "resolved" in entry]
    assert all("integrity" in entry for name, entry in lock["packages"].items() if name)
