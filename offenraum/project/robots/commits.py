"""When a change was made, and what every screen must show from then on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from offenraum.barcamp.models import Round
from offenraum.conference.models import Conference
from offenraum.live.versions import Versions, read_versions, tag_of
from offenraum.live.wire import read_key
from offenraum.programme.queries.published import latest_edition
from offenraum.project.regions import REGISTRY
from offenraum.project.robots.leading import first_round
from offenraum.project.robots.screen import Arrival, Screen, version_order


@dataclass(frozen=True, slots=True)
class Commit:
    """One change: the server's time in its row (seconds since 1970; None: it has none), versions before and after."""

    at: float | None
    before: Versions
    after: Versions

    @property
    def changed(self) -> set[str]:
        return {topic for (scope, topic), tag in self.after.items() if self.before.get((scope, topic)) != tag}


def commit_of(conference: Conference, before: Versions) -> Commit:
    """The change that has just been made, against the versions before it."""
    shown = shown_at(conference, first_round(conference))
    at = conference.clock.real_at(shown).timestamp() if shown else None
    return Commit(at=at, before=before, after=read_versions([conference.slug]))


def shown_at(conference: Conference, round_: Round) -> datetime | None:
    """When, by the conference's clock, the server took the last step; it notes this before the commit."""
    edition = latest_edition(conference)
    if edition:
        return edition.published_at
    if round_.state == Round.State.LAST_CALL:
        return None
    return round_.closed_at or (round_.current.started_at if round_.current else round_.opened_at)


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
    if commit.at is None:
        return []
    wanted = expected(commit, screen.shown)
    reached = (first_arrival(screen.arrivals, key, version) for key, version in wanted.items())
    return [arrival.at - commit.at for arrival in reached if arrival is not None]


def first_arrival(arrivals: Iterable[Arrival], key: str, version: tuple[int, int]) -> Arrival | None:
    """When this version of a region, or a newer one, was on the screen."""
    return next((a for a in arrivals if a.key == key and version_order(a.version) >= version), None)
