"""Table cards and the plan of the market, as PDF/UA-1."""

from __future__ import annotations

import base64
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from PIL import Image

from offenraum.conference.models import Conference
from offenraum.kit.qr import qr_svg
from offenraum.kit.typesetting import typeset
from offenraum.market.models import FloorPlan, Stand
from offenraum.market.queries import plan_of, stands_of
from offenraum.website.actions.contents import folder_of

FOLDER: Final = Path(__file__).parent
PLAN_PIXELS: Final = 1200


def cards_pdf(conference: Conference, stands: Sequence[Stand]) -> bytes:
    """An A5 card for each table: number, project, who shows it, the QR of its page."""
    cards = [card_of(stand) for stand in stands]
    sheet = base_of(conference, _("Table cards")) | {"cards": cards, "none": _("No stands yet.")}
    return typeset(FOLDER / "cards.typ", sheet)


def base_of(conference: Conference, title: str) -> dict[str, object]:
    return {
        "lang": (get_language() or "de")[:2], "title": title, "conference": conference.short_title,
    }


def card_of(stand: Stand) -> dict[str, str]:
    address = f"{settings.ADDRESS}{stand.address}"
    return {
        "number": str(stand.number), "title": stand.title, "summary": stand.summary, "by": stand.organisation,
        "qr": qr_svg(address), "alt": _("QR code of %(address)s") % {"address": address},
        "short": address.partition("://")[2],
    }


def plan_pdf(conference: Conference) -> bytes:
    """Floor plan and list of the market on A4."""
    stands, plan = list(stands_of(conference)), plan_of(conference)
    rows = [
        {
            "number": str(stand.number), "title": stand.title, "summary": stand.summary, "by": stand.organisation,
            "present": stand.present, "x": stand.x or 0, "y": stand.y or 0, "placed": stand.x is not None,
        }
        for stand in stands
    ]
    address = f"{settings.ADDRESS}/{conference.slug}/markt"
    sheet = base_of(conference, _("Plan of the market")) | {
        "rows": rows, "none": _("No stands yet."), "picture": picture_of(plan) if plan else "",
        "alt": plan.picture.alt if plan else "", "qr": qr_svg(address),
        "qr_alt": _("QR code of %(address)s") % {"address": address},
        "head": [_("No."), _("Project"), _("Who shows it")],
    }
    return typeset(FOLDER / "plan.typ", sheet)


def picture_of(plan: FloorPlan) -> str:
    """The floor plan as a drawing around a JPEG: typst takes values only, and no file of ours is named to it."""
    file = folder_of(plan.picture.conference) / f"{plan.picture.digest}.webp"
    if not file.is_file():
        return ""
    with Image.open(file) as opened:
        flat = Image.new("RGB", opened.size, "white")
        flat.paste(opened, mask=opened.getchannel("A") if "A" in opened.getbands() else None)
    flat.thumbnail((PLAN_PIXELS, PLAN_PIXELS))
    written = io.BytesIO()
    flat.save(written, "JPEG", quality=80)
    data, (width, height) = base64.b64encode(written.getvalue()).decode(), flat.size
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">'
        f'<image href="data:image/jpeg;base64,{data}" width="{width}" height="{height}"/></svg>'
    )
