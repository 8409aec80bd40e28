"""Rules about the code itself: sizes, imports, what may be in the repository."""

from __future__ import annotations

import ast
import json
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PRODUCT = ROOT / "offenraum"
OWN_FORMS = {
    "py", "toml", "md", "html", "js", "mjs", "scss", "css", "svg", "txt", "in", "po", "json", "typ", "yml", "npmrc",
    "gitignore", "gitattributes", "run", "Makefile", "LICENSE", "png", "avif", "webp",
}
MOST_FIGURES = {
    "function median": 8, "function p90": 25, "file p90": 250, "file most": 400,
}


@cache
def committed() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True).stdout
    return [ROOT / name for name in listed.decode().split("\0") if name]


def sources() -> list[Path]:
    """The Python files of the product; migrations are written by Django."""
    return sorted(p for p in PRODUCT.rglob("*.py") if "migrations" not in p.parts)


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)))


def lines_of(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    assert node.end_lineno is not None
    return node.end_lineno - node.lineno + 1


def at(share: float, values: list[int]) -> int:
    return sorted(values)[int(len(values) * share)]


def test_code_keeps_its_figures() -> None:
    files = [len(path.read_text().splitlines()) for path in sources()]
    lengths = [lines_of(node) for path in sources() for node in functions(ast.parse(path.read_text()))]
    figures = {
        "function median": at(0.5, lengths), "function p90": at(0.9, lengths),
        "file p90": at(0.9, files), "file most": max(files),
    }
    assert {name: value for name, value in figures.items() if value > MOST_FIGURES[name]} == {}


def test_code_imports_at_the_top() -> None:
    late = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in sources()
        for function in functions(ast.parse(path.read_text()))
        for node in ast.walk(function)
        if isinstance(node, (ast.Import, ast.ImportFrom))
    ]
    assert late == []


def test_code_has_nothing_left_to_do() -> None:
    marks = ["TO" + "DO", "FIX" + "ME", "HA" + "CK"]
    pattern = re.compile(rf"\b({'|'.join(marks)})\b")
    texts = [p for p in committed() if p.is_file() and p.suffix in {".py", ".html", ".js", ".mjs", ".scss", ".md"}]
    assert [str(p.relative_to(ROOT)) for p in texts if pattern.search(p.read_text())] == []


def test_templates_carry_no_script_and_no_style() -> None:
    """The content security policy refuses them; a browser would show a broken page."""
    inline_script = r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/(ld\+)?json\")"
    pattern = re.compile(rf"<style|\sstyle=|\son[a-z]+=\"|{inline_script}", re.IGNORECASE)
    assert [str(p.relative_to(ROOT)) for p in PRODUCT.rglob("*.html") if pattern.search(p.read_text())] == []


def test_only_actions_announce_changes() -> None:
    pattern = re.compile(r"^(from offenraum\.live\.changes import|import offenraum\.live\.changes)", re.MULTILINE)
    users = [path.relative_to(PRODUCT) for path in sources() if pattern.search(path.read_text())]
    assert [str(p) for p in users if p.parts[1] not in {"actions", "actions.py"} and p.parts[0] != "live"] == []
    assert users


@pytest.mark.parametrize("name", ["product", "develop", "node"])
def test_locks_of_python_pin_hashes_and_name_no_address(name: str) -> None:
    text = (ROOT / "requirements" / f"{name}.txt").read_text()
    pinned = re.findall(r"^([a-z0-9._-]+)==", text, re.MULTILINE | re.IGNORECASE)
    hashed = re.findall(r"^([a-z0-9._-]+)==[^\n]*\\\n +--hash=sha256:", text, re.MULTILINE | re.IGNORECASE)
    assert (pinned, re.findall(r"https?://|--index|--find-links", text)) == (hashed, [])
    assert pinned


def test_lock_of_the_front_end_names_no_address() -> None:
    lock = json.loads((ROOT / "frontend/package-lock.json").read_text())
    packages = {name: package for name, package in lock["packages"].items() if name}
    assert [name for name, package in packages.items() if "resolved" in package] == []
    assert [name for name, package in packages.items() if "integrity" not in package] == []


def test_repository_holds_only_own_forms_of_file() -> None:
    forms = {p: p.name.rpartition(".")[2] for p in committed()}
    assert [str(p.relative_to(ROOT)) for p, form in forms.items() if form not in OWN_FORMS] == []


def test_repository_holds_nothing_of_others() -> None:
    """Packages come by their locks; a copy in the tree would never be updated."""
    marks = re.compile(r"node_modules|/vendor/|\.min\.(js|css)$|/third[-_]party/|\.woff2?$|\.ttf$")
    assert [str(p.relative_to(ROOT)) for p in committed() if marks.search(str(p.relative_to(ROOT)))] == []
    notices = re.compile(r"Copyright \(c\)|@license|Licensed under the (MIT|Apache)", re.IGNORECASE)
    own = [p for p in committed() if p.suffix in {".py", ".js", ".mjs", ".scss"} and p != Path(__file__)]
    assert [str(p.relative_to(ROOT)) for p in own if notices.search(p.read_text())] == []


def test_no_test_waits_for_a_promise_as_for_its_answer() -> None:
    """`wait_for_function` takes a promise for true at once: `tests.waiting.eventually` waits for its answer."""
    asynchronous = re.compile(r"wait_for_function\(\s*(?:[A-Z_]+\b|[frb]*\"+\s*(?:async|[^\"]*Promise))")
    files = (ROOT / "tests").rglob("*.py")
    assert [str(path.relative_to(ROOT)) for path in files if asynchronous.search(path.read_text())] == []
