"""Typing ballots: one line, Enter, the next."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from offenraum.barcamp.actions.ballots import (
    AlreadyTyped,
    NotTyped,
    UnknownSeat,
    UnknownTopics,
    take_back_ballot,
    type_ballot,
)
from offenraum.barcamp.actions.rounds import VoteOver
from offenraum.barcamp.models import Ballot, Round
from offenraum.barcamp.queries import round_now
from offenraum.barcamp.queries.ballots import numbers_on
from offenraum.barcamp.rules.ballots import Misread, is_take_back, read_sheet
from offenraum.conference.queries import now_of
from offenraum.conference.queries.access import Access
from offenraum.conference.rules import Duty
from offenraum.desk.access import at_desk
from offenraum.desk.answers import back, say
from offenraum.desk.forms import BallotForm
from offenraum.desk.words import misread_in_words, numbers_in_words, time_in_words
from offenraum.kit.group_commit import durable

REFUSED = (Misread, UnknownSeat, UnknownTopics, AlreadyTyped, NotTyped, VoteOver)


@require_GET
@at_desk(Duty.BALLOTS)
def page(request: HttpRequest, desk: Access) -> HttpResponse:
    """A field for one line, how many are in, and the last of them."""
    return ballot_page(request, desk, BallotForm.fresh())


def ballot_page(request: HttpRequest, desk: Access, form: BallotForm) -> HttpResponse:
    context = {"conference": desk.conference, "access": desk, "page": "ballots", "form": form}
    return render(request, "desk/ballots.html", context, status=422 if form.errors else 200)


@require_POST
@at_desk(Duty.BALLOTS)
def keep(request: HttpRequest, desk: Access) -> HttpResponse:
    """Keep what was typed, or say what is wrong with it and leave it in the field.

    The answer to a ballot is the page itself, without a second request: sent again, its key makes it the same ballot.
    """
    form, round_ = BallotForm(request.POST), round_now(desk.conference)
    if not form.is_valid():
        return ballot_page(request, desk, form)
    line, key = form.cleaned_data["line"], form.cleaned_data["key"] or uuid.uuid4()
    try:
        if is_take_back(line):
            say(request, take_back(round_, desk))
            return back(desk.conference, "ballots")
        say(request, take(round_, desk, line, key))
    except REFUSED as error:
        form.add_error("line", fault_in_words(error, line))
        return ballot_page(request, desk, form)
    return ballot_page(request, desk, BallotForm.fresh())


def take(round_: Round | None, desk: Access, line: str, key: uuid.UUID) -> str:
    sheet = read_sheet(line)
    kept = durable(
        type_ballot, round_=running(round_), sheet=sheet, typed_by=desk.name, key=key, now=now_of(desk.conference)
    )
    words = ngettext(
        "Ballot %(number)d: %(count)d topic.", "Ballot %(number)d: %(count)d topics.", len(sheet.topics)
    ) % {"number": sheet.number, "count": len(sheet.topics)}
    if kept.seat.is_checked_in:
        return words
    return words + " " + _("This seat has not checked in yet; the ballot counts as soon as it has.")


def take_back(round_: Round | None, desk: Access) -> str:
    gone = durable(take_back_ballot, round_=running(round_), typed_by=desk.name)
    return _("Ballot %(number)d has been taken back.") % {"number": gone.seat.number}


def running(round_: Round | None) -> Round:
    if round_ is None or not round_.is_running:
        raise VoteOver
    return round_


def fault_in_words(error: Exception, line: str) -> str:
    """What is wrong with a line, and what to type instead."""
    if isinstance(error, Misread):
        return misread_in_words(error)
    if isinstance(error, AlreadyTyped):
        return already_in_words(error.ballot)
    if isinstance(error, UnknownTopics):
        return ngettext(
            "No. %(numbers)s is not up for the vote.", "Nos. %(numbers)s are not up for the vote.", len(error.numbers)
        ) % {"numbers": numbers_in_words(error.numbers)}
    if isinstance(error, UnknownSeat):
        return _("There is no seat with the number %(number)d.") % {"number": read_sheet(line).number}
    if isinstance(error, NotTyped):
        return _("There is no ballot to take back or to correct.")
    return _("No vote is running. Ballots can be typed from the opening of a round to its close.")


def already_in_words(ballot: Ballot) -> str:
    return _(
        "Ballot %(number)d is in already: %(topics)s (%(name)s, %(time)s). To correct it, type an exclamation mark "
        "after its number: %(number)d! …"
    ) % {
        "number": ballot.seat.number, "topics": numbers_in_words(numbers_on(ballot)) or "–", "name": ballot.typed_by,
        "time": time_in_words(ballot.typed_at),
    }
