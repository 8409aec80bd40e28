"""How the desk answers a tap: back to the page, with a line that says what happened."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from offenraum.barcamp.actions.rounds import TooLate, VoteOver
from offenraum.barcamp.actions.topics import Stale
from offenraum.conference.models import Conference
from offenraum.kit.group_commit import durable
from offenraum.programme.actions.draft import NoSuchCell, Taken
from offenraum.programme.actions.editions import NothingToPublish
from offenraum.programme.actions.plan_runs import NothingToPlan, PinsChanged
from offenraum.seats.actions import NumbersTaken

Refused = (
    Stale, TooLate, VoteOver, Taken, NoSuchCell, NothingToPublish, NothingToPlan, PinsChanged, NumbersTaken,
)


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
    """Do an action; a refusal becomes a line for the moderator."""
    try:
        durable(action, **arguments)
    except Refused as refusal:
        warn(request, refusal.message)
        return False
    return True


def not_understood(request: HttpRequest, conference: Conference, page: str) -> HttpResponse:
    """A tap without the fields it needs, for example from a page of an older version."""
    warn(request, _("That did not work. Please try again on this page."))
    return back(conference, page)
