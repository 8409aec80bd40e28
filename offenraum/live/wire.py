"""What travels on the stream: region keys, version tags and server-sent events. Pure: no Django, no clock, no database.

Formats: a key is `scope/name/language/variant[/argument]`; a tag is `epoch-version` in hexadecimal; several tags are
joined by dots in the order of their sorted keys. Events follow the HTML standard, section "Server-sent events".
"""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import quote

INLINE_BYTES = 4096
PACKED_BYTES = 12_288
KEY = re.compile(
    r"([a-z0-9][a-z0-9-]{0,79})/([a-z][a-z0-9-]{0,39})/([a-z]{2}(?:-[a-z-]{1,12})?)/(\d{1,3})(?:/([\w-]{1,80}))?",
    re.ASCII,
)
TAG = re.compile(r"([0-9a-f]{1,13})-([0-9a-f]{1,13})", re.ASCII)


class WireError(ValueError):
    """A key or tag that does not follow its format."""


class Tag(NamedTuple):
    """The version of a region: epoch of its youngest topic, sum of its topics' versions; a higher tag is newer."""

    epoch: int
    version: int

    def __str__(self) -> str:
        return f"{self.epoch:x}-{self.version:x}"


NOTHING = Tag(0, 0)


@dataclass(frozen=True, slots=True)
class Key:
    """Names one rendering of one region."""

    scope: str
    name: str
    language: str
    variant: int = 0
    argument: str = ""

    def __str__(self) -> str:
        end = f"/{self.argument}" if self.argument else ""
        return f"{self.scope}/{self.name}/{self.language}/{self.variant}{end}"

    @property
    def element(self) -> str:
        """The id of the element in the page."""
        return f"{self.name}-{self.argument}" if self.argument else self.name


def read_key(text: str) -> Key:
    """The key written as text; WireError when malformed."""
    match = KEY.fullmatch(text)
    if match is None:
        raise WireError(text[:200])
    scope, name, language, variant, argument = match.groups()
    return Key(scope, name, language, int(variant), argument or "")


def read_tag(text: str) -> Tag:
    """The tag written as text; a malformed one is older than everything, so it is answered with the newest state."""
    match = TAG.fullmatch(text)
    return Tag(int(match[1], 16), int(match[2], 16)) if match else NOTHING


def read_tags(text: str, count: int) -> tuple[Tag, ...]:
    """Exactly `count` tags; a text of another length means that nothing is known."""
    parts = text.split(".")
    return tuple(map(read_tag, parts)) if len(parts) == count else (NOTHING,) * count


def tags_text(tags: Iterable[Tag]) -> str:
    return ".".join(map(str, tags))


def sse(*, event: str, data: str, id: str) -> bytes:  # noqa: A002 - the standard's name of the field
    """One server-sent event; `data` may have several lines, `event` and `id` must not."""
    lines = "".join(f"data: {line}\n" for line in data.split("\n"))
    return f"event: {event}\nid: {id}\n{lines}\n".encode()


def beat(tags: Sequence[Tag]) -> bytes:
    """The heartbeat: a named event, because comments are invisible to scripts; it carries all versions."""
    text = tags_text(tags)
    return sse(event="beat", data=text, id=text)


@dataclass(frozen=True, slots=True)
class Part:
    """One version of a region as it travels: its HTML, or packed (gzip, base64), or only told to be fetched."""

    tag: Tag
    html: str | None = None
    packed: str = ""


def part_of_html(tag: Tag, html: bytes, gzipped: Callable[[], bytes]) -> Part:
    """Small HTML travels as it is, larger packed, still larger is fetched."""
    if len(html) <= INLINE_BYTES:
        return Part(tag, html=html.decode())
    packed = b64encode(gzipped()).decode()
    return Part(tag, packed=packed if len(packed) <= PACKED_BYTES else "")


def region_event(*, key: Key, part: Part, within: int, id: str) -> bytes:  # noqa: A002
    """A replaced region. What is not plain HTML says where to fetch it, after a random wait of up to `within` ms."""
    told: dict[str, str | int] = {"id": key.element, "key": str(key), "version": str(part.tag)}
    if part.html is not None:
        told["html"] = part.html
    else:
        told |= {"fetch": fragment_address(key, part.tag), "within": within}
    if part.packed:
        told["packed"] = part.packed
    return sse(event="region", data=json.dumps(told, ensure_ascii=False, separators=(",", ":")), id=id)


def fragment_address(key: Key, tag: Tag) -> str:
    return f"/frag/{quote(str(key))}?v={tag}"
