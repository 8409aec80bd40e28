"""Reads about the notes of a session."""

from __future__ import annotations

from dataclasses import dataclass

from offenraum.barcamp.models import Topic
from offenraum.gathering.models import Pad, PadStep


@dataclass(frozen=True, slots=True)
class Since:
    """What a browser lacks: the number of the newest change, and changes that bring it there."""

    number: int
    changes: tuple[bytes, ...]


def pad_of(topic: Topic) -> Pad:
    """The notes of a session; empty and unsaved as long as nobody has written."""
    return Pad.objects.filter(topic=topic).first() or Pad(topic=topic)


def changes_of(pad: Pad, *, up_to: int | None = None) -> list[bytes]:
    """All changes, the merged ones first; `up_to` must not lie before what is merged."""
    steps = PadStep.objects.filter(pad=pad.pk)
    if up_to is not None:
        steps = steps.filter(number__lte=up_to)
    return [bytes(pad.state)] * bool(pad.state) + [bytes(change) for change in steps.values_list("change", flat=True)]


def changes_since(pad: Pad, number: int) -> Since:
    """What came after a number that a browser has; everything when the steps of that time are merged."""
    if pad.hidden_at:
        return Since(number=pad.number, changes=())
    if number < pad.state_number:
        return Since(number=pad.number, changes=tuple(changes_of(pad)))
    later = PadStep.objects.filter(pad=pad.pk, number__gt=number).values_list("change", flat=True)
    return Since(number=pad.number, changes=tuple(bytes(change) for change in later))
