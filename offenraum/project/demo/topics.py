"""The topics that invented people bring, from the files beside this one; one file is one theme."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path

from offenraum.barcamp.actions.topics import TopicText

FOLDER = Path(__file__).with_name("topics")


class Brought(StrEnum):
    """When a topic reaches the board."""

    EARLIER = "earlier"
    ON_THE_DAY = "on_the_day"
    SPONTANEOUS = "spontaneous"


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoTopic:
    """A topic of the demonstration; `popularity` 1 to 10 is how much the crowd likes it."""

    theme: str
    title: str
    host: str
    about: str
    popularity: int
    kind: str = "topic"
    level: str = "all"
    format: str = "discussion"
    length: int = 1
    needs: list[str] = field(default_factory=list)
    hashtags: list[str] = field(default_factory=list)
    brought: str = Brought.EARLIER

    @property
    def text(self) -> TopicText:
        return TopicText(
            title=self.title, about=self.about, kind=self.kind, level=self.level, format=self.format,
            length=self.length, needs=tuple(self.needs), hashtags=tuple(self.hashtags),
        )


@cache
def demo_topics() -> tuple[DemoTopic, ...]:
    """All topics, one theme after the other."""
    return tuple(topic for file in sorted(FOLDER.glob("*.toml")) for topic in topics_in(file))


def topics_in(file: Path) -> list[DemoTopic]:
    rows = tomllib.loads(file.read_text(encoding="utf-8"))["topic"]
    return [DemoTopic(theme=file.stem, **row) for row in rows]


def hosts() -> list[str]:
    """Who brings a topic, in the order of the files."""
    return list(dict.fromkeys(topic.host for topic in demo_topics()))
