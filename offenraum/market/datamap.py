"""What is stored about the market: stands, and what visitors leave at them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from offenraum.kit.datamap import Basis, Data, DataMap, Keep, Who

SHOWN = Data(_("To show projects on the market"), Basis.EVENT, Keep.CONFERENCE, Who.PUBLIC)
EXHIBITOR = Data(_("To reach who looks after a stand"), Basis.EVENT, Keep.REGISTRATION, Who.TEAM)
KEY = Data(_("To let exhibitors describe their stand"), Basis.EVENT, Keep.REGISTRATION, Who.NOBODY)
WISH = Data(_("To learn which projects others want too"), Basis.EVENT, Keep.VOTES, Who.SEAT)
COUNTED = Data(WISH.purpose, Basis.NOTHING_PERSONAL, Keep.CONFERENCE, Who.PUBLIC)
CONTACT = Data(_("To give your contact to one stand, because you want it"), Basis.CONSENT, Keep.REGISTRATION, Who.TEAM)
ASKED = Data(_("To collect questions to stands and answers"), Basis.EVENT, Keep.CONFERENCE, Who.PUBLIC)
ASKED_BY = Data(ASKED.purpose, Basis.EVENT, Keep.REGISTRATION, Who.SEAT)
REPORTED = Data(_("To look after what stands on the market"), Basis.EVENT, Keep.REGISTRATION, Who.TEAM)
BOOKED = Data(_("To keep places in demonstrations"), Basis.EVENT, Keep.VOTES, Who.SEAT)
DOTS = Data(_("To choose among projects together"), Basis.EVENT, Keep.VOTES, Who.SEAT)
DOTS_COUNTED = Data(DOTS.purpose, Basis.NOTHING_PERSONAL, Keep.CONFERENCE, Who.PUBLIC)

DATAMAP: DataMap = {
    "Stand": {
        "conference number title summary organisation problem solution audience status cost licence": SHOWN,
        "title_en summary_en problem_en solution_en audience_en": SHOWN,
        "code_link demo_link contact present x y topic device made_at hidden_at": SHOWN, "email": EXHIBITOR,
    },
    "StandKey": {"stand secret_hash made_at used_at ended_at": KEY},
    "Medium": {"stand picture": SHOWN},
    "FloorPlan": {"conference picture": SHOWN},
    "DemoSlot": {"stand starts_at minutes places": SHOWN},
    "StandWish": {"stand wished_at": COUNTED, "seat": WISH},
    "Contact": {"stand seat name reach purpose given_at": CONTACT},
    "StandQuestion": {"stand key text answer asked_at answered_at hidden_at": ASKED, "seat": ASKED_BY},
    "StandReport": {"stand question seat reason reported_at settled_at": REPORTED},
    "Booking": {"demo seat booked_at": BOOKED},
    "DotVote": {"conference question dots state": DOTS_COUNTED},
    "DotChoice": {"vote name stand": DOTS_COUNTED},
    "Dot": {"choice count": DOTS_COUNTED, "seat": DOTS},
}
