"""What a robot reads from a page: its regions, its forms, the buttons to vote with. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape

OPENING = re.compile(r"<(\w+)\b([^>]*\bdata-region=\"[^\"]+\"[^>]*)>")
ATTRIBUTE = re.compile(r"([\w-]+)=\"([^\"]*)\"")
HIDDEN = re.compile(r"<input\b[^>]*\btype=\"hidden\"[^>]*>")
VOTE = re.compile(r"formaction=\"[^\"]*/themen/(\d+)/interesse\"[^>]*\bdata-vote=\"(\d+)\"")
PRESSED = 'aria-pressed="true"'
RELEASED = 'aria-pressed="false"'
INSTANT = re.compile(r"<time datetime=\"[^\"]*:\d\d\.\d+[^\"]*\">[^<]*</time>")


@dataclass(frozen=True, slots=True)
class ShownRegion:
    """A region as a page shows it: its key, its version and what is inside."""

    key: str
    version: str
    html: str


@dataclass(frozen=True, slots=True, order=True)
class Votable:
    """A topic that has a vote button: its number in addresses, its id in the own state."""

    number: int
    topic: int


def regions_in(html: str) -> list[ShownRegion]:
    """All regions of a page; the own votes painted into them are taken out again."""
    found = []
    for opening in OPENING.finditer(html):
        attributes = attributes_of(opening[2])
        inside = html[opening.end() : end_of(html, opening[1], opening.end())]
        found.append(ShownRegion(attributes["data-region"], attributes.get("data-version", ""), unpainted(inside)))
    return found


def end_of(html: str, tag: str, start: int) -> int:
    """Where the element closes whose content begins at `start`."""
    depth = 1
    for match in re.compile(rf"<(/?){tag}\b").finditer(html, start):
        depth += -1 if match[1] else 1
        if depth == 0:
            return match.start()
    return len(html)


def unpainted(html: str) -> str:
    return html.replace(PRESSED, RELEASED)


def comparable(html: str) -> str:
    """What two renderings of one state have in common: without own votes and without the instant of rendering."""
    return INSTANT.sub("", unpainted(html))


def attributes_of(text: str) -> dict[str, str]:
    return {name: unescape(value) for name, value in ATTRIBUTE.findall(text)}


def hidden_fields(html: str) -> dict[str, str]:
    """Names and values of all hidden fields."""
    inputs = (attributes_of(tag) for tag in HIDDEN.findall(html))
    return {field["name"]: field.get("value", "") for field in inputs if "name" in field}


def votables_in(html: str) -> list[Votable]:
    """The topics one can vote for here."""
    return sorted({Votable(int(number), int(topic)) for number, topic in VOTE.findall(html)})
