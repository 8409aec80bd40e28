"""Editions as the desk sees them: what publishing would change, and what was published."""

from __future__ import annotations

from dataclasses import dataclass

from offenraum.barcamp.queries import round_now
from offenraum.conference.models import Conference
from offenraum.programme.models import Edition
from offenraum.programme.queries.differences import change_in_words, moved_in_words, names_of
from offenraum.programme.queries.draft import around_of, conflicts_of_draft, draft_of, places_of_draft
from offenraum.programme.queries.published import changes_of, latest_edition, layout_of, places_of
from offenraum.programme.rules import changes_between, mark_of
from offenraum.programme.rules.layout import Layout


@dataclass(frozen=True, slots=True)
class Preview:
    """What the next edition would be, in sentences, and what the moderator should know before."""

    latest: Edition | None
    after: int
    mark: str
    sentences: tuple[str, ...]
    session_count: int
    clash_count: int
    is_vote_open: bool

    @property
    def number(self) -> int:
        return self.after + 1


@dataclass(frozen=True, slots=True)
class Published:
    """An edition and its difference in sentences."""

    edition: Edition
    sentences: tuple[str, ...]
    session_count: int


def preview_of(conference: Conference) -> Preview:
    """The draft against the latest edition."""
    latest, places = latest_edition(conference), places_of_draft(conference)
    draft, around, round_ = draft_of(conference), around_of(conference), round_now(conference)
    names = names_of(conference, around.grid)
    changes = changes_between(places_of(latest), places)
    return Preview(
        latest=latest,
        after=latest.number if latest else 0,
        mark=mark_of(places),
        sentences=tuple(change_in_words(change, names) for change in changes)
        + moved_in_words(Layout.read(latest.layout) if latest else None, layout_of(conference), names, topics=places),
        session_count=len(places),
        clash_count=len({conflict.topic for conflict in conflicts_of_draft(draft, around)}),
        is_vote_open=bool(round_ and round_.is_running),
    )


def published_of(conference: Conference) -> list[Published]:
    """All editions, the newest first; names are today's."""
    names = names_of(conference, around_of(conference).grid)
    editions = Edition.objects.filter(conference=conference).order_by("-number")
    return [
        Published(
            edition=edition, session_count=len(edition.sessions),
            sentences=tuple(change_in_words(change, names) for change in changes_of(edition)),
        )
        for edition in editions
    ]

