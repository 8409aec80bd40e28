"""When a change was committed, and what every screen must show from then on."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import transaction

from offenraum.live.regions import REGISTRY
from offenraum.live.versions import Versions, read_versions, tag_of
from offenraum.live.wire import read_key
from offenraum.project.robots.screen import Arrival, Screen, version_order


@dataclass(frozen=True, slots=True)
class Commit:
    """One change: the instant after its commit (seconds since 1970), and the versions before and after."""

    at: float
    before: Versions
    after: Versions

    @property
    def changed(self) -> set[str]:
        return {topic for (scope, topic), tag in self.after.items() if self.before.get((scope, topic)) != tag}


def committed(scope: str, act: Callable[[], object]) -> Commit:
    """Do something in one transaction and note when it was on disk."""
    instants: list[float] = []
    before = read_versions([scope])
    with transaction.atomic():
        transaction.on_commit(lambda: instants.append(time.time()))
        act()
    return Commit(at=instants[0], before=before, after=read_versions([scope]))


def expected(commit: Commit, keys: Iterable[str]) -> dict[str, tuple[int, int]]:
    """The regions among `keys` that this change concerns, with the version they must reach."""
    found = {}
    for text in keys:
        key = read_key(text)
        topics = REGISTRY.region(key).topics_for(key)
        if commit.changed & set(topics):
            tag = tag_of(commit.after, scope=key.scope, topics=topics)
            found[text] = version_order(str(tag))
    return found


def waits(commit: Commit, screen: Screen) -> list[float]:
    """How many seconds each region of this screen that the change concerns took to show it."""
    wanted = expected(commit, screen.shown)
    reached = (first_arrival(screen.arrivals, key, version) for key, version in wanted.items())
    return [arrival.at - commit.at for arrival in reached if arrival is not None]


def first_arrival(arrivals: Iterable[Arrival], key: str, version: tuple[int, int]) -> Arrival | None:
    """When this version of a region, or a newer one, was on the screen."""
    return next((a for a in arrivals if a.key == key and version_order(a.version) >= version), None)
