"""What is on at a moment, from the published programme."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from offenraum.answers.queries.event import edition_of, span_of
from offenraum.answers.queries.found import Asked, Found
from offenraum.answers.rules.asking import AskedMoment, Moment
from offenraum.conference.models import Talk
from offenraum.kit.language import localised
from offenraum.programme.queries.published import Programme, Session

Item = Session | Talk


def on_at(asked: Asked, programme: Programme, wanted: AskedMoment) -> Found:
    """The sessions and fixed items of a moment; where nothing is on, what comes next."""
    items = [one for one in items_of(programme) if not wanted.room or room_of(one) == wanted.room]
    moment = moment_of(asked, wanted)
    found = running(items, moment) if wanted.moment is not Moment.NEXT else following(items, moment)
    address, source = f"/{asked.conference.slug}/programm", edition_of(programme)
    if found:
        return Found(titled(wanted, found), source, address, lead=lines_of(found, is_timed=False))
    later = following(items, moment)
    lead = lines_of(later, is_timed=True) if later else _("After that nothing is in the programme.")
    return Found(_("Nothing is on then"), source, address, lead=f"{_('Next:')} {lead}" if later else lead)


def items_of(programme: Programme) -> list[Item]:
    items: list[Item] = [*programme.talks, *programme.sessions]
    return sorted(items, key=lambda one: one.starts_at)


def moment_of(asked: Asked, wanted: AskedMoment) -> datetime:
    if wanted.at is None:
        return asked.now
    return asked.now.replace(hour=wanted.at.hour, minute=wanted.at.minute, second=0, microsecond=0)


def running(items: Iterable[Item], moment: datetime) -> list[Item]:
    return [one for one in items if one.starts_at <= moment < one.ends_at]


def following(items: Sequence[Item], moment: datetime) -> list[Item]:
    """What begins next, all of it that begins together."""
    later = [one for one in items if one.starts_at > moment]
    return [one for one in later if one.starts_at == later[0].starts_at]


def titled(wanted: AskedMoment, found: Sequence[Item]) -> str:
    span = span_of(found[0])
    if wanted.moment is Moment.NOW:
        return _("Now, %(span)s") % {"span": span}
    return _("Next, %(span)s") % {"span": span} if wanted.moment is Moment.NEXT else span


def lines_of(items: Sequence[Item], *, is_timed: bool) -> str:
    """A line for each: room and title; the time where it is not said before."""
    together = not is_timed and len({span_of(one) for one in items}) == 1
    lines = ((("" if together else span_of(one)), room_of(one), title_of(one)) for one in items)
    return "\n".join(": ".join(filter(None, (" · ".join(filter(None, line[:2])), line[2]))) for line in lines)


def room_of(item: Item) -> str:
    if isinstance(item, Session):
        return item.foyer or item.room.name
    return item.room.name if item.room else ""


def title_of(item: Item) -> str:
    return item.topic.title if isinstance(item, Session) else localised(item, "title")


