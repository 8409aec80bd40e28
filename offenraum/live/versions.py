"""Reading the versions of topics, and what this process knows of them."""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterable, Mapping

from django.db import connection

from offenraum.live.wire import NOTHING, Tag

Change = tuple[str, str]
Versions = Mapping[Change, Tag]
COLUMNS = "SELECT scope, topic, MAX(epoch), SUM(version) FROM live_streamversion"
GROUP = "GROUP BY scope, topic"


def read_versions(scopes: Collection[str]) -> Versions:
    """The committed versions of all topics of these conferences, in one query."""
    if not scopes:
        return {}
    places = ",".join(["%s"] * len(scopes))
    with connection.cursor() as cursor:
        cursor.execute(f"{COLUMNS} WHERE scope IN ({places}) {GROUP}", sorted(scopes))
        return {(scope, topic): Tag(int(epoch), int(version)) for scope, topic, epoch, version in cursor.fetchall()}


def tag_of(versions: Versions, *, scope: str, topics: Iterable[str]) -> Tag:
    """The version of what depends on several topics: it rises whenever one of them does."""
    tags = [versions.get((scope, topic), NOTHING) for topic in topics]
    return Tag(max((tag.epoch for tag in tags), default=0), sum(tag.version for tag in tags))


class VersionTable:
    """The versions this process has seen, and the topics it knows to have changed since it looked.

    As long as `state` stays the same, so does every answer that was made from it.
    """

    def __init__(self) -> None:
        self.seen: dict[Change, Tag] = {}
        self.scopes: set[str] = set()
        self.doubts: set[Change] = set()
        self.turn = threading.Lock()
        self.state = 0

    def doubt(self, changes: Iterable[Change]) -> None:
        with self.turn:
            self.doubts |= set(changes)
            self.state += 1

    def read(self, scopes: Collection[str]) -> Versions:
        """Look into the database and remember; doubts that arise meanwhile stay."""
        with self.turn:
            settled = {change for change in self.doubts if change[0] in scopes}
            self.doubts -= settled
        try:
            found = read_versions(scopes)
        except Exception:
            self.doubt(settled)
            raise
        with self.turn:
            if settled or any(self.seen.get(change) != tag for change, tag in found.items()):
                self.state += 1
            others = {change: tag for change, tag in self.seen.items() if change[0] not in scopes}
            self.seen = others | newest(self.seen, found)
            self.scopes |= {scope for scope, _topic in found}
        return found

    def is_sure(self, *, scope: str, topics: Iterable[str]) -> bool:
        """Whether an answer without looking into the database is as fresh as this process can know."""
        return scope in self.scopes and not any((scope, topic) in self.doubts for topic in topics)


def newest(old: Versions, found: Versions) -> dict[Change, Tag]:
    """What was found, unless another thread has already seen a later state."""
    return {change: max(tag, old.get(change, NOTHING)) for change, tag in found.items()}
