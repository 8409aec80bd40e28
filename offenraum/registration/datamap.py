"""What is stored about registrations."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from offenraum.kit.datamap import Basis, Data, DataMap, Keep, Who

SETTING = Data(_("To take registrations"), Basis.NOTHING_PERSONAL, Keep.CONFERENCE, Who.TEAM)
ASKING = Data(SETTING.purpose, Basis.NOTHING_PERSONAL, Keep.CONFERENCE, Who.PUBLIC)
COUNTING = Data(_("To give places in the order of arrival"), Basis.EVENT, Keep.REGISTRATION, Who.TEAM)
TAKING_PART = Data(_("To take part in the conference"), Basis.EVENT, Keep.REGISTRATION, Who.TEAM)
SUPPORT = Data(_("To give you what you need to take part"), Basis.HEALTH, Keep.SUPPORT, Who.TEAM)
PHOTOS = Data(_("To respect whether you may be in photos"), Basis.CONSENT, Keep.REGISTRATION, Who.TEAM)
ANSWERS = Data(_("What the organisers name beside each of their questions"), Basis.CONSENT, Keep.REGISTRATION, Who.TEAM)
FLOODS = Data(_("To stop floods of automatic registrations"), Basis.SECURITY, Keep.LOGS, Who.NOBODY)
OWN_KEY = Data(_("To recognise you by the link in your letters"), Basis.SECURITY, Keep.REGISTRATION, Who.NOBODY)

DATAMAP: DataMap = {
    "RegistrationSettings": {
        "conference places overbooking_percent opens_at closes_at confirm_hours reconfirm_days reconfirm_hours "
        "most_colleagues asks_for_topic needs_proof last_number": SETTING,
    },
    "Contingent": {"conference name places closes_at link_number": SETTING},
    "ExtraQuestion": {"conference position kind label choices is_required purpose keep_days": ASKING},
    "Registration": {
        "conference contingent number state place seat lead created_at confirm_by confirmed_at called_at ended_at":
            COUNTING,
        "name organisation email email_key hashtags topic topic_brought_at language": TAKING_PART,
        "support": SUPPORT,
        "may_be_photographed": PHOTOS,
        "key": OWN_KEY,
    },
    "ExtraAnswer": {"registration question text": ANSWERS},
    "Attempt": {"conference device_hash made_at": FLOODS},
}
