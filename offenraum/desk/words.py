"""What the desk says in sentences: conflicts, places, differences of editions, reasons of the planner."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from offenraum.barcamp.rules.ballots import Fault, Misread
from offenraum.planner.hand import HandPrice
from offenraum.programme.queries.draft import STEP_FREE
from offenraum.programme.rules import Conflict, ConflictKind

Titles = Mapping[int, str]
Why = Mapping[str, Any]


def time_in_words(moment: datetime) -> str:
    """13:05"""
    return date_format(localtime(moment), "H:i")


def numbers_in_words(numbers: Iterable[int]) -> str:
    """3, 7, 12"""
    return ", ".join(str(number) for number in numbers)


def misread_in_words(error: Misread) -> str:
    """Why a typed line is no ballot."""
    return {
        Fault.NO_SIGN: _("Please type the number of the ballot, a colon and the topics, for example 12: 3 7 19."),
        Fault.NO_NUMBER: _("“%(word)s” is no number.") % {"word": error.word},
        Fault.NO_TOPICS: _("There is no topic after the number of the ballot."),
        Fault.TWICE: _("No. %(word)s is there twice.") % {"word": error.word},
    }[error.fault]


def feature_in_words(feature: str) -> str:
    """What a room has, as the card says it; equipment is written by the organiser."""
    return _("step-free access") if feature == STEP_FREE else feature


def host_twice(conflict: Conflict, titles: Titles) -> str:
    return _("Same host as “%(title)s”") % {"title": titles.get(conflict.other or 0, "?")}


def room_lacks(conflict: Conflict, _titles: Titles) -> str:
    return _("The room lacks: %(feature)s") % {"feature": feature_in_words(conflict.detail)}


def room_small(conflict: Conflict, _titles: Titles) -> str:
    wanted, _slash, places = conflict.detail.partition("/")
    return ngettext(
        "Too small: %(wanted)s for %(places)d place", "Too small: %(wanted)s for %(places)d places", int(places)
    ) % {"wanted": wanted, "places": int(places)}


CONFLICTS: Final[Mapping[ConflictKind, Callable[[Conflict, Titles], str]]] = {
    ConflictKind.HOST_TWICE: host_twice,
    ConflictKind.HOST_AWAY: lambda _conflict, _titles: _("The host is away at this time"),
    ConflictKind.ROOM_CLOSED: lambda _conflict, _titles: _("The room is closed at this time"),
    ConflictKind.ROOM_LACKS: room_lacks,
    ConflictKind.ROOM_SMALL: room_small,
    ConflictKind.NO_FOLLOWING_SLOT: lambda _conflict, _titles: _("Needs two slots, but none follows"),
}


def topics_in_words(ids: Iterable[object], titles: Titles) -> str:
    """“Eins”, “Zwei”"""
    known = [titles.get(int(str(topic))) for topic in ids]
    return ", ".join(_("“%(title)s”") % {"title": title} for title in known if title)


def outvoted(why: Why, titles: Titles) -> str:
    gain = ngettext("%(count)d person would gain", "%(count)d people would gain", why["gain"]) % {"count": why["gain"]}
    lose = ngettext("%(count)d would lose", "%(count)d would lose", why["lose"]) % {"count": why["lose"]}
    instead = topics_in_words(why.get("instead_of", []), titles)
    return _("Its best place would be instead of %(topics)s: %(gain)s, %(lose)s.") % {
        "topics": instead, "gain": gain, "lose": lose,
    }


def in_the_way(why: Why, titles: Titles) -> str:
    topics = topics_in_words(why.get("topics", []), titles)
    if not topics:
        return _("Other sessions are in the way.")
    return _("In the way everywhere: %(topics)s.") % {"topics": topics}


def lacking_rooms(why: Why, _titles: Titles) -> str:
    features = ", ".join(feature_in_words(str(feature)) for feature in why.get("features", []))
    return _("No room has all of this: %(features)s.") % {"features": features}


REASONS: Final[Mapping[str, Callable[[Why, Titles], str]]] = {
    "no_room_has_features": lacking_rooms,
    "hosts_away": lambda _why, _titles: _("A host is away in every open slot."),
    "no_two_slots_in_a_row": lambda _why, _titles: _("It needs two slots in a row, and no open slot follows another."),
    "rooms_closed": lambda _why, _titles: _("The rooms that would do are closed in every open slot."),
    "no_cell_fits": lambda _why, _titles: _("Rooms, closing times and absences together leave no place."),
    "conflicts": in_the_way,
    "outvoted": outvoted,
    "hosts_would_lose": lambda _why, _titles: _("A place is free, but its hosts would lose more than others gain."),
}


def unplaced_in_words(why: Why, titles: Titles) -> str:
    """Why the planner left a topic out, as a sentence."""
    reason = REASONS.get(str(why.get("reason")))
    return reason(why, titles) if reason else _("The planner found no place.")


def price_in_words(price: HandPrice) -> str:
    """3 people lose a wish, 1 gains"""
    if not price.gain and not price.lose:
        return _("Nobody loses or gains a wish")
    gain = ngettext("%(count)d person gains a wish", "%(count)d people gain a wish", price.gain) % {"count": price.gain}
    if not price.lose:
        return gain
    lose = ngettext("%(count)d person loses a wish", "%(count)d people lose a wish", price.lose) % {"count": price.lose}
    if not price.gain:
        return lose
    more = ngettext("%(count)d gains one", "%(count)d gain one", price.gain) % {"count": price.gain}
    return _("%(lose)s, %(gain)s") % {"lose": lose, "gain": more}


def conflict_in_words(conflict: Conflict, titles: Titles) -> str:
    """A conflict as a sentence; `titles` names topics by id."""
    return CONFLICTS[conflict.kind](conflict, titles)
