"""What a conference leaves behind, with the names of today."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from offenraum.barcamp.queries import public_topics, tallies
from offenraum.conference.models import Conference, Decision, Slot
from offenraum.conference.queries import grid_of, now_of
from offenraum.gathering.models import Feedback, Pad
from offenraum.gathering.queries import feedback_totals, heads_of
from offenraum.gathering.rules import Totals
from offenraum.opendata.rules import held_plan, suppressed
from offenraum.programme.models import Edition
from offenraum.programme.queries.differences import Names, change_in_words, names_of
from offenraum.programme.queries.published import Session, places_of, resolved
from offenraum.programme.rules import Place, changes_between

TOLD: Final[Mapping[str, str | Promise]] = {
    "accept_plan": _("Proposal taken over"), "publish_edition": _("Published"), "open_round": _("Round opened"),
    "last_call": _("Last call"), "close_round": _("Vote closed"), "reopen_round": _("Vote opened again"),
    "merge_topics": _("Topics merged"), "undo_merge": _("Merge taken back"), "day_withdraw": _("Host withdrew"),
    "day_room": _("Room lost"), "day_fill": _("Hole filled"), "day_repeat": _("Session repeated"),
    "day_swap": _("Times swapped"), "open_cells": _("Room opened again"), "place_topic": _("Placed"),
    "remove_placement": _("Taken out of the plan"), "swap_topics": _("Swapped"),
}
"""The decisions that are told in public; nothing of counting hands, of hidden topics or of who decided."""

ROLES: Final[Mapping[str, str | Promise]] = {
    "helper": _("Helper"), "moderator": _("Moderator"), "organiser": _("Organiser"),
}


@dataclass(frozen=True, slots=True)
class Held:
    """A session as it really was."""

    session: Session
    notes: str
    heads: int | None
    feedback: Totals

    @property
    def answers(self) -> list[tuple[str, int | None]]:
        """How often each answer was given, from much to little; none while too few have answered.

        What few have answered is withheld, with another that would reveal it.
        """
        if not self.feedback.counts:
            return []
        counts = suppressed([self.feedback.counts.get(value, 0) for value in Feedback.Value])
        return [(str(value.label), count) for value, count in zip(Feedback.Value, counts, strict=True)]

    @property
    def counts(self) -> dict[int, int | None]:
        """The same by value."""
        return dict(zip(Feedback.Value.values, (count for _label, count in self.answers), strict=False))


@dataclass(frozen=True, slots=True)
class Wanted:
    """How many wanted a topic whose vote is closed."""

    number: int
    title: str
    total: int
    is_estimate: bool


@dataclass(frozen=True, slots=True)
class Told:
    """A decision of the desk without names."""

    made_at: datetime
    role: str
    words: str
    sentences: tuple[str, ...]
    reason: str
    is_undone: bool


@dataclass(frozen=True, slots=True)
class Results:
    """Everything together; `is_final` once the last session is over."""

    edition: Edition | None
    is_final: bool
    sessions: tuple[Held, ...]
    wanted: tuple[Wanted, ...]
    decisions: tuple[Told, ...]


def results_of(conference: Conference) -> Results:
    """The results as of now."""
    editions = list(Edition.objects.filter(conference=conference).order_by("number"))
    slots = list(Slot.objects.filter(conference=conference))
    now = now_of(conference)
    return Results(
        edition=editions[-1] if editions else None,
        is_final=bool(slots) and max(slot.ends_at for slot in slots) <= now,
        sessions=tuple(sessions_of(conference, editions, slots, now)),
        wanted=tuple(wanted_of(conference)), decisions=tuple(decisions_of(conference)) if editions else (),
    )


def sessions_of(conference: Conference, editions: list[Edition], slots: list[Slot], now: datetime) -> list[Held]:
    """The sessions that have begun, where they were held."""
    places = held_plan(
        [(edition.published_at, places_of(edition)) for edition in editions],
        {slot.pk: slot.starts_at for slot in slots},
    )
    shown = resolved(conference, edition=editions[-1] if editions else None, places=places)
    pads = dict(Pad.objects.filter(topic__in=places, hidden_at=None).values_list("topic_id", "text"))
    heads, feedback = heads_of(conference), feedback_totals(conference)
    return [
        Held(
            session=one, notes=pads.get(one.topic.pk, ""), heads=heads.get(one.topic.pk),
            feedback=feedback.get(one.topic.pk, Totals(answers=0, counts={})),
        )
        for one in shown.sessions
        if one.starts_at <= now
    ]


def wanted_of(conference: Conference) -> list[Wanted]:
    """Totals of every topic whose round is closed, the most wanted first."""
    known = tallies(conference)
    closed = [topic for topic in public_topics(conference) if topic.round and topic.round.is_closed]
    wanted = [
        Wanted(
            number=topic.number, title=topic.title, total=tally.total if tally else 0,
            is_estimate=tally.is_estimate if tally else False,
        )
        for topic in closed
        for tally in [known.get(topic.pk)]
    ]
    return sorted(wanted, key=lambda one: (-one.total, one.number))


def decisions_of(conference: Conference) -> list[Told]:
    """What the desk decided, in order, with roles and reasons."""
    names = names_of(conference, grid_of(conference))
    decisions = Decision.objects.filter(conference=conference, verb__in=TOLD).order_by("pk")
    return [told_of(decision, names) for decision in decisions]


def told_of(decision: Decision, names: Names) -> Told:
    before, after = (
        {move[0]: Place(move[side][0], move[side][1]) for move in decision.moves if move[side]} for side in (1, 2)
    )
    return Told(
        made_at=decision.made_at, role=str(ROLES.get(decision.role, "")), words=str(TOLD[decision.verb]),
        sentences=tuple(change_in_words(change, names) for change in changes_between(before, after)),
        reason=decision.reason, is_undone=decision.undone_at is not None,
    )
