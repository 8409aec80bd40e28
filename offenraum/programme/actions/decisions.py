"""Changes of the draft that are written down and can be taken back by who made them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import astuple
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from offenraum.barcamp.actions.topics import Stale, hide_topic
from offenraum.barcamp.models import Topic
from offenraum.conference.actions.decisions import Decider, keep_decision
from offenraum.conference.actions.rooms import open_cells
from offenraum.conference.models import Decision
from offenraum.live.changes import announce
from offenraum.programme.actions.draft import lock_draft, restore_spots
from offenraum.programme.actions.flags import lower_flag
from offenraum.programme.models import SessionFlag
from offenraum.programme.queries.draft import spots_of
from offenraum.programme.rules import Spot

STEPS: Final = 20


class NothingToUndo(Exception):
    """The last twenty changes of this moderator are taken back, or there was none."""

    message = _("There is nothing to take back.")


@transaction.atomic
def decide(
    *, by: Decider, verb: str, action: Callable[..., object], arguments: Mapping[str, Any], topics: Sequence[int] = (),
    facts: dict[str, Any],
) -> Decision:
    """Do an action and write it down in the same transaction; `topics` are those whose places it may change."""
    lock_draft(by.conference.pk)
    before = spots_of(topics)
    action(**arguments)
    return keep_decision(by=by, verb=verb, facts=facts, moves=moves_between(before, spots_of(topics)))


def moves_between(before: Mapping[int, Spot | None], after: Mapping[int, Spot | None]) -> list[Any]:
    return [[topic, packed(was), packed(after[topic])] for topic, was in before.items() if was != after[topic]]


def packed(spot: Spot | None) -> list[int] | None:
    return [int(part) for part in astuple(spot)] if spot else None


def unpacked(values: list[int] | None) -> Spot | None:
    return Spot(values[0], values[1], is_pinned=bool(values[2])) if values else None


def last_undoable(by: Decider) -> Decision:
    """This moderator's newest change of the plan that is not taken back, one of the last twenty."""
    if by.account_id is None:
        raise NothingToUndo
    own = Decision.objects.filter(conference=by.conference, account_id=by.account_id)
    newest = own.exclude(moves=[]).order_by("-pk")[:STEPS]
    last = next((one for one in newest if one.undone_at is None), None)
    if last is None:
        raise NothingToUndo
    return last


@transaction.atomic
def pass_over(*, decision: Decision, now: datetime) -> None:
    """A change that cannot be taken back any more must not stand before the earlier ones."""
    Decision.objects.filter(pk=decision.pk, undone_at__isnull=True).update(undone_at=now)


@transaction.atomic
def undo(*, decision: Decision, now: datetime) -> None:
    """Put back what a decision moved, where it still is as the decision has left it; editions stay as they are."""
    lock_draft(decision.conference_id)
    if not Decision.objects.filter(pk=decision.pk, undone_at__isnull=True).update(undone_at=now):
        raise Stale
    conference = decision.conference
    open_cells(conference=conference, cells=[(slot, room) for slot, room in decision.facts.get("closed", [])])
    revive(decision)
    steps = {topic: (unpacked(was), unpacked(now_at)) for topic, was, now_at in decision.moves}
    topics = Topic.objects.filter(conference=conference, pk__in=steps, state=Topic.State.RELEASED)
    restore_spots(conference=conference, steps={topic: steps[topic.pk] for topic in topics})
    for made in Topic.objects.filter(conference=conference, pk__in=decision.facts.get("made", [])):
        hide_topic(topic=made)
    for topic in Topic.objects.filter(conference=conference, pk__in=decision.facts.get("held_in_foyer", [])):
        lower_flag(topic=topic, kind=SessionFlag.Kind.FOYER)
    announce(scope=conference.slug, topics=["plan"])


def revive(decision: Decision) -> None:
    """A topic that the desk has withdrawn is back."""
    gone = Topic.objects.filter(conference=decision.conference, pk__in=decision.facts.get("withdrawn", []))
    gone.filter(state=Topic.State.WITHDRAWN).update(state=Topic.State.RELEASED)
    announce(scope=decision.conference.slug, topics=["board", "round", "plan", "programme", "tally"])
