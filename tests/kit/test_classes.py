"""Every class that a template uses is drawn by a style sheet; a misspelt one would pass unseen."""

from __future__ import annotations

import json
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BUILT = ROOT / "offenraum/kit/static/kit"
TAG = re.compile(r"{[{%].*?[%}]}")
ATTRIBUTE = re.compile(r'\bclass="((?:{[{%].*?[%}]}|[^"])*)"')


def drawn() -> set[str]:
    names: dict[str, str] = json.loads((BUILT / "manifest.json").read_text())
    css = "".join((BUILT / file).read_text() for name, file in names.items() if name.endswith(".css"))
    return set(re.findall(r"\.([a-zA-Z][\w-]*)", css))


def used(template: str) -> set[str]:
    """Class names outside template tags; one that a tag completes (`tag--{{ tone }}`) cannot be read here."""
    words = {word for attribute in ATTRIBUTE.findall(template) for word in TAG.sub("\0", attribute).split()}
    return {word for word in words if "\0" not in word}


def test_every_class_of_a_template_is_drawn() -> None:
    known = drawn()
    templates = sorted((ROOT / "offenraum").glob("*/templates/**/*.html"))
    unknown = [
        f"{file.relative_to(ROOT)}: {name}" for file in templates for name in sorted(used(file.read_text()) - known)
    ]
    assert len(templates) > 20
    assert unknown == []


def test_names_are_read_around_template_tags() -> None:
    assert used('<p class="card {% if a %}card--current{% endif %} tag--{{ tone }}">') == {"card"}
    assert used('<p class="live">') == {"live"}
