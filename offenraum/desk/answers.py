"""How the desk answers a tap: back to the page, with a line that says what happened."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from offenraum.barcamp.actions.merging import CannotMerge, Settled
from offenraum.barcamp.actions.rounds import TooLate, VoteOver
from offenraum.barcamp.actions.topics import Stale
from offenraum.conference.models import Conference
from offenraum.desk.access import decider_of
from offenraum.kit.group_commit import durable
from offenraum.programme.actions.decisions import NothingToUndo, decide
from offenraum.programme.actions.draft import NoSuchCell, Taken
from offenraum.programme.actions.editions import NothingToPublish
from offenraum.programme.actions.plan_runs import NothingToPlan, PinsChanged
from offenraum.programme.queries.scene import Impossible
from offenraum.registration.actions.places import TooLate as TooLateToCancel
from offenraum.registration.actions.registering import NotOpen
from offenraum.registration.actions.settings import InUse, NameTaken
from offenraum.seats.actions.making import NumbersTaken

Refused = (
    Stale, TooLate, VoteOver, Taken, NoSuchCell, NothingToPublish, NothingToPlan, PinsChanged, NumbersTaken, Impossible,
    NothingToUndo, CannotMerge, Settled, TooLateToCancel, InUse, NameTaken, NotOpen,
)
DECISIONS: Final = frozenset({
    "plan_round", "open_round", "last_call", "close_round", "reopen_round", "hide_topic", "release_topic",
    "show_draft", "count_hands", "publish_edition", "send_notice", "end_notice", "raise_flag", "lower_flag",
    "set_wall", "open_cells", "merge_topics", "undo_merge",
})
"""The actions of the desk that are written down, beside every change of the plan."""

TOLD: Final = frozenset({"count", "is_estimate", "is_pinned", "is_shown", "after", "number"})


def say(request: HttpRequest, text: str | Promise, tags: str = "") -> None:
    """A line on the next page: something was done; with the tag `undo` it can be taken back."""
    messages.success(request, str(text), extra_tags=tags)


def warn(request: HttpRequest, text: str | Promise) -> None:
    """A line on the next page: something was refused, and why."""
    messages.warning(request, str(text))


def back(conference: Conference, page: str, *arguments: object) -> HttpResponse:
    """To a page of the desk, by its name."""
    return redirect(reverse(f"desk:{page}", args=[conference.slug, *arguments]))


def attempt(request: HttpRequest, action: Callable[..., object], /, **arguments: object) -> bool:
    """Do an action and write a decision down; a refusal becomes a line for the moderator."""
    try:
        if action.__name__ in DECISIONS:
            logged(request, action, arguments)
        else:
            durable(action, **arguments)
    except Refused as refusal:
        warn(request, refusal.message)
        return False
    return True


def logged(
    request: HttpRequest, action: Callable[..., object], arguments: Mapping[str, object], *, topics: Sequence[int] = ()
) -> None:
    """Do an action and write down who decided it; what it moves of `topics` can be taken back."""
    durable(
        decide, by=decider_of(request), verb=action.__name__, action=action, arguments=arguments, topics=topics,
        facts=facts_of(arguments),
    )


def facts_of(arguments: Mapping[str, object]) -> dict[str, object]:
    """What an action was about, as ids and plain values."""
    plain = {name: value for name, value in arguments.items() if name in TOLD and isinstance(value, int)}
    ids = {name.rstrip("_"): value.pk for name, value in arguments.items() if isinstance(value, Model)}
    return {**ids, **plain}


def not_understood(request: HttpRequest, conference: Conference, page: str) -> HttpResponse:
    """A tap without the fields it needs, for example from a page of an older version."""
    warn(request, _("That did not work. Please try again on this page."))
    return back(conference, page)
