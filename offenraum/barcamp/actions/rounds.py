"""Leading a round: open, pitch after pitch, hands, last call, close. Each call names the state it saw."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Max, Q
from django.utils.translation import gettext_lazy as _

from offenraum.barcamp.actions.topics import Stale
from offenraum.barcamp.models import HandCount, Pitch, Round, Topic, TopicHost
from offenraum.barcamp.queries import pitches_of, tallies
from offenraum.barcamp.queries.merging import newest_merge
from offenraum.barcamp.rules import Candidate, may_reopen, pitch_order, size_band
from offenraum.conference.models import Conference
from offenraum.live.changes import announce
from offenraum.seats.queries import checked_in_count


class TooLate(Exception):
    """The two minutes in which a vote can be reopened are over."""

    message = _("The vote was closed more than two minutes ago and stays closed.")


class VoteOver(Exception):
    """Hands belong to a round, and it is closed."""

    message = _("The vote is over.")


RUNNING = (Round.State.PITCHING, Round.State.LAST_CALL)


@transaction.atomic
def plan_round(*, conference: Conference) -> Round:
    """Add the next round of a conference; one that is not yet open is the next one."""
    Conference.objects.select_for_update(no_key=True).get(pk=conference.pk)
    planned = Round.objects.filter(conference=conference, state=Round.State.PLANNED).first()
    if planned:
        return planned
    last = Round.objects.filter(conference=conference).aggregate(last=Max("number"))["last"] or 0
    made = Round.objects.create(conference=conference, number=last + 1)
    announce(scope=conference.slug, topics=["round"])
    return made


def change_round(
    *, round_: Round, version: int, when: tuple[str, ...] = RUNNING, topics: tuple[str, ...] = ("round",),
    **changes: Any,
) -> None:
    """Change a round if it is still what the moderator saw and in a state that allows it; else refuse."""
    seen = Round.objects.filter(pk=round_.pk, version=version, state__in=when)
    changed = seen.update(version=F("version") + 1, **changes)
    if not changed:
        raise Stale
    announce(scope=round_.conference.slug, topics=topics)


@transaction.atomic
def open_round(*, round_: Round, version: int, now: datetime) -> None:
    """Start the plenary: the queue gets its proposed order, phones open on the pitches."""
    change_round(
        round_=round_, version=version, when=(Round.State.PLANNED,), topics=("round", "board", "tally"),
        state=Round.State.PITCHING, opened_at=now, paused_at=None,
    )
    waiting = Topic.objects.filter(conference=round_.conference, state=Topic.State.RELEASED)
    waiting = waiting.filter(Q(round__isnull=True) | Q(round__state=Round.State.CLOSED, placement__isnull=True))
    order = pitch_order([candidate_of(topic) for topic in waiting.prefetch_related("hosts", "interests")])
    Topic.objects.filter(pk__in=order).update(round=round_)
    Pitch.objects.bulk_create(
        [Pitch(round=round_, topic_id=topic, position=position) for position, topic in enumerate(order, 1)]
    )


def candidate_of(topic: Topic) -> Candidate:
    seats = [host.seat_id for host in topic.hosts.all() if host.seat_id]
    earlier = TopicHost.objects.filter(seat__in=seats, topic__number__lt=topic.number).exists()
    noticed = sum(1 for interest in topic.interests.all() if interest.weight)
    return Candidate(topic=topic.pk, is_first_of_host=not earlier, interest_count=noticed)


@transaction.atomic
def next_pitch(*, round_: Round, version: int, now: datetime) -> None:
    """End the current pitch and call the next of the queue; after the last one the last call begins by hand."""
    follow(round_=round_, version=version, ended_as=Pitch.State.DONE, now=now)


@transaction.atomic
def skip_pitch(*, round_: Round, version: int, now: datetime) -> None:
    """Put the current pitch to the end of the queue and call the next."""
    follow(round_=round_, version=version, ended_as=Pitch.State.SKIPPED, now=now)


def follow(*, round_: Round, version: int, ended_as: str, now: datetime) -> None:
    end_current(round_=round_, ended_as=ended_as)
    upcoming = next_in_queue(list(pitches_of(round_)), after=round_.current_id)
    call(round_=round_, version=version, pitch=upcoming, now=now)


def next_in_queue(queue: list[Pitch], *, after: int | None) -> Pitch | None:
    """The first that waits, else the first that was skipped, but not the one that was just left."""
    waiting = [pitch for pitch in queue if pitch.state == Pitch.State.WAITING]
    skipped = [pitch for pitch in queue if pitch.state == Pitch.State.SKIPPED and pitch.pk != after]
    return next(iter(waiting + skipped), None)


def end_current(*, round_: Round, ended_as: str) -> None:
    """The current pitch leaves the stage; one that was held gets the size that the wall may show."""
    current = Pitch.objects.filter(round=round_, state=Pitch.State.SPEAKING).first()
    if current is None:
        return
    band = band_of(round_=round_, topic=current.topic_id) if ended_as == Pitch.State.DONE else ""
    Pitch.objects.filter(pk=current.pk).update(state=ended_as, band=band)


def band_of(*, round_: Round, topic: int) -> str:
    tally = tallies(round_.conference).get(topic)
    seats = checked_in_count(conference=round_.conference)
    return size_band(wanted=tally.total if tally else 0, seats=seats)


def call(*, round_: Round, version: int, pitch: Pitch | None, now: datetime) -> None:
    """Let this pitch speak, which takes back a last call; None leaves the stage empty."""
    if pitch is None:
        change_round(round_=round_, version=version, current=None, paused_at=None)
        return
    Pitch.objects.filter(pk=pitch.pk).update(state=Pitch.State.SPEAKING, started_at=now, paused_seconds=0, band="")
    change_round(
        round_=round_, version=version, current=pitch, paused_at=None, state=Round.State.PITCHING,
        last_call_ends_at=None,
    )


@transaction.atomic
def call_pitch(*, round_: Round, version: int, pitch: Pitch, now: datetime) -> None:
    """Call any pitch of the queue, for example one that was skipped."""
    end_current(round_=round_, ended_as=Pitch.State.DONE)
    call(round_=round_, version=version, pitch=pitch, now=now)


@transaction.atomic
def back_pitch(*, round_: Round, version: int, now: datetime) -> None:
    """Go back to the pitch before the current one."""
    position = round_.current.position if round_.current else None
    done = pitches_of(round_).filter(state__in=[Pitch.State.DONE, Pitch.State.SKIPPED])
    before = (done.filter(position__lt=position) if position is not None else done).last()
    if before is None:
        raise Stale
    end_current(round_=round_, ended_as=Pitch.State.WAITING)
    call(round_=round_, version=version, pitch=before, now=now)


@transaction.atomic
def move_pitch(*, round_: Round, version: int, pitch: Pitch, before: Pitch | None) -> None:
    """Put a waiting pitch before another, or to the end."""
    queue = [p for p in pitches_of(round_) if p.pk != pitch.pk]
    place = next((i for i, p in enumerate(queue) if before and p.pk == before.pk), len(queue))
    queue.insert(place, pitch)
    if pitch.state == Pitch.State.SKIPPED:
        pitch.state = Pitch.State.WAITING
    for position, moved in enumerate(queue, 1):
        moved.position = position
    Pitch.objects.bulk_update(queue, ["position", "state"])
    change_round(round_=round_, version=version, when=(Round.State.PLANNED, *RUNNING))


@transaction.atomic
def pause_round(*, round_: Round, version: int, now: datetime) -> None:
    """Stop the pitch's timer."""
    if round_.paused_at is None:
        change_round(round_=round_, version=version, paused_at=now)


@transaction.atomic
def resume_round(*, round_: Round, version: int, now: datetime) -> None:
    """Let the timer go on where it stopped."""
    if round_.paused_at is None:
        return
    gone = (now - round_.paused_at).total_seconds()
    Pitch.objects.filter(round=round_, state=Pitch.State.SPEAKING).update(paused_seconds=F("paused_seconds") + gone)
    change_round(round_=round_, version=version, paused_at=None)


@transaction.atomic
def last_call(*, round_: Round, version: int, minutes: int, now: datetime) -> None:
    """Call for the last votes; phones show all topics."""
    end_current(round_=round_, ended_as=Pitch.State.DONE)
    ends_at = now + timedelta(minutes=minutes)
    change_round(
        round_=round_, version=version, state=Round.State.LAST_CALL, current=None, paused_at=None,
        last_call_ends_at=ends_at,
    )


@transaction.atomic
def close_round(*, round_: Round, version: int, now: datetime) -> None:
    """End the vote; from now on figures may be shown."""
    end_current(round_=round_, ended_as=Pitch.State.DONE)
    change_round(
        round_=round_, version=version, topics=("round", "board", "tally"),
        state=Round.State.CLOSED, closed_at=now, current=None, paused_at=None,
    )


@transaction.atomic
def reopen_round(*, round_: Round, version: int, now: datetime) -> None:
    """Take back a close within two minutes."""
    if round_.closed_at is None or not may_reopen(closed_at=round_.closed_at, now=now):
        raise TooLate
    change_round(
        round_=round_, version=version, when=(Round.State.CLOSED,), topics=("round", "board", "tally"),
        state=Round.State.LAST_CALL, closed_at=None, last_call_ends_at=None,
    )


@transaction.atomic
def blank_wall(*, round_: Round, version: int, is_blank: bool) -> None:
    """Darken the wall, or show it again."""
    change_round(round_=round_, version=version, when=tuple(Round.State), is_wall_blank=is_blank)


@transaction.atomic
def show_draft(*, round_: Round, version: int, is_shown: bool) -> None:
    """Show the draft on the wall, marked as such, while the plenum objects; or stop showing it."""
    when = (*RUNNING, Round.State.CLOSED)
    change_round(round_=round_, version=version, when=when, topics=("round", "plan"), is_draft_shown=is_shown)


@transaction.atomic
def count_hands(
    *, round_: Round, topic: Topic, count: int, is_estimate: bool, counted_by: str, now: datetime
) -> None:
    """Keep the hands counted for a topic of those who have not voted by phone."""
    if not Round.objects.filter(pk=round_.pk, state__in=RUNNING).exists():
        raise VoteOver
    HandCount.objects.update_or_create(
        round=round_, topic=topic, merge=newest_merge(topic),
        defaults={"count": count, "is_estimate": is_estimate, "counted_by": counted_by, "counted_at": now},
    )
    announce(scope=round_.conference.slug, topics=["tally"])
