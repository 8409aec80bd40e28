"""The sign of a room as a picture of pure black on pure white, for e-ink."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from datetime import datetime
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from django.utils import translation
from django.utils.translation import gettext as _
from PIL import Image

from offenraum.conference.models import Conference, Room
from offenraum.conference.queries import notices_of
from offenraum.pages.queries.door import door_of
from offenraum.pages.words import hour, sign_of
from offenraum.programme.prints.typesetting import picture

HERE: Final = Path(__file__).parent
STAND_MINUTES: Final = 10
MIDDLE_GREY: Final = 140
KEPT: Final = 64


def sheet_of(conference: Conference, room: Room, *, now: datetime) -> dict[str, Any]:
    """Everything on the picture, as text; it changes with the sign, and every ten minutes with its "as of"."""
    sign = asdict(sign_of(door_of(conference, room, now=now)))
    stand = now.replace(minute=now.minute - now.minute % STAND_MINUTES, second=0, microsecond=0)
    notices = notices_of(conference.slug)
    return sign | {
        "lang": (translation.get_language() or "de")[:2], "room": room.name, "conference": conference.short_title,
        "stand": _("As of %(time)s") % {"time": hour(stand)}, "notice": notices[0].text if notices else "",
        "labels": {"full": _("Full."), "still": _("Still room:")},
        "demo": "" if conference.clock.is_real else _("Demo"),
    }


def tag_of(sheet: dict[str, Any]) -> str:
    """The mark of a picture: the same sheet, the same bytes."""
    return hashlib.blake2b(json.dumps(sheet, sort_keys=True).encode(), digest_size=12).hexdigest()


def door_png(sheet: dict[str, Any]) -> bytes:
    """800 x 480 in one bit a pixel."""
    return drawn(json.dumps(sheet, sort_keys=True))


@lru_cache(maxsize=KEPT)
def drawn(sheet: str) -> bytes:
    smooth = Image.open(BytesIO(picture("door", json.loads(sheet), folder=HERE))).convert("L")
    sharp = smooth.point(lambda grey: 255 * (grey > MIDDLE_GREY)).convert("1")
    written = BytesIO()
    sharp.save(written, "PNG", optimize=True)
    return written.getvalue()
