"""One card and what can be done with it: its free cells with reasons, and whom it could change places with."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from offenraum.barcamp.models import Topic
from offenraum.barcamp.queries import public_topics
from offenraum.conference.models import Conference, Room, Slot
from offenraum.desk.queries.board import Piece, piece_of
from offenraum.desk.words import conflict_in_words, price_in_words
from offenraum.programme.models import Placement
from offenraum.programme.queries.advice import FreeCell, free_cells
from offenraum.programme.queries.draft import around_of, draft_of
from offenraum.programme.queries.prices import prices_of

BEST = 4


@dataclass(frozen=True, slots=True)
class Option:
    """A free cell and why it is good or bad, in words; `price` is what going there costs people."""

    slot: Slot
    room: Room
    reason: str
    price: str
    is_good: bool


@dataclass(frozen=True, slots=True)
class Partner:
    """A session that could change places with this one, and what that would cost people."""

    piece: Piece
    price: str


@dataclass(frozen=True, slots=True)
class Places:
    """What the page of one card shows."""

    piece: Piece
    options: tuple[Option, ...]
    partners: tuple[Partner, ...]
    price_of_leaving: str

    @property
    def best(self) -> tuple[Option, ...]:
        return self.options[:BEST]

    @property
    def slots(self) -> list[Slot]:
        """The slots with a free cell, the best first."""
        return list(dict.fromkeys(option.slot for option in self.options))

    @property
    def rooms(self) -> list[Room]:
        """The rooms with a free cell, the best first."""
        return list(dict.fromkeys(option.room for option in self.options))


def places_for(conference: Conference, topic: Topic) -> Places:
    """Free cells, best first with the reason, and the sessions that could change places with this one."""
    draft, around = draft_of(conference), around_of(conference)
    topics = list(public_topics(conference))
    titles = {one.pk: one.title for one in topics}
    prices = {spot: price_in_words(price) for spot, price in prices_of(conference, topic).items()}
    others = [one for one in topics if one.pk in draft and one.pk != topic.pk]
    partners = [Partner(piece_of(one, draft, around.wanted, {}), prices.get(spot(draft[one.pk]), "")) for one in others]
    return Places(
        piece=piece_of(topic, draft, around.wanted, {}),
        options=tuple(
            option_of(cell, titles, prices.get((cell.slot.pk, cell.room.pk), ""))
            for cell in free_cells(conference, topic) if not is_home(cell, draft.get(topic.pk))
        ),
        partners=tuple(partners) if topic.pk in draft else (),
        price_of_leaving=prices.get(None, ""),
    )


def is_home(cell: FreeCell, placement: Placement | None) -> bool:
    """Whether the topic is there already."""
    return placement is not None and spot(placement) == (cell.slot.pk, cell.room.pk)


def spot(placement: Placement) -> tuple[int, int]:
    return placement.slot_id, placement.room_id


def option_of(cell: FreeCell, titles: dict[int, str], price: str) -> Option:
    reason = reason_of(cell, titles)
    return Option(slot=cell.slot, room=cell.room, reason=reason, price=price, is_good=not cell.conflicts)


def reason_of(cell: FreeCell, titles: dict[int, str]) -> str:
    """28 people interested, 40 places, no conflict"""
    places = ngettext("%(count)d place", "%(count)d places", cell.room.places) % {"count": cell.room.places}
    wrong = ", ".join(conflict_in_words(conflict, titles) for conflict in cell.conflicts) or _("no conflict")
    if cell.interested is None:
        return f"{places}, {wrong}"
    people = ngettext("%(count)d person would come", "%(count)d people would come", cell.interested)
    return ", ".join([people % {"count": cell.interested}, places, wrong])
