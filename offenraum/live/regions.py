"""Regions: parts of pages that are rendered once for each version, language and variant, and replaced as a whole."""

from __future__ import annotations

import gzip
import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import brotli
from django.conf import settings
from django.db import connection
from django.utils import translation

from offenraum.live.versions import Versions, read_versions, tag_of
from offenraum.live.wire import NOTHING, Key, Tag, WireError, read_key

CACHED_REGIONS = 2000


class RegionError(LookupError):
    """No region of this name, language, variant or argument."""


@dataclass(frozen=True, slots=True)
class RegionRequest:
    """What a rendering may depend on; nothing personal is in it."""

    scope: str
    language: str
    variant: int
    argument: str

    @property
    def argument_number(self) -> int:
        """The argument of a region that is addressed by a number; RegionError when it is none."""
        if not self.argument.isdecimal():
            raise RegionError(self.argument)
        return int(self.argument)


@dataclass(frozen=True)
class Region:
    """A part of a page; `{argument}` in a topic stands for the argument of the key (`room-{argument}`)."""

    name: str
    topics: tuple[str, ...]
    audience: Literal["public", "desk"]
    render: Callable[[RegionRequest], str]
    variants: int = 1

    def topics_for(self, key: Key) -> tuple[str, ...]:
        return tuple(topic.replace("{argument}", key.argument) for topic in self.topics)


@dataclass(frozen=True)
class Rendered:
    """One version of a region, ready to be sent."""

    tag: Tag
    html: bytes

    @property
    def version_tag(self) -> str:
        return str(self.tag)

    @cached_property
    def etag(self) -> str:
        return f'"{hashlib.sha256(self.html).hexdigest()[:24]}"'

    @cached_property
    def brotli(self) -> bytes:
        packed: bytes = brotli.compress(self.html, mode=brotli.MODE_TEXT, quality=5)
        return packed

    @cached_property
    def gzip(self) -> bytes:
        return gzip.compress(self.html, 6, mtime=0)

    def compress(self) -> Rendered:
        """Do the slow work now, in a thread, so that answering is only sending."""
        _ = self.etag, self.brotli, self.gzip
        return self

    @property
    def is_compressed(self) -> bool:
        return {"etag", "brotli", "gzip"} <= self.__dict__.keys()


class Registry:
    """The regions of the product, filled when the process starts."""

    def __init__(self) -> None:
        self.regions: dict[str, Region] = {}

    def register(self, regions: Iterable[Region]) -> None:
        self.regions |= {region.name: region for region in regions}

    def region(self, key: Key) -> Region:
        """The region of a key, checked against what exists; RegionError otherwise."""
        region = self.regions.get(key.name)
        languages = {code for code, _name in settings.LANGUAGES}
        if region is None or key.variant >= region.variants or key.language not in languages:
            raise RegionError(str(key))
        return region


class RegionCache:
    """The newest rendering of each key; at most one thread renders a key at a time."""

    def __init__(self, places: int = CACHED_REGIONS) -> None:
        self.places = places
        self.held: OrderedDict[Key, Rendered] = OrderedDict()
        self.turns: dict[Key, threading.Lock] = {}
        self.turn = threading.Lock()

    def get(self, key: Key, at_least: Tag) -> Rendered | None:
        rendered = self.held.get(key)
        return rendered if rendered and rendered.tag >= at_least else None

    def put(self, key: Key, rendered: Rendered) -> None:
        with self.turn:
            self.held[key] = rendered
            self.held.move_to_end(key)
            if len(self.held) > self.places:
                self.turns.pop(self.held.popitem(last=False)[0], None)

    def turn_of(self, key: Key) -> threading.Lock:
        with self.turn:
            return self.turns.setdefault(key, threading.Lock())


REGISTRY = Registry()
CACHE = RegionCache()
register = REGISTRY.register


def region_html(key: Key | str, versions: Versions | None = None) -> Rendered:
    """The region as of now, or as of versions that the caller has read before; rendered at most once a version."""
    name = read_region_key(key) if isinstance(key, str) else key
    region = REGISTRY.region(name)
    known = read_versions([name.scope]) if versions is None else versions
    tag = tag_of(known, scope=name.scope, topics=region.topics_for(name))
    if connection.in_atomic_block or tag == NOTHING:
        return Rendered(tag, render(region, name))
    return CACHE.get(name, tag) or render_once(region, name, tag)


def render_once(region: Region, key: Key, tag: Tag) -> Rendered:
    with CACHE.turn_of(key):
        rendered = CACHE.get(key, tag)
        if rendered is None:
            rendered = Rendered(tag, render(region, key))
            CACHE.put(key, rendered)
        return rendered


def render(region: Region, key: Key) -> bytes:
    with translation.override(key.language):
        return region.render(RegionRequest(key.scope, key.language, key.variant, key.argument)).encode()


def read_region_key(text: str) -> Key:
    try:
        return read_key(text)
    except WireError as error:
        raise RegionError(text) from error
