"""A change of the day in sentences, before it is accepted."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from offenraum.conference.models import Conference
from offenraum.conference.queries import now_of
from offenraum.desk.words import conflict_in_words
from offenraum.programme.models import PlanRun
from offenraum.programme.queries.day import Outlook, outlook_of
from offenraum.programme.queries.differences import Names, change_in_words, names_of, time_of
from offenraum.programme.queries.scene import Impossible
from offenraum.programme.rules import ChangeKind
from offenraum.programme.rules.day import COPY, DayChange, DayKind, moved_count
from offenraum.programme.rules.repair import Effect


@dataclass(frozen=True, slots=True)
class Told:
    """What the page of a change says; `sent` goes back with the accepting tap."""

    change: DayChange
    title: str
    sentences: tuple[str, ...]
    moves: str
    effect: str
    warnings: tuple[str, ...]
    broken: tuple[str, ...]
    unpublished: tuple[str, ...]
    sent: dict[str, str]
    number: int | None

    @property
    def question(self) -> str:
        return urlencode(self.sent)


def told_of(conference: Conference, change: DayChange, *, run: PlanRun | None = None) -> Told:
    """The change as things stand now; raises Impossible with the reason."""
    outlook = outlook_of(conference, change, now=now_of(conference), run=run)
    names = names_with_copy(conference, outlook)
    broken = {id(conflict) for conflict in outlook.broken}
    words = {id(conflict): sentence(conflict_in_words(conflict, names.titles), names.titles.get(conflict.topic, "?"))
             for conflict in outlook.conflicts}
    return Told(
        change=change, title=title_of(outlook, names),
        sentences=(*beside_moves(outlook, names), *(change_in_words(each, names) for each in outlook.changes)),
        moves=moves_in_words(outlook), effect=effect_in_words(outlook.effect),
        warnings=tuple(words[key] for key in words if key not in broken),
        broken=tuple(words[key] for key in words if key in broken),
        unpublished=tuple(change_in_words(each, names) for each in outlook.unpublished),
        sent=sent_with(outlook, run), number=outlook.latest.number + 1 if outlook.latest else None,
    )


def sentence(conflict: str, title: str) -> str:
    return _("“%(title)s”: %(conflict)s") % {"title": title, "conflict": conflict}


def names_with_copy(conference: Conference, outlook: Outlook) -> Names:
    names = names_of(conference, outlook.scene.around.grid)
    original = names.titles.get(outlook.change.topic, "?")
    return Names(
        titles={**names.titles, COPY: _("%(title)s (again)") % {"title": original}}, slots=names.slots,
        rooms=names.rooms,
    )


def sent_with(outlook: Outlook, run: PlanRun | None) -> dict[str, str]:
    sent = {name: str(value) for name, value in asdict(outlook.change).items() if value}
    sent |= {"seen": outlook.seen, "then": outlook.then, "after": str(outlook.latest.number if outlook.latest else 0)}
    return sent | ({"run": str(run.pk)} if run else {})


def title_of(outlook: Outlook, names: Names) -> str:
    change = outlook.change
    title = {"title": names.titles.get(change.topic, "?"), "other": names.titles.get(change.other, "?")}
    if change.kind is DayKind.ROOM:
        room, slot = outlook.scene.room(change.room), outlook.scene.slot(change.slot)
        return _("%(room)s is lost from %(time)s on") % {"room": room.name, "time": time_of(slot)}
    return {
        DayKind.WITHDRAW: _("“%(title)s” does not take place"),
        DayKind.FILL: _("“%(title)s” fills a hole"),
        DayKind.REPEAT: _("“%(title)s” takes place again"),
        DayKind.SWAP: _("“%(title)s” and “%(other)s” change places"),
    }[change.kind] % title


def beside_moves(outlook: Outlook, names: Names) -> list[str]:
    """What happens beside the moves: sessions that run in a lost room, rooms that are closed."""
    told = [
        _("“%(title)s” is running there. It is not moved; it goes on in the foyer, and the door says so.")
        % {"title": names.titles.get(topic, "?")}
        for topic in outlook.held_in_foyer
    ]
    if outlook.closing:
        count = len(outlook.closing)
        told.append(ngettext(
            "The room is closed for %(count)d slot.", "The room is closed for %(count)d slots.", count
        ) % {"count": count})
    return told


def moves_in_words(outlook: Outlook) -> str:
    count = moved_count(outlook.before, outlook.after)
    gone = sum(1 for change in outlook.changes if change.kind is ChangeKind.GONE)
    if outlook.change.kind is DayKind.ROOM and gone:
        words = ngettext(
            "For %(count)d session there is no place left; it goes to the parking lot.",
            "For %(count)d sessions there is no place left; they go to the parking lot.", gone,
        ) % {"count": gone}
        return f"{moved_in_words(count)} {words}"
    return moved_in_words(count)


def moved_in_words(count: int) -> str:
    if not count:
        return _("No other session moves.")
    return ngettext("%(count)d session moves.", "%(count)d sessions move.", count) % {"count": count}


def effect_in_words(effect: Effect) -> str:
    """Who gains, who loses, of those who have shown interest."""
    gain = ngettext("%(count)d person gains a wish", "%(count)d people gain a wish", effect.gain)
    lose = ngettext("%(count)d person loses one", "%(count)d people lose one", effect.lose)
    if not effect.gain and not effect.lose:
        return _("Nobody gains or loses a wish.")
    return f"{gain % {'count': effect.gain}}, {lose % {'count': effect.lose}}."


@dataclass(frozen=True, slots=True)
class Repair:
    """What the planner says about a change: under way, failed, or its own way."""

    run: PlanRun
    told: Told | None
    refusal: str


def repair_of(conference: Conference, run: PlanRun) -> Repair:
    told, refusal = None, ""
    if run.state == PlanRun.State.DONE and run.change:
        try:
            told = told_of(conference, DayChange.read(run.change), run=run)
        except Impossible as impossible:
            refusal = str(impossible.message)
    return Repair(run=run, told=told, refusal=refusal)
