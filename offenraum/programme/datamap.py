"""What is stored about the programme that arises."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from offenraum.kit.datamap import WORK, Basis, Data, DataMap, Keep, Who

DRAFT = Data(_("To make and show the programme"), Basis.NOTHING_PERSONAL, Keep.CONFERENCE, Who.TEAM)
PROGRAMME = Data(DRAFT.purpose, Basis.NOTHING_PERSONAL, Keep.CONFERENCE, Who.PUBLIC)
WISHES = Data(_("To plan so that as many wishes as possible come true"), Basis.EVENT, Keep.VOTES, Who.TEAM)
OWN_WISHES = Data(_("To tell you what the plan gives you"), Basis.EVENT, Keep.VOTES, Who.SEAT)
OWN_PLAN = Data(_("To keep your own plan"), Basis.EVENT, Keep.VOTES, Who.SEAT)

DATAMAP: DataMap = {
    "Placement": {"conference topic slot room is_pinned version": DRAFT},
    "Cell": {"placement slot room": DRAFT},
    "Edition": {"conference number published_at published_by sessions changes layout": PROGRAMME},
    "PlanRun": {f"{WORK} conference asked_by seconds seed objective problem plan alternatives progress": WISHES,
                "created_at accepted_at change": WISHES},
    "Reasons": {f"{WORK} edition": DRAFT, "problem": WISHES, "told": PROGRAMME},
    "OwnReasons": {"reasons seat row told": OWN_WISHES},
    "Bookmark": {"seat topic is_kept": OWN_PLAN},
    "SessionFlag": {"conference topic kind place starts_at ends_at": PROGRAMME},
}
