"""What is stored about a seat."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from offenraum.kit.datamap import WORK, Basis, Data, DataMap, Keep, Who

COUNTING = Data(_("To count how many people took part"), Basis.NOTHING_PERSONAL, Keep.CONFERENCE, Who.TEAM)
TAKING_PART = Data(_("To take part in the conference"), Basis.EVENT, Keep.REGISTRATION, Who.TEAM)
CHECKING_IN = Data(_("To check in, and to give one vote to each person"), Basis.EVENT, Keep.CHECK_IN, Who.TEAM)
LISTING = Data(_("To show you on the public list of attendees, if you want it"), Basis.CONSENT, Keep.REGISTRATION,
               Who.PUBLIC)
SEAT_KEYS = Data(_("To recognise your badge and your phone"), Basis.SECURITY, Keep.REGISTRATION, Who.NOBODY)
PRINTING = Data(_("To print your badge"), Basis.EVENT, Keep.REGISTRATION, Who.TEAM)

DATAMAP: DataMap = {
    "Seat": {
        "conference number kind created_at": COUNTING,
        "name organisation email hashtags wants_no_photos": TAKING_PART,
        "is_listed": LISTING,
        "checked_in_at checked_in_key": CHECKING_IN,
    },
    "SeatKey": {"seat kind key_hash tag created_at ended_at": SEAT_KEYS},
    "BadgePrint": {
        WORK: PRINTING,
        "conference layout has_keys numbers language created_at sealed replaced": PRINTING,
    },
    "SeatDevice": {"seat key_hash signed_in_at ended_at": SEAT_KEYS},
}
