"""The log of decisions in sentences: who, when, why, what moved; names are today's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from offenraum.conference.models import Conference, Decision
from offenraum.conference.queries import grid_of
from offenraum.programme.queries.differences import Names, change_in_words, names_of
from offenraum.programme.rules import Place, changes_between

VERBS: Final[Mapping[str, str | Promise]] = {
    "place_topic": _("Placed"), "remove_placement": _("Taken out of the plan"), "swap_topics": _("Swapped"),
    "pin_placement": _("Pinned or let go"), "accept_plan": _("Proposal taken over"),
    "publish_edition": _("Published"), "plan_round": _("Round set up"), "open_round": _("Round opened"),
    "last_call": _("Last call"), "close_round": _("Vote closed"), "reopen_round": _("Vote opened again"),
    "show_draft": _("Draft on the wall"), "count_hands": _("Hands counted"), "hide_topic": _("Topic hidden"),
    "release_topic": _("Topic shown"), "merge_topics": _("Topics merged"), "undo_merge": _("Merge taken back"),
    "day_withdraw": _("Host withdrew"), "day_room": _("Room lost"), "day_fill": _("Hole filled"),
    "day_repeat": _("Session repeated"), "day_swap": _("Times swapped"), "open_cells": _("Room opened again"),
    "raise_flag": _("Said on every screen"), "lower_flag": _("No longer said"),
    "send_notice": _("Announcement"), "end_notice": _("Announcement taken back"), "set_wall": _("Wall set"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the log."""

    decision: Decision
    words: str
    title: str
    sentences: tuple[str, ...]


def log_of(conference: Conference, *, most: int = 200) -> list[Entry]:
    """The newest decisions first."""
    names = names_of(conference, grid_of(conference))
    newest = Decision.objects.filter(conference=conference).order_by("-pk")[:most]
    return [entry_of(decision, names) for decision in newest]


def entry_of(decision: Decision, names: Names) -> Entry:
    before, after = places_of(decision, 1), places_of(decision, 2)
    return Entry(
        decision=decision, words=str(VERBS.get(decision.verb, decision.verb)),
        title=names.titles.get(decision.facts.get("topic", 0), ""),
        sentences=tuple(change_in_words(change, names) for change in changes_between(before, after)),
    )


def places_of(decision: Decision, side: int) -> dict[int, Place]:
    """Where the moved topics were (1) or are (2)."""
    return {move[0]: Place(move[side][0], move[side][1]) for move in decision.moves if move[side]}
