"""The round as its moderator sees it: the pitch on stage, the queue, topics that wait for release."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from offenraum.barcamp.models import Pitch, Round, Topic
from offenraum.barcamp.queries import (
    Tally,
    desk_topics,
    pitches_of,
    public_topics,
    round_now,
    tallies,
    uncounted_interest,
    voters_since,
)
from offenraum.barcamp.rules import may_reopen, pitch_elapsed, pitch_minutes_left, pitches_that_fit
from offenraum.conference.models import Conference, Talk
from offenraum.conference.queries import now_of, talks_of
from offenraum.programme.models import Edition
from offenraum.programme.queries.published import latest_edition
from offenraum.seats.queries import checked_in_count

RECENTLY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class PitchFit:
    """How many of the round's pitches fit into its time."""

    fitting: int
    count: int


@dataclass(frozen=True, slots=True)
class QueueRow:
    """A pitch that waits, and its neighbours for moving it."""

    pitch: Pitch
    before: Pitch | None
    after_next: Pitch | None
    is_last: bool


@dataclass(frozen=True, slots=True)
class Stage:
    """The state of a round, for the desk."""

    round: Round | None
    current: Pitch | None
    ends_at: datetime | None
    seconds_left: int
    queue: tuple[QueueRow, ...]
    held: tuple[Pitch, ...]
    waiting: tuple[Topic, ...]
    hidden: tuple[Topic, ...]
    fit: PitchFit | None
    topic_count: int
    may_reopen: bool
    edition: Edition | None

    @property
    def next_up(self) -> Pitch | None:
        return self.queue[0].pitch if self.queue else None

    @property
    def published(self) -> Edition | None:
        """The edition that came out of this round."""
        closed_at = self.round.closed_at if self.round else None
        return self.edition if self.edition and closed_at and self.edition.published_at >= closed_at else None


def stage_of(conference: Conference) -> Stage:
    """Everything the round's page shows, as of now."""
    round_, now = round_now(conference), now_of(conference)
    pitches = list(pitches_of(round_)) if round_ else []
    current = next((p for p in pitches if p.state == Pitch.State.SPEAKING), None)
    topics = list(desk_topics(conference))
    ends_at = pitch_ends_at(conference, current)
    return Stage(
        round=round_,
        current=current,
        ends_at=ends_at,
        seconds_left=seconds_left(conference, round_, current, now),
        queue=queue_rows(pitches),
        held=tuple(p for p in pitches if p.state == Pitch.State.DONE),
        waiting=tuple(t for t in topics if t.state == Topic.State.SUBMITTED),
        hidden=tuple(t for t in topics if t.state == Topic.State.HIDDEN),
        fit=fit_of(conference, round_, pitches, now),
        topic_count=sum(t.state == Topic.State.RELEASED for t in topics),
        may_reopen=bool(round_ and round_.closed_at and may_reopen(closed_at=round_.closed_at, now=now)),
        edition=latest_edition(conference),
    )


def queue_rows(pitches: list[Pitch]) -> tuple[QueueRow, ...]:
    """What still waits in its order; what was skipped comes last."""
    waiting = [p for p in pitches if p.state == Pitch.State.WAITING]
    queue = waiting + [p for p in pitches if p.state == Pitch.State.SKIPPED]
    return tuple(
        QueueRow(
            pitch=pitch,
            before=queue[i - 1] if i else None,
            after_next=queue[i + 2] if i + 2 < len(queue) else None,
            is_last=i + 1 == len(queue),
        )
        for i, pitch in enumerate(queue)
    )


def pitch_ends_at(conference: Conference, pitch: Pitch | None) -> datetime | None:
    if pitch is None or pitch.started_at is None:
        return None
    return pitch.started_at + timedelta(seconds=conference.pitch_seconds + pitch.paused_seconds)


def seconds_left(conference: Conference, round_: Round | None, pitch: Pitch | None, now: datetime) -> int:
    if round_ is None or pitch is None or pitch.started_at is None:
        return 0
    gone = pitch_elapsed(
        started_at=pitch.started_at, now=now, paused_seconds=pitch.paused_seconds, paused_at=round_.paused_at
    )
    return max(0, round(conference.pitch_seconds - gone))


def fit_of(conference: Conference, round_: Round | None, pitches: list[Pitch], now: datetime) -> PitchFit | None:
    """Pitches held so far and those for which time is left; None when the programme has no plenary ahead."""
    plenary = talks_of(conference).filter(kind=Talk.Kind.PITCH).first()
    if plenary is None or (round_ and round_.is_closed):
        return None
    held = sum(p.state == Pitch.State.DONE for p in pitches)
    count = len(pitches) or public_topics(conference).count()
    left = pitch_minutes_left(ends_at=plenary.ends_at, now=max(now, plenary.starts_at))
    more = pitches_that_fit(
        minutes=left, pitch_seconds=conference.pitch_seconds, vote_seconds=conference.vote_seconds
    )
    return PitchFit(fitting=min(count, held + more), count=count)


@dataclass(frozen=True, slots=True)
class Count:
    """The tally of the pitch on stage and of the whole round; only the desk sees it."""

    topic: Topic | None
    tally: Tally | None
    people: int
    voters: int
    uncounted: int


def count_of(conference: Conference) -> Count:
    """The live tally of the current pitch, and how many people vote right now."""
    round_ = round_now(conference)
    topic = round_.current.topic if round_ and round_.current else None
    return Count(
        topic=topic,
        tally=tallies(conference).get(topic.pk) if topic else None,
        people=checked_in_count(conference=conference),
        voters=voters_since(conference, now_of(conference) - RECENTLY),
        uncounted=uncounted_interest(conference=conference),
    )
