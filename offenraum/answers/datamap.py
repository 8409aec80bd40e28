"""What the question desk stores and why."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from offenraum.kit.datamap import Basis, Data, DataMap, Keep, Who

SHOWN = Data(_("To answer questions"), Basis.NOTHING_PERSONAL, Keep.CONFERENCE, Who.PUBLIC)
OF_TEAM = Data(_("To answer questions"), Basis.NOTHING_PERSONAL, Keep.CONFERENCE, Who.TEAM)
ASKED = Data(
    _("To learn which questions have no good answer yet; without who asked"), Basis.EVENT, Keep.REGISTRATION, Who.TEAM
)

DATAMAP: DataMap = {
    "Service": {"conference source mark name text keywords link language imported_at": SHOWN},
    "Synonym": {"conference word means": OF_TEAM},
    "Pin": {"conference questions title text link": SHOWN, "made_at": OF_TEAM},
    "Question": {
        "conference key text unanswered_count helpful_count unhelpful_count asked_on settled_at": ASKED,
    },
}
