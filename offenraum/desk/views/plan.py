"""The session plan: placing, moving, swapping, pinning, taking out and taking back."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from offenraum.barcamp.models import Topic
from offenraum.barcamp.queries import public_topics, topic_of
from offenraum.conference.actions.decisions import Decider
from offenraum.conference.models import Decision, Room, Slot
from offenraum.conference.queries.access import Access
from offenraum.desk.access import at_desk, decider_of
from offenraum.desk.answers import Refused, back, say, warn
from offenraum.desk.changes import cell_of, change, chosen, in_words
from offenraum.desk.forms import PieceForm, PlaceForm, SwapForm
from offenraum.desk.queries.board import board_of
from offenraum.desk.queries.places import places_for
from offenraum.desk.words import price_in_words
from offenraum.kit.group_commit import durable
from offenraum.planner.hand import HandPrice
from offenraum.programme.actions.decisions import NothingToUndo, last_undoable, pass_over
from offenraum.programme.actions.decisions import undo as undo_decision
from offenraum.programme.actions.draft import (
    pin_placement,
    place_topic,
    remove_placement,
    swap_topics,
)
from offenraum.programme.queries.differences import place_in_words
from offenraum.programme.queries.prices import prices_of


@require_GET
@at_desk()
def page(request: HttpRequest, desk: Access) -> HttpResponse:
    """The board: the shelf left, the grid right."""
    context = {"conference": desk.conference, "access": desk, "page": "board", "board": board_of(desk.conference)}
    return render(request, "desk/board.html", context)


@require_POST
@at_desk()
def place(request: HttpRequest, desk: Access) -> HttpResponse:
    """Put the chosen card into a cell."""
    form = PlaceForm(request.GET.dict() | request.POST.dict())
    found = cell_of(form, desk.conference) if form.is_valid() else None
    topic = chosen(form.cleaned_data.get("piece"), desk.conference)
    if topic is None or found is None:
        warn(request, _("Please choose a topic first, then a free place."))
        return back(desk.conference, "board")
    refusal = put(request, desk, topic, form.cleaned_data["piece"].seen, *found)
    if refusal:
        warn(request, refusal)
    return back(desk.conference, "board")


def put(request: HttpRequest, desk: Access, topic: Topic, seen: int | None, slot: Slot, room: Room) -> str | None:
    """Put a topic into a cell; why not, in words."""
    words = _("“%(title)s” is at %(place)s.") % {"title": topic.title, "place": place_in_words(slot, room)}
    return change(request, [topic], words, place_topic, topic=topic, slot=slot, room=room, seen=seen)


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk()
def place_by_list(request: HttpRequest, desk: Access, number: int) -> HttpResponse:
    """Everything that can be done with one card, with two lists instead of a pointer."""
    topic = topic_of(conference=desk.conference, number=number)
    if topic is None or topic.state != Topic.State.RELEASED:
        raise Http404
    refusal = place_from_list(request, desk, topic) if request.method == "POST" else None
    if request.method == "POST" and refusal is None:
        return back(desk.conference, "board")
    context = {
        "conference": desk.conference, "access": desk, "page": "board", "refusal": refusal,
        "places": places_for(desk.conference, topic), "typed": request.POST,
    }
    return render(request, "desk/place.html", context, status=409 if refusal else 200)


@require_GET
@at_desk()
def prices(request: HttpRequest, desk: Access, number: int) -> HttpResponse:
    """What dropping a card on each cell would cost people, in words, for the board's script."""
    topic = topic_of(conference=desk.conference, number=number)
    if topic is None or topic.state != Topic.State.RELEASED:
        raise Http404
    found = {spot: price for spot, price in prices_of(desk.conference, topic).items() if spot}
    cells = {f"{slot}-{room}": priced(price) for (slot, room), price in found.items()}
    return JsonResponse({"cells": cells})


def priced(price: HandPrice) -> dict[str, str]:
    kind = "good" if price.change > 0 else "bad" if price.change < 0 else "even"
    return {"words": price_in_words(price), "kind": kind}


def place_from_list(request: HttpRequest, desk: Access, topic: Topic) -> str | None:
    """Place as the two lists say; why not, in words, so that the page keeps what was chosen."""
    form = PlaceForm(request.GET.dict() | request.POST.dict())
    found = cell_of(form, desk.conference) if form.is_valid() else None
    if found is None:
        return _("Please choose a time and a room.")
    return put(request, desk, topic, form.cleaned_data["piece"].seen, *found)


@require_POST
@at_desk()
def swap(request: HttpRequest, desk: Access) -> HttpResponse:
    """Let two placed cards change places."""
    form = SwapForm(request.GET.dict() | request.POST.dict())
    form.is_valid()
    one, two = (chosen(form.cleaned_data.get(name), desk.conference) for name in ("piece", "other"))
    if one is None or two is None:
        warn(request, _("Please choose two sessions that have a place."))
        return back(desk.conference, "board")
    words = _("“%(one)s” and “%(two)s” have changed places.") % {"one": one.title, "two": two.title}
    seen, other_seen = form.cleaned_data["piece"].seen, form.cleaned_data["other"].seen
    refusal = change(
        request, [one, two], words, swap_topics, topic=one, seen=seen, other=two, other_seen=other_seen
    )
    if refusal:
        warn(request, refusal)
    return back(desk.conference, "board")


@require_POST
@at_desk()
def remove(request: HttpRequest, desk: Access) -> HttpResponse:
    """Take a card out of the plan, back to the shelf."""
    return change_piece(request, desk, _("“%(title)s” has no place now."), remove_placement)


@require_POST
@at_desk()
def pin(request: HttpRequest, desk: Access) -> HttpResponse:
    """Keep a card where it is when a plan is proposed."""
    return change_piece(request, desk, _("“%(title)s” is pinned."), pin_placement, is_pinned=True)


@require_POST
@at_desk()
def unpin(request: HttpRequest, desk: Access) -> HttpResponse:
    """Let the planner move a card again."""
    return change_piece(request, desk, _("“%(title)s” may move again."), pin_placement, is_pinned=False)


@require_POST
@at_desk()
def undo(request: HttpRequest, desk: Access) -> HttpResponse:
    """Take back this moderator's last change of the plan."""
    by = decider_of(request)
    try:
        last = last_undoable(by)
        refusal = undone(last, by)
    except NothingToUndo as nothing:
        refusal = str(nothing.message)
    if refusal:
        warn(request, refusal)
    else:
        say(request, _("The last change has been taken back."))
    return back(desk.conference, "board")


def undone(last: Decision, by: Decider) -> str | None:
    """Take a decision back; why not, in words."""
    topics = list(public_topics(by.conference).filter(pk__in=[move[0] for move in last.moves]))
    try:
        durable(undo_decision, decision=last, now=by.now)
    except Refused as refusal:
        durable(pass_over, decision=last, now=by.now)
        return in_words(refusal, topics=topics)
    return None


def change_piece(
    request: HttpRequest, desk: Access, words: str, action: Callable[..., object], **more: object
) -> HttpResponse:
    """Change one placed card as the moderator saw it."""
    form = PieceForm(request.GET.dict() | request.POST.dict())
    form.is_valid()
    pick = form.cleaned_data.get("piece")
    topic = chosen(pick, desk.conference)
    if topic is None or pick is None or pick.seen is None:
        warn(request, _("Please choose a session that has a place."))
        return back(desk.conference, "board")
    refusal = change(
        request, [topic], words % {"title": topic.title}, action, topic=topic, seen=pick.seen, **more
    )
    if refusal:
        warn(request, refusal)
    return back(desk.conference, "board")
