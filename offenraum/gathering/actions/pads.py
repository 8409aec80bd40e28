"""Writing the notes of a session together."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from offenraum.barcamp.actions.topics import Stale
from offenraum.barcamp.models import Topic
from offenraum.gathering.actions.order import settle
from offenraum.gathering.actions.writing import refuse_absent
from offenraum.gathering.models import Pad, PadStep
from offenraum.gathering.queries.pads import changes_of
from offenraum.gathering.rules import MOST_LETTERS, MOST_STATE, STEPS_KEPT, readable
from offenraum.gathering.shared_text import change_to, compacted, text_of
from offenraum.live.changes import announce
from offenraum.seats.models import Seat


class PadHidden(Exception):
    """The desk has hidden the notes."""

    message = _("The desk has hidden these notes. Your text is still here; please copy it if you need it.")


class PadFull(Exception):
    """The notes cannot grow any more."""

    message = _("The notes have reached their longest. Your text is still here; please shorten it.")


@transaction.atomic
def take_change(*, topic: Topic, seat: Seat, change: bytes, now: datetime) -> int:
    """Keep a change that a browser has made, whatever came in between; returns its number. Raises BrokenChange."""
    refuse_absent(seat)
    return keep_change(writable(topic), change, seat=seat, now=now)


@transaction.atomic
def take_text(*, topic: Topic, seat: Seat, text: str, seen: int, now: datetime) -> int:
    """Keep a whole text that began as change `seen`: merged with what came since; Stale if that is too much."""
    refuse_absent(seat)
    pad = writable(topic)
    if not pad.state_number <= seen <= pad.number:
        raise Stale
    return keep_change(pad, change_to(changes_of(pad, up_to=seen), text), seat=seat, now=now)


def writable(topic: Topic) -> Pad:
    """The notes, held until the end of the transaction, so that numbers have no gaps."""
    Pad.objects.get_or_create(topic=topic)
    pad = Pad.objects.select_for_update().get(topic=topic)
    if pad.hidden_at:
        raise PadHidden
    return pad


def keep_change(pad: Pad, change: bytes, *, seat: Seat, now: datetime) -> int:
    known = changes_of(pad)
    before, after = text_of(known), text_of([*known, change])
    if len(after) > max(MOST_LETTERS, len(before)) or sum(map(len, known)) + len(change) > MOST_STATE:
        raise PadFull
    pad.number += 1
    pad.text = readable(after)
    PadStep.objects.create(pad=pad, number=pad.number, change=change, seat=seat, made_at=now)
    if pad.number - pad.state_number > STEPS_KEPT:
        merge_steps(pad, [*known, change])
    pad.save()
    announce(scope=pad.topic.conference.slug, topics=[f"pad-{pad.topic.number}"])
    return pad.number


def merge_steps(pad: Pad, changes: list[bytes]) -> None:
    """Browsers that were away longer get the whole instead of steps."""
    pad.state, pad.state_number = compacted(changes), pad.number
    pad.steps.all().delete()


@transaction.atomic
def hide_pad(*, topic: Topic, now: datetime | None) -> None:
    """Take the notes off every screen, or with None show them again."""
    Pad.objects.filter(topic=topic).update(hidden_at=now)
    if now:
        settle(topic=topic, contribution=None, now=now)
    announce(scope=topic.conference.slug, topics=[f"pad-{topic.number}"])
