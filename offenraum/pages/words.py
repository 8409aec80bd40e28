"""What the sign of a room says, line by line; the page and the picture say the same."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from offenraum.pages.queries.door import Door, Item, Moved
from offenraum.programme.models import Edition
from offenraum.programme.queries.published import Session
from offenraum.programme.rules.day import Phase


@dataclass(frozen=True, slots=True)
class Sign:
    """The lines of a sign from top to bottom; an empty one is left out; `phase` tells when time is short."""

    phase: str
    state: str
    mark: str
    title: str
    by: str
    moved: tuple[str, ...]
    full: str
    following: str
    edition: str


def sign_of(door: Door) -> Sign:
    """In the language and the time zone that are active."""
    shown = door.current or door.coming
    return Sign(
        phase=door.phase if door.phase and door.phase is not Phase.RUNNING else "",
        state=state_of(door),
        mark=goes_on(door, shown),
        title=shown.title if shown else empty_title(door),
        by=", ".join(shown.people) if shown else "",
        moved=tuple(moved_in_words(each) for each in door.moved),
        full=" · ".join(room_and_title(each) for each in door.alternatives),
        following=following_in_words(door.following),
        edition=edition_in_words(door.programme.edition),
    )


def state_of(door: Door) -> str:
    """What is to be known about the time: nothing when the room is free."""
    if door.current is None:
        return _("Soon, at %(time)s") % {"time": hour(door.coming.starts_at)} if door.coming else ""
    words = {"time": hour(door.current.ends_at), "place": door.current.foyer}
    if door.phase is Phase.RUNNING or not door.current.session:
        return _("Running until %(time)s") % words
    if door.phase is Phase.SOON:
        return _("Until %(time)s. Please come to an end.") % words
    if door.current.foyer:
        return _("The time is over. It goes on here: %(place)s") % words
    return _("The time is over. Please go on in the foyer.")


def goes_on(door: Door, shown: Item | None) -> str:
    """Where a session that leaves its room is to be found."""
    if shown is None or not shown.foyer or door.phase is Phase.OVER:
        return ""
    return _("Goes on here: %(place)s") % {"place": shown.foyer}


def empty_title(door: Door) -> str:
    if door.is_closed:
        return _("This room is closed")
    return _("Free until %(time)s") % {"time": hour(door.following.starts_at)} if door.following else _("Free")


def moved_in_words(moved: Moved) -> str:
    if moved.session is None:
        return _("Cancelled: %(title)s") % {"title": moved.title}
    return _("Moved to %(time)s, %(room)s: %(title)s") % {
        "title": moved.title, "time": hour(moved.session.starts_at), "room": moved.session.room.name,
    }


def room_and_title(session: Session) -> str:
    return f"{session.room.name}: {session.topic.title}"


def following_in_words(item: Item | None) -> str:
    return _("Then %(time)s: %(title)s") % {"time": hour(item.starts_at), "title": item.title} if item else ""


def edition_in_words(edition: Edition | None) -> str:
    if edition is None:
        return ""
    return _("Edition %(number)s · %(time)s") % {"number": edition.number, "time": hour(edition.published_at)}


def hour(moment: datetime) -> str:
    return date_format(localtime(moment), "H:i")
