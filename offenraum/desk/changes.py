"""A change of the draft at the desk: done and remembered, or refused with what is there now."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.http import HttpRequest
from django.utils.translation import gettext as _

from offenraum.barcamp.actions.topics import Stale
from offenraum.barcamp.models import Topic
from offenraum.barcamp.queries import public_topics
from offenraum.conference.models import Conference, Room, Slot
from offenraum.desk.answers import Refused, logged, say
from offenraum.desk.forms import Pick, PlaceForm
from offenraum.programme.actions.draft import Taken
from offenraum.programme.models import Placement
from offenraum.programme.queries.differences import place_in_words
from offenraum.programme.queries.draft import placement_at


def change(
    request: HttpRequest, topics: list[Topic], words: str, action: Callable[..., object], **arguments: object,
) -> str | None:
    """Do a change that can be taken back and say so; if it is refused, return why and what is there now."""
    try:
        logged(request, action, arguments, topics=[topic.pk for topic in topics])
    except Refused as refusal:
        return in_words(refusal, topics=topics, slot=arguments.get("slot"), room=arguments.get("room"))
    say(request, words, "undo")
    return None


def chosen(pick: Pick | None, conference: Conference) -> Topic | None:
    """The topic of a chosen card, if it is one of this conference."""
    return public_topics(conference).filter(pk=pick.topic).first() if pick else None


def cell_of(form: PlaceForm, conference: Conference) -> tuple[Slot, Room] | None:
    slot = Slot.objects.filter(conference=conference, pk=form.cleaned_data["slot"]).first()
    room = Room.objects.filter(conference=conference, pk=form.cleaned_data["room"]).first()
    return (slot, room) if slot and room else None


def in_words(refusal: Exception, *, topics: Iterable[Topic], slot: object = None, room: object = None) -> str:
    """Why a change was refused, and what is there now."""
    parts = [str(getattr(refusal, "message", ""))]
    if isinstance(refusal, Stale):
        parts += [where_now(topic) for topic in topics]
    if isinstance(refusal, Taken) and isinstance(slot, Slot) and isinstance(room, Room):
        parts.append(what_is_there(slot, room))
    return " ".join(part for part in parts if part)


def where_now(topic: Topic) -> str:
    placement = Placement.objects.select_related("slot", "room").filter(topic=topic).first()
    if placement is None:
        return _("“%(title)s” has no place now.") % {"title": topic.title}
    place = place_in_words(placement.slot, placement.room)
    return _("“%(title)s” is now at %(place)s.") % {"title": topic.title, "place": place}


def what_is_there(slot: Slot, room: Room) -> str:
    there = placement_at(slot, room)
    if there is None:
        return ""
    return _("At %(place)s there is “%(title)s”.") % {
        "place": place_in_words(slot, room), "title": there.topic.title,
    }
