"""Regions: parts of pages that are rendered once for each version, language and variant, and replaced as a whole."""

from __future__ import annotations

import gzip
import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Generic, Literal, Protocol, TypeVar

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
    prepared: Any = None

    @property
    def argument_number(self) -> int:
        """The argument of a region that is addressed by a number; RegionError when it is none."""
        if not self.argument.isdecimal():
            raise RegionError(self.argument)
        return int(self.argument)


@dataclass(frozen=True)
class Region:
    """A part of a page; `{argument}` in a topic stands for the argument of the key (`room-{argument}`).

    What all variants have in common is made once by `prepare` and handed to each rendering as `request.prepared`.
    """

    name: str
    topics: tuple[str, ...]
    audience: Literal["public", "desk"]
    render: Callable[[RegionRequest], str]
    variants: int = 1
    prepare: Callable[[RegionRequest], Any] | None = None

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


class Dated(Protocol):
    """Something made from the state of a version."""

    @property
    def tag(self) -> Tag: ...


D = TypeVar("D", bound=Dated)


class RegionCache(Generic[D]):
    """The newest rendering of each key; at most one thread renders a key at a time."""

    def __init__(self, places: int = CACHED_REGIONS) -> None:
        self.places = places
        self.held: OrderedDict[Key, D] = OrderedDict()
        self.turns: dict[Key, threading.Lock] = {}
        self.turn = threading.Lock()

    def get(self, key: Key, at_least: Tag) -> D | None:
        rendered = self.held.get(key)
        return rendered if rendered and rendered.tag >= at_least else None

    def put(self, key: Key, rendered: D) -> None:
        with self.turn:
            self.held[key] = rendered
            self.held.move_to_end(key)
            if len(self.held) > self.places:
                self.turns.pop(self.held.popitem(last=False)[0], None)

    def turn_of(self, key: Key) -> threading.Lock:
        with self.turn:
            return self.turns.setdefault(key, threading.Lock())

    def made(self, key: Key, tag: Tag, make: Callable[[], D]) -> D:
        """What is held, or made now."""
        with self.turn_of(key):
            found = self.get(key, tag)
            if found is None:
                found = make()
                self.put(key, found)
            return found


@dataclass(frozen=True, slots=True)
class Prepared:
    """What all variants of a version have in common."""

    tag: Tag
    value: Any


REGISTRY = Registry()
CACHE: RegionCache[Rendered] = RegionCache()
COMMON: RegionCache[Prepared] = RegionCache(places=100)
register = REGISTRY.register


def region_html(key: Key | str, versions: Versions | None = None) -> Rendered:
    """The region as of now, or as of versions that the caller has read before; rendered at most once a version."""
    name = read_region_key(key) if isinstance(key, str) else key
    region = REGISTRY.region(name)
    known = read_versions([name.scope]) if versions is None else versions
    tag = tag_of(known, scope=name.scope, topics=region.topics_for(name))
    if connection.in_atomic_block or tag == NOTHING:
        return Rendered(tag, render(region, name, prepare(region, name)))
    return CACHE.get(name, tag) or CACHE.made(name, tag, lambda: rendered(region, name, tag))


def rendered(region: Region, key: Key, tag: Tag) -> Rendered:
    common = None
    if region.prepare:
        common = COMMON.made(replace(key, variant=0), tag, lambda: Prepared(tag, prepare(region, key))).value
    return Rendered(tag, render(region, key, common))


def prepare(region: Region, key: Key) -> Any:
    with translation.override(key.language):
        return region.prepare(RegionRequest(key.scope, key.language, 0, key.argument)) if region.prepare else None


def render(region: Region, key: Key, prepared: Any) -> bytes:
    request = RegionRequest(key.scope, key.language, key.variant, key.argument, prepared)
    with translation.override(key.language):
        return region.render(request).encode()


def read_region_key(text: str) -> Key:
    try:
        return read_key(text)
    except WireError as error:
        raise RegionError(text) from error
