"""What the reasons of a plan say in sentences; in public small groups are not counted exactly."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from offenraum.conference.models import Room, Slot

Document = Mapping[str, Any]
FEWEST: Final = 5


@dataclass(frozen=True, slots=True)
class Called:
    """What ids of a problem are called today; `is_public` hides how many a group below five has."""

    titles: Mapping[str, str]
    slots: Mapping[str, Slot]
    rooms: Mapping[str, Room]
    is_public: bool

    def topics(self, ids: Iterable[object]) -> str:
        """“Eins”, “Zwei”"""
        known = [self.titles.get(str(topic)) for topic in ids]
        return ", ".join(_("“%(title)s”") % {"title": title} for title in known if title) or _("a withdrawn topic")

    def time(self, slot: object) -> str:
        found = self.slots.get(str(slot))
        return date_format(localtime(found.starts_at), "H:i") if found else "?"

    def room(self, room: object) -> str:
        found = self.rooms.get(str(room))
        return found.name if found else "?"

    def people(self, count: int) -> str:
        """7 people; in public “fewer than 5 people” for one to four."""
        if self.is_public and 0 < count < FEWEST:
            return _("fewer than %(count)d people") % {"count": FEWEST}
        return ngettext("%(count)d person", "%(count)d people", count) % {"count": count}


    def counted(self, count: int, estimated: int) -> str:
        """7 people; or “7 people, and 12 more by estimate” where a forecast has part in the count."""
        if not estimated:
            return self.people(count)
        words = {"people": self.people(count - estimated), "more": estimated}
        return _("%(people)s who voted, and an estimated %(more)d more") % words


def beyond(change: Document) -> list[str]:
    """How many of an exchange's people are not counted but estimated; nothing where there is no forecast."""
    gain, lose = change.get("gain_estimated", 0), change.get("lose_estimated", 0)
    if not gain and not lose:
        return []
    return [_("Estimated beside those who voted: %(gain)d would gain, %(lose)d would lose.") % {
        "gain": gain, "lose": lose,
    }]


def voters_in(change: Document) -> tuple[int, int]:
    """Who gains and who loses by an exchange, of those who voted."""
    return change["gain"] - change.get("gain_estimated", 0), change["lose"] - change.get("lose_estimated", 0)


def why_out(out: Document, called: Called) -> list[str]:
    """Why a topic has no place, in one to three sentences."""
    if out["reason"] in {"outvoted", "hosts_would_lose"}:
        return weighed(out, called)
    if out["reason"] == "conflicts":
        return [_("In every time that would fit, sessions that stay are in the way: %(topics)s.") % {
            "topics": called.topics(out.get("topics", []))
        }] if out.get("topics") else [_("Sessions that stay are in the way in every time that would fit.")]
    rules = [str(RULES[rule]()) for rule in out.get("rules", []) if rule in RULES]
    if not rules:
        return [_("No time and room fit this topic.")]
    return [_("No time and room fit this topic, because of: %(rules)s.") % {"rules": ", ".join(rules)}]


RULES: Final[Mapping[str, Callable[[], str]]] = {
    "features": lambda: _("what it needs in the room"),
    "pin": lambda: _("where it is pinned"),
    "length": lambda: _("its length of two slots"),
    "absences": lambda: _("when its hosts are away"),
    "closed": lambda: _("when rooms are closed"),
    "over": lambda: _("the times that are over"),
}


def weighed(out: Document, called: Called) -> list[str]:
    """The best insertion: where, instead of what, who gains, who loses, what is missing."""
    place = {"time": called.time(out["slot"]), "room": called.room(out["room"])}
    if out.get("instead_of"):
        place["topics"] = called.topics(out["instead_of"])
        first = _("Its best place would be %(time)s, %(room)s, instead of %(topics)s.") % place
    else:
        first = _("Its best place would be %(time)s, %(room)s, which is free.") % place
    gain, lose = voters_in(out)
    if not gain and not lose:
        return [first, _("Nobody who voted would gain or lose a wish by that."), *beyond(out)]
    effect = _("It would help %(gain)s; %(lose)s would lose a wish.") % {
        "gain": called.people(gain), "lose": called.people(lose),
    }
    return [first, effect, *beyond(out), *missing(out)]


def missing(out: Document) -> list[str]:
    """How far the topic is from a place."""
    count = out.get("wishes_missing")
    if out.get("even"):
        return [_("It would be as good as the plan.")]
    if not count:
        return []
    words = ngettext(
        "%(count)d more person who wants it would make up for that.",
        "%(count)d more people who want it would make up for that.", count,
    )
    return [words % {"count": count}]


def why_room(room: Document, called: Called, *, name: str) -> list[str]:
    """Expected people against places, and what the next bigger room would change."""
    expected = _("In %(room)s there are %(places)d places; %(low)d to %(high)d people are expected.") % {
        "room": name, "places": room["places"], "low": room["low"], "high": room["high"],
    }
    bigger = room.get("next_bigger")
    if bigger is None:
        return [expected, _("No bigger room fits at this time.")]
    return [expected, bigger_room(bigger, called)]


def bigger_room(bigger: Document, called: Called) -> str:
    words = {"room": called.room(bigger["room"]), "places": bigger["places"]}
    if bigger["taken_by"]:
        words["topics"] = called.topics([bigger["taken_by"]])
        first = _("The next bigger room, %(room)s (%(places)d), is used by %(topics)s.") % words
    else:
        first = _("The next bigger room, %(room)s (%(places)d), is free.") % words
    gain, lose = voters_in(bigger)
    if not gain and not lose:
        return " ".join([first, _("An exchange would help nobody who voted."), *beyond(bigger)])
    effect = _("An exchange would help %(gain)s; %(lose)s would lose a wish.") % {
        "gain": called.people(gain), "lose": called.people(lose),
    }
    return " ".join([first, effect, *beyond(bigger)])


BLOCKED: Final[Mapping[str, Callable[[], str]]] = {
    "over": lambda: _("this time is over"),
    "no_following_slot": lambda: _("two slots are needed, but none follows"),
    "hosts_away": lambda: _("a host is away"),
    "clash": lambda: _("a host has another session then"),
    "no_room": lambda: _("no room fits"),
}


def missed_in_words(missed: Document, called: Called) -> str:
    """Why somebody does not sit in something wanted."""
    words = {"topic": called.topics([missed["topic"]])}
    if missed["why"] == "out":
        return _("%(topic)s is not in the programme.") % words
    words["time"] = called.time(missed["slot"])
    if missed["why"] == "clash":
        words["other"] = called.topics([missed["instead"]])
        return _("%(topic)s is at %(time)s, at the same time as %(other)s.") % words
    first = (_("%(topic)s at %(time)s is probably full.") if missed["why"] == "full"
             else _("%(topic)s at %(time)s is in a room that lacks what you need.")) % words
    if not missed.get("alternative"):
        return first
    return first + " " + _("Instead: %(other)s.") % {"other": called.topics([missed["alternative"]])}
