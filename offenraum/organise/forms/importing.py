"""A file with a programme, and what was read of it on its way from the dry run to the import."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple
from datetime import datetime
from typing import Final

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from offenraum.conference.models import Conference
from offenraum.programme.formats.reading import Item

SALT: Final = "organise.import"
HOURS: Final = 4


class ImportForm(forms.Form):
    """Which file; it is only looked at."""

    file = forms.FileField(
        label=_("File"), max_length=200, allow_empty_file=True,
        help_text=_("schedule.xml or schedule.json, as pretalx, frab and others write them, at most 5 MB."),
    )
    with_rooms = forms.BooleanField(
        label=_("Make rooms that are not there yet"), required=False,
        help_text=_("They become rooms of the barcamp too, with 30 places each. Please correct that afterwards."),
    )


def packed(conference: Conference, items: Sequence[Item], *, with_rooms: bool) -> str:
    """What was read, so that exactly what was looked at is taken over; nobody can change it on the way."""
    rows = [[*astuple(item)[:4], item.starts_at.isoformat(), *astuple(item)[5:]] for item in items]
    return signing.dumps([with_rooms, rows], salt=f"{SALT}.{conference.pk}", compress=True)


def unpacked(conference: Conference, text: str) -> tuple[list[Item], bool] | None:
    """What was looked at before; None when it is not ours or too old."""
    try:
        with_rooms, rows = signing.loads(text, salt=f"{SALT}.{conference.pk}", max_age=HOURS * 3600)
    except signing.BadSignature:
        return None
    return [item_of(row) for row in rows], with_rooms


def item_of(row: list[object]) -> Item:
    source, title, about, kind, starts_at, minutes, room, people = row
    return Item(
        str(source), str(title), str(about), str(kind), datetime.fromisoformat(str(starts_at)), int(str(minutes)),
        str(room), tuple(map(str, people)),  # type: ignore[call-overload]
    )
