"""The reasons of the published plan as screens show them: for a topic, for a seat, for the whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format

from offenraum.barcamp.models import Topic
from offenraum.barcamp.queries import public_topics
from offenraum.conference.models import Conference, Slot
from offenraum.conference.queries import grid_of
from offenraum.programme.models import Edition, OwnReasons, Reasons
from offenraum.programme.queries.reasons import change_logs, own_reasons, told_of
from offenraum.programme.words import BLOCKED, FEWEST, Called, Document, missed_in_words, why_out, why_room
from offenraum.seats.models import Seat


def called_in(conference: Conference, *, is_public: bool) -> Called:
    """What ids are called today; withdrawn and hidden topics have no name."""
    grid = grid_of(conference)
    return Called(
        titles={str(topic.pk): topic.title for topic in public_topics(conference)},
        slots={str(slot.pk): slot for slot in grid.slots},
        rooms={str(room.pk): room for room in grid.rooms},
        is_public=is_public,
    )


@dataclass(frozen=True, slots=True)
class WarmSlot:
    """How many people would come to a topic in a slot; `bar` is that number where it may be told exactly."""

    slot: Slot
    people: str
    bar: int
    blocked: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class Why:
    """Why a topic is where it is, or why it is not in the plan."""

    is_in: bool
    sentences: tuple[str, ...]
    slots: tuple[WarmSlot, ...]
    most: int


def why_of(conference: Conference, topic: Topic, *, is_public: bool) -> Why | None:
    """The reasons for one topic; None while there are none or they may not be told."""
    reasons = told_of(conference)
    found = reasons.told["explanations"]["topics"].get(str(topic.pk)) if reasons and reasons.told else None
    if reasons is None or reasons.told is None or found is None:
        return None
    return why_in(found, reasons.told["placements"].get(str(topic.pk)), called_in(conference, is_public=is_public))


def why_in(found: Document, at: Document | None, called: Called) -> Why:
    warm = found["slots"]
    slots = tuple(warm_slot(slot, warm[key], at, called) for key, slot in called.slots.items() if key in warm)
    if "out" in found:
        sentences = why_out(found["out"], called)
    else:
        sentences = why_room(found["room"], called, name=called.room(at["room"])) if at and "room" in found else []
    most = max((one.bar for one in slots), default=0)
    return Why(is_in=at is not None, sentences=tuple(sentences), slots=slots, most=most)


def warm_slot(slot: Slot, warm: Document, at: Document | None, called: Called) -> WarmSlot:
    come, estimated = warm["come"], warm.get("come_estimated", 0)
    voters = come - estimated
    return WarmSlot(
        slot=slot, people=called.counted(come, estimated), bar=0 if called.is_public and voters < FEWEST else voters,
        blocked=BLOCKED[warm["blocked"]]() if warm["blocked"] in BLOCKED else "",
        is_here=at is not None and at["slot"] == str(slot.pk),
    )


@dataclass(frozen=True, slots=True)
class OwnShare:
    """What the plan gives one seat: wishes as people count them, and why the others are missed."""

    percent: int | None
    got: str
    ideal: str
    missed: tuple[str, ...]
    wishes: tuple[tuple[str, int], ...]
    edition: Edition


def share_of(seat: Seat) -> OwnShare | None:
    """The own row of a seat; None while there is none or it may not be told."""
    own = own_reasons(seat)
    return own_share(own, called_in(seat.conference, is_public=True)) if own else None


def own_share(own: OwnReasons, called: Called) -> OwnShare:
    told: Mapping[str, Any] = own.told
    wishes = own.row["wishes"].items()
    return OwnShare(
        percent=told["percent"], got=wish_count(told["got"]), ideal=wish_count(told["ideal"]),
        missed=tuple(missed_in_words(missed, called) for missed in told["missed"]),
        wishes=tuple((called.titles[topic], weight) for topic, weight in wishes if topic in called.titles),
        edition=own.reasons.edition,
    )


def wish_count(amount: float) -> str:
    """2,5 in German."""
    return number_format(amount, decimal_pos=0 if amount == int(amount) else 1)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A topic without a place, and why."""

    topic: Topic
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Torn:
    """Two sessions at the same time that many want both of."""

    titles: str
    time: str
    people: str


@dataclass(frozen=True, slots=True)
class Logged:
    """What an edition changed for people."""

    edition: Edition
    moves: int
    gain: str
    lose: str


@dataclass(frozen=True, slots=True)
class Whole:
    """The reasons of a whole plan."""

    reasons: Reasons
    quality: Document
    left_out: tuple[LeftOut, ...]
    torn: tuple[Torn, ...]
    shares: Document
    bought_in: int
    not_bought: str
    unheard: str
    log: tuple[Logged, ...]
    pins: str


def whole_of(conference: Conference, *, is_public: bool) -> Whole | None:
    """The reasons of the latest edition; None while there are none or they may not be told."""
    reasons = told_of(conference)
    if reasons is None or reasons.told is None:
        return None
    called, told = called_in(conference, is_public=is_public), reasons.told["explanations"]
    shares = told["equal_shares"]
    return Whole(
        reasons=reasons,
        quality=told["quality"],
        left_out=left_out(conference, told["topics"], called),
        torn=torn_in(told["torn_pairs"], called),
        shares=shares,
        bought_in=sum(bought["in_plan"] for bought in shares["bought"]),
        not_bought=known([bought["topic"] for bought in shares["bought"] if not bought["in_plan"]], called),
        unheard=known([one["topic"] for one in shares["unheard"]], called),
        log=tuple(logged(one, called) for one in change_logs(conference)),
        pins=known([topic for topic, best in told["prices"]["pins"].items() if best], called),
    )


def known(topics: list[str], called: Called) -> str:
    """The titles of those that still have one."""
    named = [topic for topic in topics if topic in called.titles]
    return called.topics(named) if named else ""


def torn_in(pairs: list[Document], called: Called) -> tuple[Torn, ...]:
    return tuple(
        Torn(
            titles=called.topics(pair["topics"]), time=called.time(pair["slot"]),
            people=called.counted(pair["people"], pair.get("estimated", 0)),
        )
        for pair in pairs if all(topic in called.titles for topic in pair["topics"])
    )


def left_out(conference: Conference, told: Document, called: Called) -> tuple[LeftOut, ...]:
    topics = {str(topic.pk): topic for topic in public_topics(conference)}
    return tuple(
        LeftOut(topics[key], tuple(why_out(one["out"], called)))
        for key, one in told.items() if "out" in one and key in topics
    )


def logged(reasons: Reasons, called: Called) -> Logged:
    changes = (reasons.told or {})["explanations"]["changes"] or {}
    return Logged(
        edition=reasons.edition, moves=len(changes.get("moves", [])),
        gain=called.counted(changes.get("people_who_gain", 0), changes.get("estimated_who_gain", 0)),
        lose=called.counted(changes.get("people_who_lose", 0), changes.get("estimated_who_lose", 0)),
    )
